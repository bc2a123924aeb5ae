import { z } from "zod";

import { COUPON_KINDS, COUPON_SCOPES, COUPON_TEMPLATE_STATUSES, COUPON_UNITS } from "@/db/schema/coupons";

const AMOUNT_MAX = 10_000_000;
const ISSUED_MAX = 100_000_000;
/** Categories or products that one template names. */
export const SCOPE_MAX = 100;
/** Codes of one batch. */
export const CODES_MAX = 10_000;

const requestId = z.string().regex(/^[\x21-\x7e]{1,255}$/, "field_invalid");
const text = (max: number) => z.string({ error: "field_required" }).trim().max(max, "field_too_long");
/** Digits, as a form sends them, or a number; not what a lenient reader takes for one ("1e3", "0x10", true). */
const whole = (min: number, max: number) =>
  z.preprocess(
    (value) => (typeof value === "string" && /^\d{1,16}$/.test(value) ? Number(value) : value),
    z.number({ error: "field_invalid" }).int("field_invalid").min(min, "field_out_of_range").max(max, "field_out_of_range"),
  );
const id = whole(1, Number.MAX_SAFE_INTEGER);
const instant = z.iso.datetime({ offset: true, error: "field_invalid" }).transform((text) => new Date(text)).nullable().default(null);

const Fields = z.strictObject({
  requestId,
  id: id.optional(),
  name: text(60).min(1, "field_required"),
  nameEn: text(60).default(""),
  kind: z.enum(COUPON_KINDS, { error: "field_invalid" }),
  unit: z.enum(COUPON_UNITS, { error: "field_invalid" }).default("cash"),
  amount: whole(0, AMOUNT_MAX).default(0),
  percent: whole(0, 100).default(0),
  amountMax: whole(0, AMOUNT_MAX).default(0),
  minSpend: whole(0, AMOUNT_MAX).default(0),
  giftSkuId: id.nullable().default(null),
  scope: z.enum(COUPON_SCOPES, { error: "field_invalid" }).default("all"),
  scopeIds: z.array(id).max(SCOPE_MAX, "field_out_of_range").default([]),
  isClaimable: z.boolean().default(false),
  claimFrom: instant,
  claimUntil: instant,
  claimLimit: whole(1, 100).default(1),
  minLevelId: id.nullable().default(null),
  segmentId: id.nullable().default(null),
  issuedMax: whole(0, ISSUED_MAX).default(0),
  validFrom: instant,
  validUntil: instant,
  validDays: whole(1, 3_650).nullable().default(null),
  status: z.enum(COUPON_TEMPLATE_STATUSES, { error: "field_invalid" }).default("draft"),
  position: whole(0, 9_999).default(0),
});

/** A template's fields, which must make sense together: each fault is told at the field where it is mended. */
export const TemplateInput = Fields.superRefine((template, context) => {
  const say = (path: keyof typeof template, message: string) => context.addIssue({ code: "custom", path: [path], message });
  for (const fault of faultsOf(template)) say(...fault);
}).transform((template) => ({ ...template, scopeIds: [...new Set(template.scopeIds)].sort((a, b) => a - b) }));

export type TemplateInput = z.infer<typeof TemplateInput>;

function faultsOf(template: z.infer<typeof Fields>): [keyof typeof template, string][] {
  const { kind, scope, scopeIds, claimFrom, claimUntil, validFrom, validUntil, validDays } = template;
  const isOf = (field: "amount" | "percent", owner: string): [typeof field, string][] =>
    (kind === owner) === (template[field] > 0) ? [] : [[field, kind === owner ? "field_required" : "field_invalid"]];
  const checks: [boolean, keyof typeof template, string][] = [
    [kind !== "percent" && template.amountMax > 0, "amountMax", "field_invalid"],
    [kind === "gift" && template.giftSkuId === null, "giftSkuId", "field_required"],
    [kind !== "gift" && template.giftSkuId !== null, "giftSkuId", "field_invalid"],
    [scope !== "all" && scopeIds.length === 0, "scopeIds", "field_required"],
    [scope === "all" && scopeIds.length > 0, "scopeIds", "field_invalid"],
    [claimFrom !== null && claimUntil !== null && claimFrom >= claimUntil, "claimUntil", "field_out_of_range"],
    [validUntil === null && validDays === null, "validDays", "field_required"],
    // Either a day on which all of them end, or days from when each was given.
    [validUntil !== null && validDays !== null, "validDays", "field_invalid"],
    [validFrom !== null && validUntil !== null && validFrom >= validUntil, "validUntil", "field_out_of_range"],
  ];
  return [...isOf("amount", "amount"), ...isOf("percent", "percent"), ...checks.flatMap(([isWrong, field, message]): [keyof typeof template, string][] => (isWrong ? [[field, message]] : []))];
}

export const TemplateStatusInput = z.strictObject({ requestId, id, status: z.enum(COUPON_TEMPLATE_STATUSES, { error: "field_invalid" }) });

export const ClaimCouponInput = z.strictObject({ requestId, templateId: id });

export const RedeemCodeInput = z.strictObject({ requestId, code: text(60).min(1, "field_required") });

export const GrantToPersonInput = z.strictObject({ requestId, templateId: id, email: text(255).min(1, "field_required") });

export const GrantToSegmentInput = z.strictObject({ requestId, templateId: id, segmentId: id });

export const MakeCodesInput = z.strictObject({ requestId, templateId: id, quantity: whole(1, CODES_MAX), until: instant });

export const VoidCouponInput = z.strictObject({ requestId, couponId: z.string().regex(/^[\w-]{22}$/, "field_invalid"), reason: text(200).min(1, "field_required") });

export const CodeBatchInput = z.strictObject({ requestId, templateId: id, batch: z.string().regex(/^[\w-]{22}$/, "field_invalid") });
