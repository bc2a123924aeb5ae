/** What the shop rewards. The client never names one: each is the consequence of something the server saw. */
export const ACTIONS = ["register", "login", "checkin", "purchase", "repurchase"] as const;
export type Action = (typeof ACTIONS)[number];

export type Rule = {
  id: number;
  actionType: string;
  pointsValue: number;
  pointsPerYuan: number;
  streakLadder: number[] | null;
  dailyLimit: number;
};

export type Award = { points: number; breakdown: Record<string, number> };

const CENTS_PER_YUAN = 100;

/** Points for one event. Whole yuan count; what is left of a yuan does not (rounding is down when granting). */
export function awardFor(rule: Rule, facts: { cashCents?: number; streakDays?: number }): Award {
  const breakdown: Record<string, number> = {};
  const base = rule.streakLadder && facts.streakDays ? ladderStep(rule.streakLadder, facts.streakDays) : rule.pointsValue;
  if (base > 0) breakdown[rule.streakLadder ? "streak" : "base"] = base;
  const perYuan = Math.floor((facts.cashCents ?? 0) / CENTS_PER_YUAN) * rule.pointsPerYuan;
  if (perYuan > 0) breakdown.spending = perYuan;
  return { points: base + perYuan, breakdown };
}

/** Day 1 is the first step; after the last step the ladder starts again. */
export const ladderStep = (ladder: readonly number[], streakDays: number): number => ladder[(streakDays - 1) % ladder.length] ?? 0;
