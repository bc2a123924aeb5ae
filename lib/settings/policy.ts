import { z } from "zod";

import { ExpiryPolicy, whole } from "./expiry";
import { DEFAULT_RISK, RiskPolicy } from "./risk";

const isZone = (zone: string): boolean => {
  try {
    return Boolean(new Intl.DateTimeFormat("en", { timeZone: zone }));
  } catch {
    return false;
  }
};

const pointsWord = z.string("field_invalid").trim().min(1, "field_required").max(20, "field_too_long").regex(/^[^<>{}'#]*$/, "field_invalid");

/** Ways to pay that can be switched off without touching their keys. */
export const PAYMENT_METHODS = ["test", "stripe", "wechat", "alipay"] as const;
export type PaymentMethod = (typeof PAYMENT_METHODS)[number];

const shopName = z.string("field_invalid").trim().min(1, "field_required").max(40, "field_too_long");

/** The programme's settings. Each has a default, so an empty `settings` table is a working shop. */
export const Policy = z.object({
  shopName: shopName.default("积分商城"),
  shopNameEn: shopName.default("Points Mall"),
  /** The hue of the shop's colour, in degrees of OKLCH; null means our jade. Lightness and chroma follow from it, so that text stays readable. */
  brandHue: whole(0, 359).nullable().default(null),
  /** The picture that stands for the shop, by its public id. */
  logo: z.string().regex(/^[\w-]{22}$/, "field_invalid").nullable().default(null),
  /** What a point is called, in Chinese, and in English for one and for several. */
  pointsName: pointsWord.default("积分"),
  pointsNameEn: pointsWord.default("point"),
  pointsNameEnPlural: pointsWord.default("points"),
  /** The zone whose midnight starts a programme day. */
  timeZone: z.string("field_invalid").refine(isZone, "field_invalid").default("Asia/Shanghai"),
  /** How many points take one yuan off a price; also what a point is worth in the books. */
  pointsPerYuan: whole(1, 100).default(100),
  /** When points expire, where a rule does not say otherwise. */
  expiry: ExpiryPolicy.default({ kind: "rolling", every: 365, unit: "day", roundTo: null }),
  /** Points returned to a lot that has expired meanwhile are good for this many days more. */
  restoreGraceDays: whole(1, 365).default(30),
  /** An order waits this long for its cash. */
  paymentMinutes: whole(1, 1440).default(15),
  /** What delivery of an order costs. */
  deliveryCents: whole(0, 100_000).default(0),
  /** Orders that are worth so much (cash and points, by the points' value) are delivered for nothing; 0 means never. */
  freeDeliveryFromCents: whole(0, 10_000_000).default(0),
  /** A shipped order that nobody confirms counts as received after so many days; 0 means never. */
  receivedAfterDays: whole(0, 90).default(15),
  /** Stock at or under this is low: the overview says so, and staff is told. */
  lowStock: whole(0, 1000).default(5),
  /** Who signs up proves that the address is theirs before anything else; switched off, they are let in at once, and who has an account shows. */
  verifyEmail: z.boolean().default(true),
  /** What happens to points whose cause was undone: nothing, only pending ones go, as far as the balance reaches, or further into debt. */
  clawBack: z.enum(["keep", "pending_only", "to_zero", "debt"]).default("debt"),
  /** Days before points expire on which their owner is reminded. */
  remindDaysBefore: z.array(whole(1, 365)).max(5, "field_out_of_range").default([30, 7, 1]),
  /** A missed day of the last so many can be made up; 0 switches it off. */
  makeUpDays: whole(0, 31).default(7),
  makeUpsPerMonth: whole(0, 31).default(3),
  /** What making up a day costs without a card; 0 means that only a card does it. Never for cash. */
  makeUpPoints: whole(0, 100_000).default(30),
  /** Streak freezes that one person can hold; a freeze is used by itself when a day was missed. */
  freezesHeldMax: whole(0, 10).default(2),
  /** Whether people may check in by their own time zone. */
  ownTimeZone: z.boolean().default(true),
  /** Adjustments by hand of more points than this need a second person. */
  adjustmentApprovalPoints: whole(0, 1_000_000).default(1000),
  /** Whether staff without a second factor may work: what they see and change is worth money. */
  secondFactor: z.enum(["optional", "required"]).default("required"),
  /** A session of staff ends when it was not used for so long, and so long after the sign-in however much it is used. */
  staffIdleMinutes: whole(5, 1440).default(30),
  staffSessionHours: whole(1, 720).default(12),
  paymentsOff: z.array(z.enum(PAYMENT_METHODS)).max(PAYMENT_METHODS.length).default([]),
  risk: RiskPolicy.default(DEFAULT_RISK),
  /** Whether the checklist of a new shop is put away: the overview does not show it any more. */
  setupHidden: z.boolean().default(false),
  /** What levels count: points earned, or whole yuan paid. */
  levelBasis: z.enum(["earned", "spend"]).default("earned"),
  levelWindowDays: whole(1, 3650).default(365),
  /** What happens below a level's threshold: never down, one level at a time, or to the level that was reached. */
  levelDowngrade: z.enum(["none", "one", "full"]).default("one"),
  levelGraceDays: whole(0, 365).default(30),
});

export type Policy = z.infer<typeof Policy>;

export const DEFAULT_POLICY: Policy = Policy.parse({});

/** The policy that rows of `settings` make over the defaults. A row that no longer fits is ignored, and named. */
export function policyFrom(rows: readonly { name: string; value: unknown }[]): { policy: Policy; ignored: string[] } {
  const ignored: string[] = [];
  const policy: Record<string, unknown> = { ...DEFAULT_POLICY };
  for (const { name, value } of rows) {
    const field = Object.hasOwn(Policy.shape, name) ? (Policy.shape as Record<string, z.ZodType>)[name] : undefined;
    const parsed = field?.safeParse(value);
    if (parsed?.success) policy[name] = parsed.data;
    else ignored.push(name);
  }
  return { policy: policy as Policy, ignored };
}
