import "server-only";

import { sendPacket, statement } from "@/db/packet";
import type { Ctx, UserId } from "@/lib/ctx";
import { addDays, dayOf, endOfDay } from "@/lib/day";
import type { EventHandler } from "@/lib/events/handler";

import { loadListeners, notify } from "../commands";
import { isNews } from "../notice";
import { lastDayOf } from "../reminding/reminder";

const LINK = "/coupons";

/** Tells people of a coupon that staff gave them or took back. What they claimed, bought or won themselves they know. */
export const tellOfCoupon: EventHandler = {
  names: ["coupon.issued", "coupon.voided"],
  wants: ({ name, actorId, data }) => typeof data.userId === "number" && (name === "coupon.issued" ? String(data.source).startsWith("grant:") : actorId !== null && actorId !== data.userId),
  async handle(ctx, event) {
    if (!isNews(event.createdAt, ctx.now)) return;
    const [rows = []] = await sendPacket(ctx.tx, [statement("SELECT name, name_en FROM coupon_templates WHERE id = ?", [Number(event.data.templateId)])]);
    const [template] = rows;
    if (!template) return;
    const userId = event.data.userId as UserId;
    const how = event.name === "coupon.issued" ? "granted" : "voided";
    const listeners = await loadListeners(ctx, [userId]);
    const name = (listeners.get(userId)?.locale === "en" && template.name_en) || template.name;
    await notify(ctx, listeners, [{ userId, kind: "coupon", subject: `${how}:${event.subjectId}`, data: { how, name }, link: LINK }]);
  },
};

/** Coupons whose last day is so near are told of. */
const REMIND_DAYS = 3;

export type RemindedCoupons = { people: number; /** The last coupon that was looked at; null when there are no more. */ last: number | null };

/**
 * Reminds people of coupons that end within three days, looking at `max` coupons beyond `afterCoupon` by id. A person hears of a day once, however many
 * coupons end on it; one that was good for no longer than that from the start is not told of: it has just been given.
 */
export async function remindOfCoupons(ctx: Ctx, afterCoupon: number, max: number): Promise<RemindedCoupons> {
  const { timeZone } = ctx.policy;
  const until = endOfDay(addDays(dayOf(ctx.now, timeZone), REMIND_DAYS), timeZone);
  const [looked = [], due = []] = await sendPacket(ctx.tx, [
    statement("SELECT MAX(id) AS last, COUNT(*) AS found FROM (SELECT id FROM coupons WHERE id > ? ORDER BY id LIMIT ?) next", [afterCoupon, max]),
    statement(
      `SELECT DISTINCT c.user_id AS userId, c.expires_at AS expiresAt FROM (SELECT id FROM coupons WHERE id > ? ORDER BY id LIMIT ?) next JOIN coupons c ON c.id = next.id
       WHERE c.status = 'active' AND c.user_id IS NOT NULL AND c.expires_at > ? AND c.expires_at <= ? AND TIMESTAMPDIFF(DAY, c.usable_from, c.expires_at) > ?`,
      [afterCoupon, max, ctx.now, until, REMIND_DAYS],
    ),
  ]);
  const people = due as unknown as { userId: UserId; expiresAt: Date }[];
  const listeners = await loadListeners(ctx, people.map(({ userId }) => userId));
  await notify(ctx, listeners, people.map(({ userId, expiresAt }) => {
    const day = lastDayOf(expiresAt, timeZone);
    return { userId, kind: "coupon" as const, subject: `expiring:${day}`, data: { how: "expiring", day }, link: LINK };
  }));
  const isLast = Number(looked[0]?.found ?? 0) < max;
  return { people: people.length, last: isLast ? null : Number(looked[0]!.last) };
}
