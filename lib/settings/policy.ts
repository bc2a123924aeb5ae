import { z } from "zod";

const isZone = (zone: string): boolean => {
  try {
    return Boolean(new Intl.DateTimeFormat("en", { timeZone: zone }));
  } catch {
    return false;
  }
};

/** The programme's settings. Each has a default, so an empty `settings` table is a working shop. */
export const Policy = z.object({
  shopName: z.string().trim().min(1).max(40).default("积分商城"),
  shopNameEn: z.string().trim().min(1).max(40).default("Points Mall"),
  /** The zone whose midnight starts a programme day. */
  timeZone: z.string().refine(isZone, "unknown time zone").default("Asia/Shanghai"),
  /** How many points take one yuan off a price; also what a point is worth in the books. */
  pointsPerYuan: z.number().int().min(1).max(100).default(100),
  /** Points are good until the end of this many days after the day they were earned. */
  pointValidityDays: z.number().int().min(1).max(3650).default(365),
  /** Points returned to a lot that has expired meanwhile are good for this many days more. */
  restoreGraceDays: z.number().int().min(1).max(365).default(30),
  /** An order waits this long for its cash. */
  paymentMinutes: z.number().int().min(1).max(1440).default(15),
  /** The overview calls stock at or under this low. */
  lowStock: z.number().int().min(0).max(1000).default(5),
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
