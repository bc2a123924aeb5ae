import "server-only";

import { affectedRows, sendPacket, statement } from "@/db/packet";
import { actorId, type Ctx, type UserId } from "@/lib/ctx";
import { emit } from "@/lib/events/commands";
import type { EventHandler } from "@/lib/events/handler";
import { openBook } from "@/lib/points/commands";
import { clawBack } from "@/lib/points/keeping/commands";
import { Refusal } from "@/lib/refusal";
import { earnPoints } from "@/lib/rules/commands";

import { flagsOf } from "../referral";
import type { ReferralDecision } from "../schema";

/** So far up is looked for a ring. */
const LINE_MAX = 20;
const FRIENDS_COMPARED = 200;

export type NewReferral = { friendId: UserId; inviterId: UserId; /** The device on which the friend came, when it is known. */ deviceKey: string | null };

/**
 * Notes who brought a new person. A person is brought once, and nobody by themselves. What looks like one person with two accounts
 * waits for staff; an address alone never does. Returns whether it was noted.
 */
export async function openReferral(ctx: Ctx, { friendId, inviterId, deviceKey }: NewReferral): Promise<boolean> {
  if (friendId === inviterId) return false;
  const [people = [], friends = [], device = [], line = []] = await sendPacket(ctx.tx, [
    statement("SELECT id, email FROM users WHERE id = ? OR (id = ? AND email_verified_at IS NOT NULL AND erased_at IS NULL)", [friendId, inviterId]),
    statement(
      `SELECT u.email FROM referrals r JOIN users u ON u.id = r.friend_id WHERE r.inviter_id = ? AND r.friend_id <> ? ORDER BY r.created_at DESC LIMIT ${FRIENDS_COMPARED}`,
      [inviterId, friendId],
    ),
    statement("SELECT user_id FROM known_devices WHERE device_key = ? AND user_id <> ?", [deviceKey ?? "", friendId]),
    statement(
      `WITH RECURSIVE line (id, height) AS (
         SELECT inviter_id, 1 FROM referrals WHERE friend_id = ?
         UNION ALL SELECT r.inviter_id, l.height + 1 FROM line l JOIN referrals r ON r.friend_id = l.id WHERE l.height < ${LINE_MAX})
       SELECT id FROM line`,
      [inviterId],
    ),
  ]);
  const emailOf = (id: UserId): string | undefined => people.find((row) => row.id === id)?.email as string | undefined;
  const [friendEmail, inviterEmail] = [emailOf(friendId), emailOf(inviterId)];
  if (friendEmail === undefined || inviterEmail === undefined) return false;
  const flags = flagsOf({
    friendId, inviterId, friendEmail, otherEmails: [inviterEmail, ...friends.map((row) => row.email as string)],
    devicePeople: device.map((row) => row.user_id as number), line: line.map((row) => row.id as number),
  });
  const [header] = await sendPacket(ctx.tx, [
    statement(
      "INSERT IGNORE INTO referrals (friend_id, inviter_id, status, flags, created_at) VALUES (?, ?, ?, ?, ?)",
      [friendId, inviterId, flags.length > 0 ? "review" : "open", JSON.stringify(flags), ctx.now],
    ),
  ]);
  if (affectedRows(header) !== 1) return false;
  await emit(ctx, { name: "referral.opened", subject: { type: "user", id: String(friendId) }, data: { inviterId, flags } });
  return true;
}

/** Takes back who was noted for somebody who has not been rewarded for it; nothing when nobody was. */
export async function forgetReferral(ctx: Ctx, friendId: UserId): Promise<void> {
  await sendPacket(ctx.tx, [statement("DELETE FROM referrals WHERE friend_id = ? AND status IN ('open', 'review')", [friendId])]);
}

/** After a friend's first kept order both sides are rewarded, by the rules for it. */
export const onOrderCompleted: EventHandler = {
  names: ["order.completed"],
  async handle(ctx, event) {
    const [rows = []] = await sendPacket(ctx.tx, [
      statement("SELECT r.friend_id, r.inviter_id FROM orders o JOIN referrals r ON r.friend_id = o.user_id WHERE o.public_id = ? AND o.status = 'completed' AND r.status = 'open'", [event.subjectId]),
    ]);
    const [found] = rows;
    if (found) await reward(ctx, found.friend_id, found.inviter_id, event.subjectId, "open");
  },
};

