import "server-only";

import { affectedRows, insertRows, sendPacket, statement } from "@/db/packet";
import type { Ctx, UserId } from "@/lib/ctx";
import { queueMail } from "@/lib/events/commands";

import { loadListeners, notify, type Listener } from "../commands";
import { daysLeft, dueUntil, lastDayOf, type ReminderWindow } from "./reminder";

const LINK = "/wallet";

/** The next instant of the window, after `after`, at which somebody's points expire; null when there is none. */
export async function nextExpiry(ctx: Ctx, window: ReminderWindow, after: Date): Promise<Date | null> {
  const [rows = []] = await sendPacket(ctx.tx, [
    statement("SELECT MIN(open_until) AS expires_at FROM point_lots FORCE INDEX (point_lots_due_idx) WHERE open_until > ? AND open_until <= ?", [after, window.until]),
  ]);
  return (rows[0]?.expires_at as Date | null | undefined) ?? null;
}

export type Reminded = { people: number; points: number; /** The last person of the batch; null when nobody is left. */ last: number | null };

/**
 * Reminds up to `max` people, beyond `afterUser` by id, of what they lose at one instant. The reminder's own row goes with the notice and the mail
 * in one transaction, so that it is given once: whoever got this one or a later one is left out, whatever became of the points since.
 */
export async function remindOfExpiry(ctx: Ctx, { daysBefore }: ReminderWindow, expiresAt: Date, afterUser: number, max: number): Promise<Reminded> {
  const [found = []] = await sendPacket(ctx.tx, [
    statement(
      `SELECT l.user_id, CAST(SUM(l.points_remaining) AS SIGNED) AS points FROM point_lots l FORCE INDEX (point_lots_due_idx)
       WHERE l.open_until = ? AND l.user_id > ?
         AND NOT EXISTS (SELECT 1 FROM expiry_reminders r WHERE r.user_id = l.user_id AND r.expires_at = ? AND r.days_before <= ?)
       GROUP BY l.user_id HAVING MIN(l.created_at) < ? ORDER BY l.user_id LIMIT ?`,
      [expiresAt, afterUser, expiresAt, daysBefore, dueUntil(expiresAt, daysBefore, ctx.policy.timeZone), max],
    ),
  ]);
  const losses = found.map((row): Loss => ({ userId: row.user_id, points: Number(row.points) }));
  if (losses.length === 0) return { people: 0, points: 0, last: null };
  const guard = insertRows("expiry_reminders", ["user_id", "expires_at", "days_before", "points", "created_at"], losses.map(({ userId, points }) => [userId, expiresAt, daysBefore, points, ctx.now]));
  const [header] = await sendPacket(ctx.tx, [{ ...guard, sql: guard.sql.replace("INSERT", "INSERT IGNORE") }]);
  await tell(ctx, losses, expiresAt, daysBefore);
  return { people: affectedRows(header), points: losses.reduce((sum, { points }) => sum + points, 0), last: losses.length < max ? null : losses.at(-1)!.userId };
}

type Loss = { userId: UserId; points: number };

async function tell(ctx: Ctx, losses: readonly Loss[], expiresAt: Date, daysBefore: number): Promise<void> {
  const listeners = await loadListeners(ctx, losses.map(({ userId }) => userId));
  const day = lastDayOf(expiresAt, ctx.policy.timeZone);
  const left = daysLeft(expiresAt, ctx.now, ctx.policy.timeZone);
  const subject = `${expiresAt.getTime()}:${daysBefore}`;
  await notify(ctx, listeners, losses.map(({ userId, points }) => ({ userId, kind: "points_expiring", subject, data: { points, day, daysLeft: left }, link: LINK })));
  const readers = losses.flatMap(({ userId, points }) => {
    const listener = listeners.get(userId);
    return listener && wantsMail(listener) ? [{ listener, points }] : [];
  });
  await queueMail(ctx, ...readers.map(({ listener: { userId, email, locale, name }, points }) => ({
    userId, recipient: email, locale, template: "points_expiring" as const, subject: `expiring:${userId}:${subject}`, props: { name, points, day, daysLeft: left, link: LINK },
  })));
}

const wantsMail = (listener: Listener): boolean => listener.isReachable && listener.wants("points_expiring").byMail;
