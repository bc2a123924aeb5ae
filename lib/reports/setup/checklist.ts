import { DEFAULT_POLICY, type Policy } from "@/lib/settings/policy";

/** What a shop needs before it opens, in the order in which a merchant does it. */
export const SETUP_STEPS = ["brand", "product", "rule", "payment", "mail", "team", "secondFactor"] as const;
export type SetupStep = (typeof SETUP_STEPS)[number];

export type Setup = { steps: { step: SetupStep; isDone: boolean }[]; done: number; total: number; isComplete: boolean };

/** Each step is done when the shop says so: there is nothing to tick off by hand. */
export function setupOf(isDone: Readonly<Record<SetupStep, boolean>>): Setup {
  const steps = SETUP_STEPS.map((step) => ({ step, isDone: isDone[step] }));
  const done = steps.filter((each) => each.isDone).length;
  return { steps, done, total: steps.length, isComplete: done === steps.length };
}

type Brand = Pick<Policy, "logo" | "brandHue" | "shopName" | "shopNameEn">;

/** A logo, a colour or a name that is not the one the shop came with. */
export const hasOwnBrand = ({ logo, brandHue, shopName, shopNameEn }: Brand): boolean =>
  logo !== null || brandHue !== null || shopName !== DEFAULT_POLICY.shopName || shopNameEn !== DEFAULT_POLICY.shopNameEn;

/** Whether cash really comes: the test cashier moves none, and a way that is switched off takes none. */
export const paysForReal = (providers: readonly string[], { paymentsOff }: Pick<Policy, "paymentsOff">): boolean =>
  providers.some((name) => name !== "test" && !(paymentsOff as readonly string[]).includes(name));
