import "server-only";

import { affectedRows, sendPacket, statement } from "@/db/packet";
import { actorId, type Ctx, type UserId } from "@/lib/ctx";
import { dayOf } from "@/lib/day";
import type { EventHandler } from "@/lib/events/handler";
import { invariant } from "@/lib/invariant";

import { raiseAlert } from "../commands";
import { hourOf, judgeBurst, judgeDevice, judgeGuessing, judgeRefunds, type Finding } from "../judge";

/** Devices of one person that are looked at when one of them turns out to be shared. */
const DEVICES_MAX = 20;
/** People of one device who are told of at once; a device of more is one of the shop's own. */
const PEOPLE_MAX = 100;

/** Somebody was seen on a device on which somebody else had been, or has goods sent where somebody else has: everybody of a device with too many accounts is looked at. */
export const onPlaceShared: EventHandler = {
  names: ["device.shared", "address.shared"],
  async handle(ctx, { subjectId }) {
    if (ctx.policy.risk.sharedDevice.mode === "off") return;
    const devices = await readDevices(ctx, Number(subjectId));
    const mates = await readMates(ctx, [...devices.values()].flat());
    const found = [...devices].flatMap(([deviceKey, people]) => {
      const byAddress = new Set(people.flatMap((userId) => mates.get(userId) ?? []).filter((mate) => !people.includes(mate))).size;
      const finding = judgeDevice({ deviceKey, accounts: people.length, byAddress }, ctx.policy.risk);
      return finding ? people.map((userId) => ({ userId, finding })) : [];
    });
    // In the order of their ids, as everybody locks accounts.
    for (const { userId, finding } of found.sort((a, b) => a.userId - b.userId || (a.finding.subject < b.finding.subject ? -1 : 1))) await raiseAlert(ctx, userId, finding);
  },
};

/** People who are looked at because they have goods sent to one place. */
const MATES_MAX = 1_000;

/** The latest devices of somebody, and of those who have goods sent where they do, that several were signed in on: who, by id. */
async function readDevices(ctx: Ctx, userId: number): Promise<Map<string, UserId[]>> {
  const [rows = []] = await sendPacket(ctx.tx, [
    statement(
      `SELECT d.user_id AS userId, d.device_key AS deviceKey, COUNT(*) OVER (PARTITION BY d.device_key) AS accounts
       FROM (SELECT k.device_key FROM (SELECT ? AS user_id UNION SELECT user_id FROM (SELECT DISTINCT b.user_id FROM addresses a JOIN addresses b ON b.phone_tail = a.phone_tail WHERE a.user_id = ? LIMIT ${PEOPLE_MAX}) mate) who
         JOIN known_devices k ON k.user_id = who.user_id GROUP BY k.device_key ORDER BY MAX(k.first_seen_at) DESC LIMIT ${DEVICES_MAX}) seen
       JOIN known_devices d ON d.device_key = seen.device_key ORDER BY d.user_id, d.device_key`,
      [userId, userId],
    ),
  ]);
  const devices = new Map<string, UserId[]>();
  for (const { userId: id, deviceKey, accounts } of rows) {
    if (Number(accounts) >= 2 && Number(accounts) <= PEOPLE_MAX) devices.set(String(deviceKey), [...(devices.get(String(deviceKey)) ?? []), id as UserId]);
  }
  return devices;
}

/** Of each of these people, the others who have goods sent where they do. */
async function readMates(ctx: Ctx, people: readonly UserId[]): Promise<Map<UserId, UserId[]>> {
  const mates = new Map<UserId, UserId[]>();
  if (people.length === 0) return mates;
  const [rows = []] = await sendPacket(ctx.tx, [
    statement(
      `SELECT DISTINCT a.user_id AS userId, b.user_id AS mateId FROM addresses a JOIN addresses b ON b.phone_tail = a.phone_tail AND b.user_id <> a.user_id
       WHERE a.user_id IN (${people.map(() => "?").join()}) LIMIT ${MATES_MAX}`,
      people,
    ),
  ]);
  for (const { userId, mateId } of rows) mates.set(userId as UserId, [...(mates.get(userId as UserId) ?? []), mateId as UserId]);
  return mates;
}

/** An order was taken back: how many of its buyer's were. An order that never was paid is neither bought nor taken back. */
export const onOrderTakenBack: EventHandler = {
  names: ["order.refunded"],
  async handle(ctx, { subjectId: orderId }) {
    if (ctx.policy.risk.refundRatio.mode === "off") return;
    const [[row] = []] = await sendPacket(ctx.tx, [
      statement(
        `SELECT o.user_id AS userId, COUNT(*) AS orders, SUM(o.status = 'refunded') AS takenBack
         FROM orders asked JOIN orders o ON o.user_id = asked.user_id AND o.status IN ('paid','shipped','completed','refunded') WHERE asked.public_id = ? GROUP BY o.user_id`,
        [orderId],
      ),
    ]);
    if (!row) return;
    const month = dayOf(ctx.now, ctx.policy.timeZone).slice(0, 7);
    await raiseIf(ctx, row.userId as UserId, judgeRefunds({ month, orders: Number(row.orders), takenBack: Number(row.takenBack) }, ctx.policy.risk));
  },
};

