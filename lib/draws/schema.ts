import { z } from "zod";

import { DRAW_STATUSES, PRIZE_KINDS } from "@/db/schema/draws";

import { ROLLS } from "./fair";

const POINTS_MAX = 1_000_000;
const SPINS_MAX = 1_000;
const STOCK_MAX = 10_000_000;
const CARDS_MAX = 10;
/** A wheel with more is not read any more. */
export const PRIZES_MAX = 12;
export const GRANT_MAX = 100;

const requestId = z.string().regex(/^[\x21-\x7e]{1,255}$/, "field_invalid");
const id = z.coerce.number({ error: "field_invalid" }).int("field_invalid").positive("field_invalid");
const whole = (max: number, min = 0) =>
  z.coerce.number({ error: "field_invalid" }).int("field_invalid").min(min, "field_out_of_range").max(max, "field_out_of_range");
const text = (max: number) => z.string().trim().max(max, "field_too_long");
/** One line: what is part of a commitment is shown and copied by people. */
const line = (max: number) => text(max).regex(/^[^\p{Cc}\p{Zl}\p{Zp}]*$/u, "field_invalid");
const instant = z.coerce.date({ error: "field_invalid" }).nullable().default(null);

export const PrizeInput = z
  .strictObject({
    id: id.optional(),
    name: line(40).min(1, "field_required"),
    nameEn: line(40).default(""),
    kind: z.enum(PRIZE_KINDS, { error: "field_invalid" }),
    points: whole(POINTS_MAX).default(0),
    couponTemplateId: id.nullable().default(null),
    quantity: whole(CARDS_MAX, 1).default(1),
    oddsPpm: whole(ROLLS),
    isActive: z.boolean().default(true),
    /** Pieces that are left; null for as many as are hit. */
    stock: whole(STOCK_MAX).nullable().default(null),
    /** What the form showed as left: only the difference is applied, so that pieces won meanwhile stay won. */
    stockShown: whole(STOCK_MAX).nullable().default(null),
  })
  .superRefine((prize, context) => {
    const say = (path: keyof typeof prize, message: string) => context.addIssue({ code: "custom", path: [path], message });
    if (prize.kind === "points" && prize.points === 0) say("points", "field_required");
    if (prize.kind !== "points" && prize.points !== 0) say("points", "field_invalid");
    if (prize.kind === "coupon" && prize.couponTemplateId === null) say("couponTemplateId", "field_required");
    if (prize.kind !== "coupon" && prize.couponTemplateId !== null) say("couponTemplateId", "field_invalid");
    if (prize.kind !== "make_up_card" && prize.quantity !== 1) say("quantity", "field_invalid");
    if (prize.kind === "nothing" && prize.stock !== null) say("stock", "field_invalid");
  });

export type PrizeInput = z.infer<typeof PrizeInput>;

export const DrawInput = z
  .strictObject({
    requestId,
    id: id.optional(),
    /** Its address, chosen once: rolls are drawn from it. */
    slug: z.string().trim().regex(/^[a-z0-9]+(?:-[a-z0-9]+)*$/, "field_invalid").max(60, "field_too_long").optional(),
    name: line(60).min(1, "field_required"),
    nameEn: line(60).default(""),
    rules: text(1_000).default(""),
    rulesEn: text(1_000).default(""),
    status: z.enum(DRAW_STATUSES, { error: "field_invalid" }).default("draft"),
    startsAt: instant,
    endsAt: instant,
    spinPoints: whole(POINTS_MAX).default(0),
    freeSpinsPerDay: whole(SPINS_MAX).default(0),
    spinsPerDay: whole(SPINS_MAX).default(0),
    prizes: z.array(PrizeInput).min(1, "field_required").max(PRIZES_MAX, "field_out_of_range"),
  })
  .superRefine((draw, context) => {
    const say = (path: keyof typeof draw, message: string) => context.addIssue({ code: "custom", path: [path], message });
    if (draw.id === undefined && draw.slug === undefined) say("slug", "field_required");
    if (draw.id !== undefined && draw.slug !== undefined) say("slug", "field_invalid");
    if (draw.status === "active" && !draw.prizes.some(({ isActive, oddsPpm }) => isActive && oddsPpm > 0)) say("prizes", "field_required");
    if (draw.startsAt && draw.endsAt && draw.startsAt >= draw.endsAt) say("endsAt", "field_out_of_range");
    if (draw.spinsPerDay > 0 && draw.freeSpinsPerDay > draw.spinsPerDay) say("freeSpinsPerDay", "field_out_of_range");
  });

export type DrawInput = z.infer<typeof DrawInput>;

/** A request to spin names no prize. `pointsShown` is the price that the person saw: 0 for a free spin. */
export const SpinInput = z.strictObject({ requestId, drawId: id, pointsShown: z.string().regex(/^\d{1,7}$/, "field_invalid").transform(Number) });

export const GrantSpinsInput = z.strictObject({
  requestId,
  drawId: id,
  email: z.string().trim().toLowerCase().min(1, "field_required").max(254, "field_too_long"),
  quantity: whole(GRANT_MAX, 1),
  reason: text(100).min(1, "field_required"),
});
export type GrantSpinsInput = z.infer<typeof GrantSpinsInput>;

export const ProofQuery = z.strictObject({ from: z.string().regex(/^\d{1,9}$/, "field_invalid").transform(Number).default(0) });
