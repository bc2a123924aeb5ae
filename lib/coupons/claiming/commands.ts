import "server-only";

import type { RowDataPacket } from "mysql2";
import type { z } from "zod";
import { eq } from "drizzle-orm";

import { affectedRows, sendPacket, statement, type Statement } from "@/db/packet";
import { couponTemplates } from "@/db/schema";
import { actorId, type Ctx, type UserId } from "@/lib/ctx";
import { emit } from "@/lib/events/commands";
import { invariant } from "@/lib/invariant";
import { readLevels } from "@/lib/levels/queries";
import { mayEarn, pageOf } from "@/lib/points/book";
import { openBook } from "@/lib/points/commands";
import { orRefuse, Refusal } from "@/lib/refusal";

import { decideClaim, decideTaking, type ClaimFacts } from "../claim";
import { readCode } from "../code";
import { writeCoupon } from "../issuing/commands";
import type { ClaimCouponInput, RedeemCodeInput } from "../schema";
import type { Template } from "../template";

export type ClaimedCoupon = { couponId: string; name: string; nameEn: string; expiresAt: Date };

/**
 * Takes a coupon in the claim centre. The person's account is locked first, so that of twenty tabs no more get one than a person may have.
 * Refuses `not_found`, `account_frozen`, `account_held`, `coupon_not_open`, `coupon_not_for_you`, `coupon_limit` { limit }, `coupons_gone`.
 */
export async function claimCoupon(ctx: Ctx, { templateId }: Pick<z.infer<typeof ClaimCouponInput>, "templateId">): Promise<ClaimedCoupon> {
  const template = await findTemplate(ctx, templateId);
  if (!template || template.status === "draft") throw new Refusal("not_found");
  const { userId, facts, mayTake } = await lockClaimer(ctx, template);
  mayTake();
  const validity = orRefuse(decideClaim(template, facts, ctx.now, ctx.policy.timeZone));
  const source = { type: "claim", id: `${userId}~${template.id}~${facts.claimed + 1}` } as const;
  const written = await writeCoupon(ctx, template.id, userId, source, validity);
  if (!written) throw new Refusal("coupons_gone");
  invariant(written.isNew, "under the account's lock the next claim is new");
  await emit(ctx, { name: "coupon.claimed", subject: { type: "coupon", id: written.couponId }, data: { templateId: template.id, userId, how: "claim" } });
  return { couponId: written.couponId, name: template.name, nameEn: template.nameEn, expiresAt: validity.expiresAt };
}

/**
 * Gives the coupon of a printed code to who types it first. Who typed it before gets the same answer again.
 * Refuses `coupon_code_wrong` (a wrong check letter without asking the database), `coupon_code_used`, `coupon_to_oneself` to who had the file of the codes,
 * `coupon_not_open` when its time is over, and what `claimCoupon` refuses of a person.
 */
export async function redeemCode(ctx: Ctx, { code }: Pick<z.infer<typeof RedeemCodeInput>, "code">): Promise<ClaimedCoupon> {
  const read = readCode(code);
  if (!read) throw new Refusal("coupon_code_wrong");
  const [found] = await readPrinted(ctx, read, "");
  if (!found || found.status === "void") throw new Refusal("coupon_code_wrong");
  const template = (await findTemplate(ctx, found.templateId))!;
  const { userId, facts, mayTake } = await lockClaimer(ctx, template);
  // Locked after the account, in the order of all commands: of fifty who type it, the others see whose it is now.
  const [printed] = await readPrinted(ctx, read, " FOR UPDATE");
  invariant(printed, "a coupon is never deleted");
  const names = { name: template.name, nameEn: template.nameEn };
  if (printed.userId === userId) return { couponId: printed.couponId, expiresAt: printed.expiresAt, ...names };
  if (printed.userId !== null) throw new Refusal("coupon_code_used");
  if (printed.status === "void") throw new Refusal("coupon_code_wrong");
  mayTake();
  if (await hasSeenBatch(ctx, printed, userId)) throw new Refusal("coupon_to_oneself");
  if (printed.expiresAt <= ctx.now) throw new Refusal("coupon_not_open");
  const { usableFrom, expiresAt } = orRefuse(decideTaking(template, facts, ctx.now, ctx.policy.timeZone));
  const [header] = await sendPacket(ctx.tx, [
    statement("UPDATE coupons SET user_id = ?, usable_from = ?, expires_at = ? WHERE public_id = ? AND user_id IS NULL AND status = 'active'", [userId, usableFrom, expiresAt, printed.couponId]),
  ]);
  invariant(affectedRows(header) === 1, "a locked code is still free");
  await emit(ctx, { name: "coupon.claimed", subject: { type: "coupon", id: printed.couponId }, data: { templateId: template.id, userId, how: "code" } });
  return { couponId: printed.couponId, expiresAt, ...names };
}

