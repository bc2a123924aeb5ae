import { z } from "zod";

const POINTS_MAX = 100_000_000;
const CENTS_MAX = 100_000_000;
const PIECES_MAX = 1_000_000;
const DAYS_MAX = 31;
const DAY_MS = 86_400_000;

const requestId = z.string().regex(/^[\x21-\x7e]{1,255}$/, "field_invalid");
const id = z.coerce.number({ error: "field_invalid" }).int("field_invalid").positive("field_invalid");
const whole = (max: number, min = 0) =>
  z.coerce.number({ error: "field_invalid" }).int("field_invalid").min(min, "field_out_of_range").max(max, "field_out_of_range");
const text = (max: number) => z.string().trim().max(max, "field_too_long");
const instant = z.date({ error: "field_invalid" });

const terms = {
  name: text(60).min(1, "field_required"),
  nameEn: text(60).default(""),
  pieces: whole(PIECES_MAX, 1),
  pointsPrice: whole(POINTS_MAX, 1),
  /** Nothing, or what is paid beside the points. */
  cashPriceCents: whole(CENTS_MAX).default(0),
  /** 0 means no limit. */
  limitPerUser: whole(99).default(1),
  startsAt: instant,
  endsAt: instant,
};

type Span = { startsAt: Date; endsAt: Date };
const isInOrder = ({ startsAt, endsAt }: Span): boolean => startsAt < endsAt;
const isShort = ({ startsAt, endsAt }: Span): boolean => endsAt.getTime() - startsAt.getTime() <= DAYS_MAX * DAY_MS;
const atEnd = { path: ["endsAt"], message: "field_out_of_range" };

export const FlashPlanInput = z.strictObject({ requestId, shopSkuId: id, ...terms }).refine(isInOrder, atEnd).refine(isShort, atEnd);
export type FlashPlanInput = z.infer<typeof FlashPlanInput>;

export const FlashChangeInput = z.strictObject({ requestId, id, ...terms }).refine(isInOrder, atEnd).refine(isShort, atEnd);
export type FlashChangeInput = z.infer<typeof FlashChangeInput>;

export const FlashCloseInput = z.strictObject({ requestId, id });
