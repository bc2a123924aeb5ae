import "server-only";

import type { z } from "zod";

import { affectedRows, insertRows, sendPacket, statement } from "@/db/packet";
import type { Ctx } from "@/lib/ctx";
import { addDays, dayOf, endOfDay } from "@/lib/day";
import { emit } from "@/lib/events/commands";
import { publicId, secretBytes } from "@/lib/id";
import { Refusal } from "@/lib/refusal";

import { CODE_BYTES, codeFrom } from "../code";
import { countIssued } from "../issuing/commands";
import type { CodeBatchInput, MakeCodesInput } from "../schema";
import type { Template } from "../template";

const ROWS_AT_ONCE = 1_000;
/** Without an end of its own, a printed code can be typed for so long. */
const TYPED_WITHIN_DAYS = 365;

/**
 * Prints codes: coupons that wait for a person. They count towards the template's limit from now on, so that each of them can be kept.
 * Refuses `not_found`, `coupon_not_open` for a template that is not active or whose time is over, `coupons_gone` when it does not have that many left.
 */
export async function makeCodes(ctx: Ctx, { templateId, quantity, until }: Omit<z.infer<typeof MakeCodesInput>, "requestId">): Promise<{ batch: string }> {
  const template = await findTemplate(ctx, templateId);
  const typedUntil = until ?? template.validUntil ?? endOfDay(addDays(dayOf(ctx.now, ctx.policy.timeZone), TYPED_WITHIN_DAYS), ctx.policy.timeZone);
  if (template.status !== "active" || typedUntil <= ctx.now || (template.validUntil && typedUntil > template.validUntil)) throw new Refusal("coupon_not_open");
  const batch = publicId();
  const codes = newCodes(quantity);
  for (let from = 0; from < quantity; from += ROWS_AT_ONCE) {
    const rows = codes.slice(from, from + ROWS_AT_ONCE).map((code, index) => [publicId(), templateId, code, "code", `${batch}~${from + index + 1}`, ctx.now, typedUntil, ctx.now]);
    await sendPacket(ctx.tx, [insertRows("coupons", ["public_id", "template_id", "code", "source_type", "source_id", "usable_from", "expires_at", "created_at"], rows)]);
  }
  if (!(await countIssued(ctx, templateId, quantity))) throw new Refusal("coupons_gone");
  await emit(ctx, { name: "coupon_template.codes_made", subject: { type: "coupon_template", id: String(templateId) }, data: { batch, quantity } });
  return { batch };
}

/** 55 random bits each: two alike in a batch are drawn again, two alike in the shop are refused by their key. */
function newCodes(quantity: number): string[] {
  const codes = new Set<string>();
  while (codes.size < quantity) codes.add(codeFrom(secretBytes(CODE_BYTES)));
  return [...codes];
}

/**
 * The codes of a batch, for the file that staff prints. They are handed out once: whoever saw them can use them.
 * Refuses `not_found`, `codes_taken` when they were taken before.
 */
export async function takeCodes(ctx: Ctx, { templateId, batch }: Pick<z.infer<typeof CodeBatchInput>, "templateId" | "batch">): Promise<{ code: string; expiresAt: Date }[]> {
  // The first of them is locked, so that of two downloads at once the second sees the first.
  const [codes = []] = await sendPacket(ctx.tx, [
    statement("SELECT code, expires_at AS expiresAt FROM coupons WHERE source_type = 'code' AND source_id LIKE ? AND template_id = ? ORDER BY id", [`${likeBatch(batch)}~%`, templateId]),
    statement("SELECT id FROM coupons WHERE source_type = 'code' AND source_id = ? FOR UPDATE", [`${batch}~1`]),
  ]);
  if (codes.length === 0) throw new Refusal("not_found");
  const [taken = []] = await sendPacket(ctx.tx, [
    statement(
      `SELECT id FROM events WHERE subject_type = 'coupon_template' AND subject_id = ? AND name = 'coupon_template.codes_downloaded'
         AND JSON_UNQUOTE(JSON_EXTRACT(data, '$.batch')) = ? LIMIT 1`,
      [String(templateId), batch],
    ),
  ]);
  if (taken.length > 0) throw new Refusal("codes_taken");
  await emit(ctx, { name: "coupon_template.codes_downloaded", subject: { type: "coupon_template", id: String(templateId) }, data: { batch } });
  return codes as unknown as { code: string; expiresAt: Date }[];
}

/** Calls a batch back: codes that nobody typed yet give nothing any more; coupons that people have stay good. Refuses `not_found`. */
export async function voidCodes(ctx: Ctx, { templateId, batch }: Pick<z.infer<typeof CodeBatchInput>, "templateId" | "batch">): Promise<{ voided: number }> {
  await findTemplate(ctx, templateId);
  const [header] = await sendPacket(ctx.tx, [
    statement("UPDATE coupons SET status = 'void' WHERE source_type = 'code' AND source_id LIKE ? AND template_id = ? AND user_id IS NULL AND status = 'active'", [`${likeBatch(batch)}~%`, templateId]),
  ]);
  const voided = affectedRows(header);
  if (voided > 0) await emit(ctx, { name: "coupon_template.codes_voided", subject: { type: "coupon_template", id: String(templateId) }, data: { batch, quantity: voided } });
  return { voided };
}

/** The name of a batch may hold an underscore, which LIKE takes for any letter. */
const likeBatch = (batch: string): string => batch.replaceAll("_", "\\_");

async function findTemplate(ctx: Ctx, templateId: number): Promise<Pick<Template, "id" | "status" | "validUntil">> {
  const [rows = []] = await sendPacket(ctx.tx, [statement("SELECT id, status, valid_until AS validUntil FROM coupon_templates WHERE id = ?", [templateId])]);
  const [template] = rows as unknown as Pick<Template, "id" | "status" | "validUntil">[];
  if (!template) throw new Refusal("not_found");
  return template;
}
