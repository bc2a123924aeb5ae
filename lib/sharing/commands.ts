import "server-only";

import { affectedRows, sendPacket, statement } from "@/db/packet";
import { shareVisits } from "@/db/schema";
import type { Ctx, UserId } from "@/lib/ctx";
import { dayOf } from "@/lib/day";
import { emit } from "@/lib/events/commands";
import { invariant } from "@/lib/invariant";
import { openBook } from "@/lib/points/commands";
import { earnPoints } from "@/lib/rules/commands";

import type { Share } from "./share";

/** Notes that a person was signed in on a device: what happens on it through their own links is their own doing. Where others were before is told. */
export async function rememberDevice(ctx: Ctx, userId: UserId, deviceKey: string): Promise<void> {
  const [header, [row] = []] = await sendPacket(ctx.tx, [
    statement("INSERT IGNORE INTO known_devices (user_id, device_key, first_seen_at) VALUES (?, ?, ?)", [userId, deviceKey, ctx.now]),
    statement("SELECT COUNT(*) AS accounts FROM known_devices WHERE device_key = ?", [deviceKey]),
  ]);
  const accounts = Number(row?.accounts ?? 0);
  if (affectedRows(header) === 1 && accounts > 1) await emit(ctx, { name: "device.shared", subject: { type: "user", id: String(userId) }, data: { accounts } });
}

/** `own`: the sharer's own doing. `unknown`: nobody shares by this link any more. */
export type VisitOutcome = "counted" | "repeated" | "own" | "unknown";

export type Visit = Share & { deviceKey: string; /** Who is signed in on the device. */ visitorId: UserId | null };

/**
 * Counts a visit through a share link, and rewards the sharer by the rule for it: once for each visitor, whatever they open and however often.
 * The sharer's own visits, signed in or on a device of theirs, do not count.
 */
export async function recordShareVisit(ctx: Ctx, visit: Visit): Promise<VisitOutcome> {
  const { sharerId, subject, deviceKey, visitorId } = visit;
  if (visitorId !== null) await rememberDevice(ctx, visitorId, deviceKey);
  if (visitorId === sharerId) return "own";
  // Under the sharer's lock two visits of one visitor, on two devices even, come one after the other.
  const { book, ridden } = await openBook(ctx, [sharerId], [], [activeSharer(sharerId), ownDevice(visit), visitsBefore(visit)]);
  const [sharer = [], own = [], before = []] = ridden;
  if (!book.pages.has(sharerId) || sharer.length === 0) return "unknown";
  if (own.length > 0) return "own";
  if (before.length > 0) return "repeated";
  const [row] = await ctx.tx
    .insert(shareVisits)
    .values({ sharerId, visitorKey: deviceKey, visitorId, subject, localDay: dayOf(ctx.now, ctx.policy.timeZone), createdAt: ctx.now })
    .$returningId();
  invariant(row, "an insert returns its id");
  await emit(ctx, { name: "share.visited", subject: { type: "user", id: String(sharerId) }, data: { subject } });
  await earnPoints(ctx, { userId: sharerId, action: "share", source: { type: "share", id: String(row.id) } });
  return "counted";
}

const ownDevice = ({ sharerId, deviceKey }: Visit) => statement("SELECT user_id FROM known_devices WHERE user_id = ? AND device_key = ?", [sharerId, deviceKey]);

/** A visit from the device, or from another device of a person who is known on it. */
const visitsBefore = ({ sharerId, deviceKey }: Visit) =>
  statement(
    `SELECT id FROM share_visits WHERE sharer_id = ? AND visitor_key = ?
     UNION ALL SELECT v.id FROM known_devices here JOIN known_devices theirs ON theirs.user_id = here.user_id
       JOIN share_visits v ON v.sharer_id = ? AND v.visitor_key = theirs.device_key WHERE here.device_key = ? LIMIT 1`,
    [sharerId, deviceKey, sharerId, deviceKey],
  );

const activeSharer = (sharerId: UserId) => statement("SELECT id FROM users WHERE id = ? AND email_verified_at IS NOT NULL AND erased_at IS NULL", [sharerId]);
