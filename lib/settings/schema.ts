import { z } from "zod";

import { PAYMENT_METHODS, Policy } from "./policy";

/** The settings by the page on which they are edited. All of a section's are sent, and saved, together. */
export const SECTIONS = {
  programme: ["shopName", "shopNameEn", "timeZone"],
  brand: ["brandHue", "logo"],
  pointsName: ["pointsName", "pointsNameEn", "pointsNameEnPlural"],
  points: ["pointsPerYuan", "expiry", "restoreGraceDays", "clawBack", "remindDaysBefore"],
  checkIn: ["makeUpDays", "makeUpsPerMonth", "makeUpPoints", "freezesHeldMax", "ownTimeZone"],
  people: ["verifyEmail"],
  levels: ["levelBasis", "levelWindowDays", "levelDowngrade", "levelGraceDays"],
  orders: ["paymentMinutes", "lowStock", "deliveryCents", "freeDeliveryFromCents", "receivedAfterDays"],
  payment: ["paymentsOff"],
  control: ["adjustmentApprovalPoints", "secondFactor", "staffIdleMinutes", "staffSessionHours"],
  risk: ["risk"],
  setup: ["setupHidden"],
} as const satisfies Record<string, readonly (keyof Policy)[]>;

export type Section = keyof typeof SECTIONS;
/** Those that are a form; the checklist of a new shop has a page of its own. */
export type FormSection = Exclude<Section, "setup">;
export type SettingName = (typeof SECTIONS)[Section][number];

const requestId = z.string().regex(/^[\x21-\x7e]{1,255}$/, "field_invalid");
const { shape } = Policy;

const expiry = shape.expiry.unwrap().transform((policy) => (policy.kind === "calendar" ? { ...policy, dates: [...new Set(policy.dates)].sort() } : policy));
const remindDaysBefore = shape.remindDaysBefore.unwrap().transform((days) => [...new Set(days)].sort((one, other) => other - one));

const paymentsOff = shape.paymentsOff.unwrap().transform((names) => PAYMENT_METHODS.filter((name) => names.includes(name)));

/** A section with all of its settings. Without the policy's defaults: what a form left out is a mistake and not a wish for the default. */
export const SettingsInput = z.discriminatedUnion("section", [
  z.strictObject({ requestId, section: z.literal("programme"), shopName: shape.shopName.unwrap(), shopNameEn: shape.shopNameEn.unwrap(), timeZone: shape.timeZone.unwrap() }),
  z.strictObject({ requestId, section: z.literal("brand"), brandHue: shape.brandHue.unwrap(), logo: shape.logo.unwrap() }),
  z.strictObject({
    requestId, section: z.literal("pointsName"), pointsName: shape.pointsName.unwrap(), pointsNameEn: shape.pointsNameEn.unwrap(), pointsNameEnPlural: shape.pointsNameEnPlural.unwrap(),
  }),
  z.strictObject({
    requestId, section: z.literal("points"), pointsPerYuan: shape.pointsPerYuan.unwrap(), expiry, restoreGraceDays: shape.restoreGraceDays.unwrap(), clawBack: shape.clawBack.unwrap(), remindDaysBefore,
  }),
  z.strictObject({
    requestId, section: z.literal("checkIn"), makeUpDays: shape.makeUpDays.unwrap(), makeUpsPerMonth: shape.makeUpsPerMonth.unwrap(), makeUpPoints: shape.makeUpPoints.unwrap(),
    freezesHeldMax: shape.freezesHeldMax.unwrap(), ownTimeZone: shape.ownTimeZone.unwrap(),
  }),
  z.strictObject({ requestId, section: z.literal("people"), verifyEmail: shape.verifyEmail.unwrap() }),
  z.strictObject({
    requestId, section: z.literal("levels"), levelBasis: shape.levelBasis.unwrap(), levelWindowDays: shape.levelWindowDays.unwrap(),
    levelDowngrade: shape.levelDowngrade.unwrap(), levelGraceDays: shape.levelGraceDays.unwrap(),
  }),
  z.strictObject({
    requestId, section: z.literal("orders"), paymentMinutes: shape.paymentMinutes.unwrap(), lowStock: shape.lowStock.unwrap(), deliveryCents: shape.deliveryCents.unwrap(),
    freeDeliveryFromCents: shape.freeDeliveryFromCents.unwrap(), receivedAfterDays: shape.receivedAfterDays.unwrap(),
  }),
  z.strictObject({ requestId, section: z.literal("payment"), paymentsOff }),
  z.strictObject({
    requestId, section: z.literal("control"), adjustmentApprovalPoints: shape.adjustmentApprovalPoints.unwrap(), secondFactor: shape.secondFactor.unwrap(),
    staffIdleMinutes: shape.staffIdleMinutes.unwrap(), staffSessionHours: shape.staffSessionHours.unwrap(),
  }),
  z.strictObject({ requestId, section: z.literal("risk"), risk: shape.risk.unwrap() }),
  z.strictObject({ requestId, section: z.literal("setup"), setupHidden: shape.setupHidden.unwrap() }),
]);
export type SettingsInput = z.infer<typeof SettingsInput>;

export type Range = { min: number; max: number };

/** What numbers each setting that is one may be, for the form to say. */
export function rangesOf(section: Section): Record<string, Range> {
  const ranges = SECTIONS[section].map((name) => [name, shape[name].unwrap()] as const);
  return Object.fromEntries(ranges.flatMap(([name, field]) => (field instanceof z.ZodNumber ? [[name, { min: field.minValue ?? 0, max: field.maxValue ?? 0 }]] : [])));
}

/** To try something out takes no word but that it is wanted. */
export const TryOutInput = z.strictObject({ requestId });