/** An order of which nothing is left was not kept. Another kept one of the friend takes its place; without one, what both sides got goes back. */
export const onOrderRefunded: EventHandler = {
  names: ["order.refunded"],
  async handle(ctx, { subjectId: orderId }) {
    const [rows = []] = await sendPacket(ctx.tx, [
      statement(
        `SELECT r.friend_id, r.inviter_id FROM orders o JOIN referrals r ON r.friend_id = o.user_id AND r.order_id = o.public_id AND r.status = 'rewarded'
         WHERE o.public_id = ? AND o.status = 'refunded'`,
        [orderId],
      ),
    ]);
    const [found] = rows;
    if (found) await undo(ctx, found.friend_id, found.inviter_id, orderId);
  },
};

async function undo(ctx: Ctx, friendId: UserId, inviterId: UserId, orderId: string): Promise<void> {
  const { ridden } = await openBook(ctx, [friendId, inviterId], [], [keptOrder(friendId)]);
  const other = ridden[0]?.[0]?.public_id as string | undefined;
  if (other !== undefined) {
    await sendPacket(ctx.tx, [statement("UPDATE referrals SET order_id = ? WHERE friend_id = ? AND order_id = ?", [other, friendId, orderId])]);
    return;
  }
  for (const [userId, type] of [[inviterId, "referral"], [friendId, "referred"]] as const) {
    await clawBack(ctx, { userId, source: { type, id: String(friendId) }, cause: { type: "referral_undo", id: `${friendId}:${type}` }, reason: "the friend's order was refunded" });
  }
}

const keptOrder = (friendId: UserId) => statement("SELECT public_id FROM orders WHERE user_id = ? AND status = 'completed' ORDER BY id LIMIT 1", [friendId]);

/**
 * Staff lets a flagged referral pass, or refuses it. One that passes is rewarded at once when the friend has a kept order already.
 * Refuses `not_found`, `forbidden` (one's own, on either side), `already_settled`.
 */
export async function decideReferral(ctx: Ctx, { friendId, decision }: ReferralDecision): Promise<{ status: "open" | "rewarded" | "refused" }> {
  const [rows = []] = await sendPacket(ctx.tx, [statement("SELECT inviter_id, status FROM referrals WHERE friend_id = ?", [friendId])]);
  const [found] = rows;
  if (!found) throw new Refusal("not_found");
  const [friend, inviter] = [friendId as UserId, found.inviter_id as UserId];
  const by = actorId(ctx.actor);
  if (by === friend || by === inviter) throw new Refusal("forbidden");
  if (found.status !== "review") throw new Refusal("already_settled");
  const { ridden } = await openBook(ctx, [friend, inviter], [], [keptOrder(friend)]);
  const orderId = (ridden[0]?.[0]?.public_id as string | undefined) ?? null;
  if (decision === "approve" && orderId !== null) {
    if (!(await reward(ctx, friend, inviter, orderId, "review"))) throw new Refusal("already_settled");
    return { status: "rewarded" };
  }
  const status = decision === "approve" ? "open" : "refused";
  if (!(await settle(ctx, friend, inviter, { from: "review", to: status, orderId: null }))) throw new Refusal("already_settled");
  return { status };
}

/** Both accounts are locked first, in order, so that two orders of the friend, or an order and staff, reward it once, and no order that is being refunded does. */
async function reward(ctx: Ctx, friendId: UserId, inviterId: UserId, orderId: string, from: "open" | "review"): Promise<boolean> {
  const { ridden } = await openBook(ctx, [friendId, inviterId], [], [statement("SELECT 1 FROM orders WHERE public_id = ? AND status = 'completed'", [orderId])]);
  if (ridden[0]?.length !== 1) return false;
  if (!(await settle(ctx, friendId, inviterId, { from, to: "rewarded", orderId }))) return false;
  await earnPoints(ctx, { userId: inviterId, action: "referral", source: { type: "referral", id: String(friendId) } });
  await earnPoints(ctx, { userId: friendId, action: "referred", source: { type: "referred", id: String(friendId) } });
  return true;
}

type Settling = { from: "open" | "review"; to: "open" | "rewarded" | "refused"; orderId: string | null };

async function settle(ctx: Ctx, friendId: UserId, inviterId: UserId, { from, to, orderId }: Settling): Promise<boolean> {
  const settledAt = to === "open" ? null : ctx.now;
  const [header] = await sendPacket(ctx.tx, [
    statement("UPDATE referrals SET status = ?, order_id = ?, settled_at = ? WHERE friend_id = ? AND inviter_id = ? AND status = ?", [to, orderId, settledAt, friendId, inviterId, from]),
  ]);
  if (affectedRows(header) !== 1) return false;
  await emit(ctx, { name: "referral.settled", subject: { type: "user", id: String(friendId) }, data: { inviterId, status: to } });
  return true;
}
