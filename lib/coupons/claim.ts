import { allow, refuse, type Decision } from "@/lib/refusal";

import { couponsLeft, isClaimOpen, validityOf, type Template, type Validity } from "./template";

/** Where one person stands before a template. */
export type ClaimFacts = {
  /** Coupons that they took of it, in the claim centre or with a printed code. */
  claimed: number;
  /** Coupons that were given out to anybody. */
  issued: number;
  levelRank: number;
  /** Rank of the level that it asks for; null when it asks for none. */
  minRank: number | null;
  isInSegment: boolean;
};

/** What a card in the claim centre says. */
export type ClaimState = "open" | "claimed" | "gone" | "not_for_you" | "over";

/** Whether a person can take one now, and until when it would be good. Refuses `coupon_not_open`, `coupon_not_for_you`, `coupon_limit` { limit }, `coupons_gone`. */
export function decideClaim(template: Template, facts: ClaimFacts, now: Date, zone: string): Decision<Validity> {
  if (!isClaimOpen(template, now)) return refuse("coupon_not_open");
  const taken = decideTaking(template, facts, now, zone);
  if (!taken.ok) return taken;
  return couponsLeft(template, facts.issued) === 0 ? refuse("coupons_gone") : taken;
}

/** The same for a printed code: it was counted when it was printed, and is good whatever became of the claim centre. */
export function decideTaking(template: Template, { claimed, levelRank, minRank, isInSegment }: ClaimFacts, now: Date, zone: string): Decision<Validity> {
  const validity = validityOf(template, now, zone);
  if (!validity) return refuse("coupon_not_open");
  if ((minRank !== null && levelRank < minRank) || !isInSegment) return refuse("coupon_not_for_you");
  if (claimed >= template.claimLimit) return refuse("coupon_limit", { limit: template.claimLimit });
  return allow(validity);
}

/** The same question as a label. Whoever has all they can have is told so, also when the others' are gone. */
export function claimStateOf(template: Template, facts: ClaimFacts, now: Date, zone: string): ClaimState {
  const decision = decideClaim(template, facts, now, zone);
  if (decision.ok) return "open";
  switch (decision.code) {
    case "coupon_limit": return "claimed";
    case "coupons_gone": return "gone";
    case "coupon_not_for_you": return "not_for_you";
    default: return "over";
  }
}