async function findTemplate(ctx: Ctx, templateId: number): Promise<Template | undefined> {
  const [template] = await ctx.tx.select().from(couponTemplates).where(eq(couponTemplates.id, templateId));
  return template;
}

type Printed = { couponId: string; templateId: number; userId: UserId | null; status: string; expiresAt: Date; batch: string };

async function readPrinted(ctx: Ctx, code: string, lock: "" | " FOR UPDATE"): Promise<Printed[]> {
  const [rows = []] = await sendPacket(ctx.tx, [
    statement(`SELECT public_id AS couponId, template_id AS templateId, user_id AS userId, status, expires_at AS expiresAt, SUBSTRING_INDEX(source_id, '~', 1) AS batch FROM coupons WHERE code = ?${lock}`, [code]),
  ]);
  return rows as unknown as Printed[];
}

/** Whether this person had the file of these codes: who grants coupons grants none to themselves. */
async function hasSeenBatch(ctx: Ctx, { templateId, batch }: Printed, userId: UserId): Promise<boolean> {
  const [rows = []] = await sendPacket(ctx.tx, [
    statement(
      `SELECT id FROM events WHERE subject_type = 'coupon_template' AND subject_id = ? AND name = 'coupon_template.codes_downloaded' AND actor_id = ?
         AND JSON_UNQUOTE(JSON_EXTRACT(data, '$.batch')) = ? LIMIT 1`,
      [String(templateId), userId, batch],
    ),
  ]);
  return rows.length > 0;
}

/** Locks who asks, and reads what decides about them. */
async function lockClaimer(ctx: Ctx, template: Template): Promise<{ userId: UserId; facts: ClaimFacts; mayTake: () => void }> {
  const userId = actorId(ctx.actor);
  invariant(userId !== null, "a person claims");
  const { book, ridden } = await openBook(ctx, [userId], [], [readClaims(template, userId), readLevels([userId])]);
  const page = pageOf(book, userId);
  return { userId, facts: factsFrom(template, ridden[0]?.[0], ridden[1]?.[0]), mayTake: () => void orRefuse(mayEarn(page)) };
}

const readClaims = ({ id, minLevelId, segmentId }: Template, userId: UserId): Statement =>
  statement(
    `SELECT (SELECT COUNT(*) FROM coupons WHERE user_id = ? AND template_id = ? AND source_type IN ('claim', 'code')) AS claimed,
       (SELECT issued FROM coupon_budgets WHERE template_id = ?) AS issued,
       (SELECT \`rank\` FROM levels WHERE id = ?) AS min_rank,
       EXISTS (SELECT 1 FROM segment_members WHERE segment_id = ? AND user_id = ?) AS is_in_segment`,
    [userId, id, id, minLevelId, segmentId, userId],
  );

const factsFrom = ({ minLevelId, segmentId }: Template, row: RowDataPacket | undefined, standing: RowDataPacket | undefined): ClaimFacts => ({
  claimed: Number(row?.claimed ?? 0),
  issued: Number(row?.issued ?? 0),
  levelRank: Number(standing?.level_rank ?? 0),
  minRank: minLevelId === null ? null : Number(row?.min_rank ?? Infinity),
  isInSegment: segmentId === null || Number(row?.is_in_segment) === 1,
});