const HOUR_MS = 3_600_000;
/** So many of the newest orders are looked at, whoever made them: more never come from one look to the next. */
const NEWEST_MAX = 20_000;

/** Accounts that ordered too much in their first hours and of whom nobody was told yet, by id. */
export async function listBursts(ctx: Ctx, max: number): Promise<{ userId: UserId; orders: number }[]> {
  const { mode, hours, orders } = ctx.policy.risk.newAccountBurst;
  if (mode === "off") return [];
  const [rows = []] = await sendPacket(ctx.tx, [
    statement(
      `SELECT u.id AS userId, COUNT(*) AS orders FROM (SELECT DISTINCT user_id FROM (SELECT user_id FROM orders ORDER BY id DESC LIMIT ${NEWEST_MAX}) newest) buyer
       JOIN users u ON u.id = buyer.user_id
       JOIN orders o ON o.user_id = u.id AND o.status <> 'cancelled' AND o.created_at < u.created_at + INTERVAL ? HOUR
       WHERE u.created_at >= ? AND NOT EXISTS (SELECT 1 FROM risk_alerts a WHERE a.user_id = u.id AND a.rule = 'new_account_burst')
       GROUP BY u.id HAVING COUNT(*) >= ? ORDER BY u.id LIMIT ?`,
      // An hour longer than the rule asks, for orders of the last minutes of it.
      [hours, new Date(ctx.now.getTime() - (hours + 1) * HOUR_MS), orders, max],
    ),
  ]);
  return rows.map((row) => ({ userId: row.userId as UserId, orders: Number(row.orders) }));
}

/** Tells of one of them. */
export const raiseBurst = (ctx: Ctx, { userId, orders }: { userId: UserId; orders: number }): Promise<boolean> => raiseIf(ctx, userId, judgeBurst({ orders }, ctx.policy.risk));

/**
 * Counts a code that was no coupon's, or that came when there had been too many. What refused it rolled back, so this has a transaction of its own.
 * The alert of the hour keeps up with the count while it is open.
 */
export async function noteWrongCode(ctx: Ctx): Promise<void> {
  const userId = actorId(ctx.actor);
  invariant(userId !== null, "a person types codes");
  if (ctx.policy.risk.couponGuessing.mode === "off") return;
  const hourStartsAt = hourOf(ctx.now);
  const [, , [row] = []] = await sendPacket(ctx.tx, [
    // The account first, as everywhere: what follows may freeze it.
    statement("SELECT user_id FROM point_accounts WHERE user_id = ? FOR UPDATE", [userId]),
    statement("INSERT INTO risk_signals (user_id, kind, hour_starts_at, times) VALUES (?, 'coupon_code', ?, 1) ON DUPLICATE KEY UPDATE times = times + 1", [userId, hourStartsAt]),
    statement("SELECT times FROM risk_signals WHERE user_id = ? AND kind = 'coupon_code' AND hour_starts_at = ?", [userId, hourStartsAt]),
  ]);
  const finding = judgeGuessing({ hourStartsAt, times: Number(row?.times ?? 0) }, ctx.policy.risk);
  if (!finding || (await raiseAlert(ctx, userId, finding))) return;
  await sendPacket(ctx.tx, [
    statement("UPDATE risk_alerts SET evidence = ? WHERE user_id = ? AND rule = ? AND subject = ? AND status = 'open'", [JSON.stringify(finding.evidence), userId, finding.rule, finding.subject]),
  ]);
}

/** After so long a count of an hour says nothing any more. */
const SIGNAL_DAYS = 90;
const FORGOTTEN_AT_ONCE = 5_000;

/** Deletes counts of long ago; returns how many. */
export async function forgetOldSignals(ctx: Ctx): Promise<number> {
  const before = new Date(ctx.now.getTime() - SIGNAL_DAYS * 24 * HOUR_MS);
  const [header] = await sendPacket(ctx.tx, [statement("DELETE FROM risk_signals WHERE hour_starts_at < ? LIMIT ?", [before, FORGOTTEN_AT_ONCE])]);
  return affectedRows(header);
}

const raiseIf = async (ctx: Ctx, userId: UserId, finding: Finding | null): Promise<boolean> => finding !== null && raiseAlert(ctx, userId, finding);
