import "server-only";

import type { z } from "zod";
import { and, eq, inArray } from "drizzle-orm";

import { sendPacket, statement } from "@/db/packet";
import { categories, couponBudgets, couponTemplates, levels, products, segments, skus } from "@/db/schema";
import type { Ctx } from "@/lib/ctx";
import { emit } from "@/lib/events/commands";
import { invariant } from "@/lib/invariant";
import { Refusal } from "@/lib/refusal";

import type { TemplateInput, TemplateStatusInput, VoidCouponInput } from "./schema";
import type { Template } from "./template";

/** What a coupon promises to whoever holds it. It stays as it was when the first was given out. */
const FIXED_ONCE_ISSUED = ["kind", "unit", "amount", "percent", "amountMax", "minSpend", "giftSkuId", "scope", "scopeIds", "validFrom", "validDays"] as const;

type TemplateFields = Omit<TemplateInput, "requestId" | "id">;

/**
 * Makes a template, or changes the one of `id`. Refuses `not_found` for it or for what it names, and `coupon_in_use` { field } when terms would change
 * that coupons were given out under: only a later end and more of them can be had.
 */
export async function saveTemplate(ctx: Ctx, { requestId: _requestId, id, ...fields }: TemplateInput): Promise<{ id: number }> {
  await refuseUnknown(ctx, fields);
  if (id !== undefined) {
    const { before, issued } = await lockTemplate(ctx, id);
    if (issued > 0) refuseBrokenPromise(before, issued, fields);
    await apply(ctx, before, fields);
    return { id };
  }
  const [row] = await ctx.tx.insert(couponTemplates).values({ ...fields, createdAt: ctx.now, updatedAt: ctx.now }).$returningId();
  invariant(row, "an insert returns its id");
  await ctx.tx.insert(couponBudgets).values({ templateId: row.id });
  await emit(ctx, { name: "coupon_template.created", subject: { type: "coupon_template", id: String(row.id) }, data: { changes: changesBetween({}, fields) } });
  return row;
}

/** Opens a template, takes it back to draft, or ends it; coupons that were given out stay good. Refuses `not_found`. */
export async function setTemplateStatus(ctx: Ctx, { id, status }: z.infer<typeof TemplateStatusInput>): Promise<void> {
  const { before } = await lockTemplate(ctx, id);
  await apply(ctx, before, { status });
}

/** A new coupon holds its template, as every child holds its parent: while this lock is kept none is given out, so terms change before the first or not at all. */
async function lockTemplate(ctx: Ctx, id: number): Promise<{ before: Template; issued: number }> {
  const [before] = await ctx.tx.select().from(couponTemplates).where(eq(couponTemplates.id, id)).for("update");
  if (!before) throw new Refusal("not_found");
  const [budgets = []] = await sendPacket(ctx.tx, [statement("SELECT issued FROM coupon_budgets WHERE template_id = ? FOR UPDATE", [id])]);
  return { before, issued: Number(budgets[0]?.issued ?? 0) };
}

function refuseBrokenPromise(before: Template, issued: number, fields: TemplateFields): void {
  const changed = FIXED_ONCE_ISSUED.find((field) => JSON.stringify(before[field]) !== JSON.stringify(fields[field]));
  const endsEarlier = before.validUntil !== null && (fields.validUntil === null || fields.validUntil < before.validUntil);
  const isTooFew = fields.issuedMax > 0 && fields.issuedMax < issued;
  const field = changed ?? (endsEarlier || (before.validUntil === null) !== (fields.validUntil === null) ? "validUntil" : isTooFew ? "issuedMax" : null);
  if (field) throw new Refusal("coupon_in_use", { field });
}

/** What it names must be there: nothing else would notice before somebody wants to use the coupon. */
async function refuseUnknown(ctx: Ctx, { scope, scopeIds, giftSkuId, minLevelId, segmentId }: TemplateFields): Promise<void> {
  const named = scope === "categories" ? categories : products;
  const [found, gift, level, segment] = [
    scope === "all" ? [] : await ctx.tx.select({ id: named.id }).from(named).where(inArray(named.id, scopeIds)),
    giftSkuId === null ? null : await ctx.tx.select({ id: skus.id }).from(skus).where(and(eq(skus.id, giftSkuId), eq(skus.kind, "shop"))),
    minLevelId === null ? null : await ctx.tx.select({ id: levels.id }).from(levels).where(eq(levels.id, minLevelId)),
    segmentId === null ? null : await ctx.tx.select({ id: segments.id }).from(segments).where(eq(segments.id, segmentId)),
  ];
  if (found.length < scopeIds.length || gift?.length === 0 || level?.length === 0 || segment?.length === 0) throw new Refusal("not_found");
}

async function apply(ctx: Ctx, before: Template, fields: Partial<TemplateFields>): Promise<void> {
  const changes = changesBetween(before, fields);
  if (Object.keys(changes).length === 0) return;
  await ctx.tx.update(couponTemplates).set({ ...fields, updatedAt: ctx.now }).where(eq(couponTemplates.id, before.id));
  await emit(ctx, { name: "coupon_template.changed", subject: { type: "coupon_template", id: String(before.id) }, data: { changes } });
}

/** Takes a coupon back that nobody used. Refuses `not_found`, `coupon_used`. What was taken back stays so. */
export async function voidCoupon(ctx: Ctx, { couponId, reason }: Pick<z.infer<typeof VoidCouponInput>, "couponId" | "reason">): Promise<void> {
  const [rows = []] = await sendPacket(ctx.tx, [statement("SELECT template_id, user_id, status FROM coupons WHERE public_id = ? FOR UPDATE", [couponId])]);
  const [coupon] = rows;
  if (!coupon) throw new Refusal("not_found");
  if (coupon.status === "used") throw new Refusal("coupon_used");
  if (coupon.status === "void") return;
  await sendPacket(ctx.tx, [statement("UPDATE coupons SET status = 'void' WHERE public_id = ? AND status = 'active'", [couponId])]);
  await emit(ctx, { name: "coupon.voided", subject: { type: "coupon", id: couponId }, data: { templateId: coupon.template_id, userId: coupon.user_id, reason, changes: { status: [coupon.status, "void"] } } });
}

type Changes = Record<string, [unknown, unknown]>;

/** Instants and lists are compared as they are written to the event. */
function changesBetween(before: Record<string, unknown>, after: Record<string, unknown>): Changes {
  const plain = (value: unknown): unknown => (value instanceof Date ? value.toISOString() : (value ?? null));
  const isSame = (field: string): boolean => JSON.stringify(plain(before[field])) === JSON.stringify(plain(after[field]));
  return Object.fromEntries(Object.keys(after).filter((field) => !isSame(field)).map((field) => [field, [plain(before[field]), plain(after[field])]]));
}
