import type { AccountStatus } from "@/db/schema/points";
import { RISK_RULES, type RiskRule } from "@/db/schema/control";

/** A freeze whose end has come has ended, whether or not the clock has come by to say so. */
export const statusAt = (status: AccountStatus, frozenUntil: Date | null, now: Date): AccountStatus =>
  status === "frozen" && frozenUntil !== null && frozenUntil <= now ? "active" : status;

/** Nobody writes a reason that begins so: it is a rule's. */
export const RISK_PREFIX = "risk:";

/** What stands as the reason of a freeze that a rule made; people read a sentence of `messages/` in its place. */
export const riskReason = (rule: RiskRule): string => RISK_PREFIX + rule;

/** The rule that made a freeze, by its reason; null when a person wrote the reason. */
export function ruleOfReason(reason: string | null): RiskRule | null {
  if (!reason?.startsWith(RISK_PREFIX)) return null;
  return RISK_RULES.find((rule) => rule === reason.slice(RISK_PREFIX.length)) ?? null;
}
