import "server-only";

import { eq } from "drizzle-orm";

import { affectedRows, insertRows, sendPacket, statement } from "@/db/packet";
import { couponTemplates } from "@/db/schema";
import type { Ctx, UserId } from "@/lib/ctx";
import { emit } from "@/lib/events/commands";
import { publicId } from "@/lib/id";
import { invariant } from "@/lib/invariant";

import { validityOf, type Validity } from "../template";

/** Why a coupon exists: of one source there is one. */
export type CouponSource = { type: "claim" | "grant" | "order" | "draw" | "code"; id: string };
export type Issue = { templateId: number; userId: UserId; source: CouponSource };

/**
 * Gives somebody a coupon, once for its source. Null when as many as there may be are given out, or the time of its template is over;
 * what became of the template otherwise does not matter: an order that was sold gets its coupon from one that was archived since.
 */
export async function issueCoupon(ctx: Ctx, { templateId, userId, source }: Issue): Promise<{ couponId: string } | null> {
  const [template] = await ctx.tx.select().from(couponTemplates).where(eq(couponTemplates.id, templateId));
  invariant(template, "a template is never deleted");
  const given = await findIssued(ctx, source);
  if (given) return given;
  const validity = validityOf(template, ctx.now, ctx.policy.timeZone);
  const written = validity && (await writeCoupon(ctx, template.id, userId, source, validity));
  if (!written) return null;
  const { couponId } = written;
  if (written.isNew) await emit(ctx, { name: "coupon.issued", subject: { type: "coupon", id: couponId }, data: { templateId, userId, source: `${source.type}:${source.id}` } });
  return { couponId };
}

/** Writes the coupon of a source, or finds the one that is there; null, and nothing written, when the template's limit is reached. */
export async function writeCoupon(ctx: Ctx, templateId: number, userId: UserId, source: CouponSource, { usableFrom, expiresAt }: Validity): Promise<{ couponId: string; isNew: boolean } | null> {
  const couponId = publicId();
  const columns = ["public_id", "template_id", "user_id", "source_type", "source_id", "usable_from", "expires_at", "created_at"];
  const insert = insertRows("coupons", columns, [[couponId, templateId, userId, source.type, source.id, usableFrom, expiresAt, ctx.now]]);
  // Whoever is second for the same source waits at its key until the first has committed, and finds theirs.
  await sendPacket(ctx.tx, [{ ...insert, sql: `${insert.sql} ON DUPLICATE KEY UPDATE id = coupons.id` }]);
  const written = await findIssued(ctx, source);
  if (written && written.couponId !== couponId) return { ...written, isNew: false };
  if (await countIssued(ctx, templateId, 1)) return { couponId, isNew: true };
  await sendPacket(ctx.tx, [statement("DELETE FROM coupons WHERE public_id = ?", [couponId])]);
  return null;
}

async function findIssued(ctx: Ctx, source: CouponSource): Promise<{ couponId: string } | null> {
  const [rows = []] = await sendPacket(ctx.tx, [statement("SELECT public_id AS couponId FROM coupons WHERE source_type = ? AND source_id = ?", [source.type, source.id])]);
  return (rows[0] as { couponId: string } | undefined) ?? null;
}

/** Counts so many towards the template's limit; false, and nothing counted, when it does not have that many left. The hottest row of all: it comes last. */
export async function countIssued(ctx: Ctx, templateId: number, many: number): Promise<boolean> {
  const [header] = await sendPacket(ctx.tx, [
    statement(
      `UPDATE coupon_budgets b STRAIGHT_JOIN coupon_templates t ON t.id = b.template_id SET b.issued = b.issued + ?
       WHERE b.template_id = ? AND (t.issued_max = 0 OR b.issued + ? <= t.issued_max)`,
      [many, templateId, many],
    ),
  ]);
  return affectedRows(header) === 1;
}

/** Takes back what was given for this source. False when it was used already, or there is nothing to take. */
export async function voidIssued(ctx: Ctx, source: CouponSource): Promise<boolean> {
  const [rows = []] = await sendPacket(ctx.tx, [
    statement("SELECT public_id, status, template_id, user_id FROM coupons WHERE source_type = ? AND source_id = ? FOR UPDATE", [source.type, source.id]),
  ]);
  const [coupon] = rows;
  if (!coupon || coupon.status === "used") return false;
  if (coupon.status === "void") return true;
  await sendPacket(ctx.tx, [statement("UPDATE coupons SET status = 'void' WHERE public_id = ? AND status = 'active'", [coupon.public_id])]);
  await emit(ctx, { name: "coupon.voided", subject: { type: "coupon", id: coupon.public_id }, data: { templateId: coupon.template_id, userId: coupon.user_id, reason: `${source.type}:${source.id}`, changes: { status: [coupon.status, "void"] } } });
  return true;
}
