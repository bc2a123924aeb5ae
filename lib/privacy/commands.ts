import "server-only";

import { eq, sql } from "drizzle-orm";

import { sendPacket, statement, type Statement } from "@/db/packet";
import { users } from "@/db/schema";
import { lockAccount } from "@/lib/accounts/commands";
import { refuseUnlessProven, type Proof } from "@/lib/accounts/credentials/commands";
import type { Ctx, UserId } from "@/lib/ctx";
import { emit, queueMail } from "@/lib/events/commands";
import { defaultLocale } from "@/lib/i18n";
import { invariant } from "@/lib/invariant";
import { expirePoints, forfeitPoints } from "@/lib/points/keeping/commands";
import { Refusal } from "@/lib/refusal";

import { erasedEmail, erasedName, NO_PASSWORD } from "./pseudonym";

/**
 * Forgets a person and keeps the books: what names them is deleted or becomes a pseudonym, in one transaction. Ledger, orders and
 * what they bought stay, under a number; the points that are left are given up by an entry, so that the ledger still sums.
 * Refuses `wrong_credentials`, `last_owner`, `erasure_blocked` { orders, debt } while anything is owed in either direction.
 */
export async function eraseAccount(ctx: Ctx, proof: Proof): Promise<void> {
  const { userId } = proof;
  await lockAccount(ctx, userId);
  await refuseWhileOwing(ctx, userId);
  await refuseLastOwner(ctx, userId);
  await refuseUnlessProven(ctx, proof);
  const [person] = await ctx.tx.select({ email: users.email, username: users.username, locale: users.locale }).from(users).where(eq(users.id, userId));
  invariant(person, "whoever gave the password exists");

  await giveUpPoints(ctx, userId);
  await sendPacket(ctx.tx, forget(userId, person.email, person.username));
  await ctx.tx.update(users).set({
    username: erasedName(userId), email: erasedEmail(userId), passwordHash: NO_PASSWORD, role: "shopper", staffRoleId: null, locale: defaultLocale, theme: null, emailVerifiedAt: null, birthday: null,
    timeZone: null, nextTimeZone: null, timeZoneFrom: null, timeZoneChangedAt: null, erasedAt: ctx.now, updatedAt: ctx.now, sessionVersion: sql`${users.sessionVersion} + 1`,
  }).where(eq(users.id, userId));
  await emit(ctx, { name: "account.erased", subject: { type: "user", id: String(userId) }, data: {} });
  // Belongs to nobody any more: it is the one thing that still knows the address, until it has been sent.
  await queueMail(ctx, { userId: null, recipient: person.email, template: "account_erased", locale: person.locale, props: { name: person.username }, subject: `account_erased:${userId}` });
}

async function refuseWhileOwing(ctx: Ctx, userId: UserId): Promise<void> {
  const [rows = []] = await sendPacket(ctx.tx, [
    statement(
      `SELECT points_debt AS debt, (SELECT COUNT(*) FROM orders o WHERE o.user_id = a.user_id AND o.status IN ('pending', 'paid', 'shipped')) AS orders
       FROM point_accounts a WHERE a.user_id = ?`,
      [userId],
    ),
  ]);
  const [orders, debt] = [Number(rows[0]?.orders), Number(rows[0]?.debt)];
  if (orders > 0 || debt > 0) throw new Refusal("erasure_blocked", { orders, debt });
}

/** All owners are locked, in order, as when one of them steps down. */
async function refuseLastOwner(ctx: Ctx, userId: UserId): Promise<void> {
  const owners = await ctx.tx.select({ id: users.id }).from(users).where(eq(users.role, "owner")).orderBy(users.id).for("update");
  if (owners.length === 1 && owners[0]!.id === userId) throw new Refusal("last_owner");
}

/** What has expired already ends as expired; the rest is given up. */
async function giveUpPoints(ctx: Ctx, userId: UserId): Promise<void> {
  await expirePoints(ctx, [userId]);
  const reason = "account erased";
  const points = await forfeitPoints(ctx, userId, { type: "erasure", id: String(userId) }, reason);
  if (points > 0) await emit(ctx, { name: "points.adjusted", subject: { type: "user", id: String(userId) }, data: { points: -points, reason } });
}

const mine = (table: string, userId: UserId): Statement => statement(`DELETE FROM ${table} WHERE user_id = ?`, [userId]);

/** A search as the address of a list says it. */
const searchFor = (text: string): string => new URLSearchParams({ q: text }).toString();

/**
 * What is kept elsewhere about a person. Orders keep what was bought and what it cost, which the merchant must account for, but not where it went:
 * none is under way any more. Reviews stay, by a pseudonym. What the merchant's systems told of the person keeps its name and loses its data.
 */
const forget = (userId: UserId, email: string, username: string): Statement[] => [
  ...["sessions", "second_factors", "addresses", "account_tokens", "notifications", "notification_preferences", "stock_watches", "cart_items", "segment_members", "known_devices", "product_views", "report_people", "risk_signals", "appeals"].map((table) => mine(table, userId)),
  statement("UPDATE staff_invitations SET email = CONCAT('erased-', id, '@invalid'), revoked_at = COALESCE(revoked_at, IF(accepted_at IS NULL, NOW(3), NULL)) WHERE email = ? OR accepted_by = ?", [email, userId]),
  statement("DELETE FROM mail_messages WHERE user_id = ? OR recipient = ?", [userId, email]),
  statement("UPDATE orders SET address = NULL, tracking_number = NULL WHERE user_id = ? AND (address IS NOT NULL OR tracking_number IS NOT NULL)", [userId]),
  statement("UPDATE shipments SET tracking_number = '' WHERE order_id IN (SELECT id FROM orders WHERE user_id = ?)", [userId]),
  statement("UPDATE coupons SET status = 'void' WHERE user_id = ? AND status = 'active'", [userId]),
  statement("UPDATE share_visits SET visitor_id = NULL WHERE visitor_id = ?", [userId]),
  statement("UPDATE custom_events SET data = JSON_OBJECT() WHERE user_id = ?", [userId]),
  // What staff adjusted stays, in numbers; what was written about it does not, and what waited waits no more. Its file is swept.
  statement(
    `UPDATE adjustments SET note = '', decision_note = NULL, attachment_key = NULL, attachment_type = NULL, decided_at = IF(status = 'pending', NOW(3), decided_at),
       status = IF(status = 'pending', 'withdrawn', status) WHERE user_id = ?`,
    [userId],
  ),
  statement("UPDATE adjustment_batches SET note = '', file_name = '', decision_note = NULL WHERE people = 1 AND id IN (SELECT batch_id FROM adjustments WHERE user_id = ?)", [userId]),
  // Views are of whoever works here; what anybody looks for again must not be somebody who is gone.
  statement("DELETE FROM saved_views WHERE owner_id = ? AND NOT is_shared", [userId]),
  ...[email, username].map(searchFor).map((search) => statement("DELETE FROM saved_views WHERE query = ? OR query LIKE ?", [search, `${search.replace(/[\\%_]/g, "\\$&")}&%`])),
  // That something looked wrong stays, in numbers; on which device, and what was said about it, does not.
  statement("UPDATE risk_alerts SET subject = IF(rule = 'shared_device', CONCAT('erased-', id), subject), decision_note = NULL WHERE user_id = ?", [userId]),
];
