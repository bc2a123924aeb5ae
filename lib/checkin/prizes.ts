import type { Day } from "@/lib/day";
import type { Condition, Effect, Rule } from "@/lib/rules/rule";

import type { DayCounts } from "./forecast";

/** A prize for being here often: what reaches it, how far one is, and what it gives. */
export type Prize = {
  ruleId: number;
  goal: { kind: "month" | "ever"; days: number } | { kind: "streak"; days: number; repeats: boolean };
  /** Days towards the goal: the streak's, the month's, or all. */
  progress: number;
  isReached: boolean;
  reward: Extract<Effect, { kind: "fixed" | "perk" }>;
};

type Goal = Extract<Condition, { kind: "streak" | "check_ins" }>;
const isGoal = (condition: Condition): condition is Goal => condition.kind === "streak" || condition.kind === "check_ins";

/** The prizes among the check-in rules in force, the nearest first; those of the month start anew with it. */
export function prizesOf(rules: readonly Rule[], today: Day, standing: { streakDays: number; counts: DayCounts }): Prize[] {
  const prizes = rules.flatMap(({ id, definition: { conditions, effect } }): Prize[] => {
    const goal = conditions.find(isGoal);
    if (!goal || (effect.kind !== "fixed" && effect.kind !== "perk")) return [];
    return [{ ruleId: id, reward: effect, ...progressOf(goal, today, standing) }];
  });
  return prizes.sort((a, b) => Number(a.isReached) - Number(b.isReached) || missing(a) - missing(b) || a.goal.days - b.goal.days || a.ruleId - b.ruleId);
}

const missing = ({ goal, progress }: Prize): number => goal.days - progress;

function progressOf(goal: Goal, today: Day, { streakDays, counts }: { streakDays: number; counts: DayCounts }): Pick<Prize, "goal" | "progress" | "isReached"> {
  if (goal.kind === "check_ins") {
    const days = goal.per === "month" ? counts.inMonth(today) : counts.ever;
    return { goal: { kind: goal.per, days: goal.count }, progress: Math.min(days, goal.count), isReached: days >= goal.count };
  }
  const place = goal.repeats && streakDays > 0 ? ((streakDays - 1) % goal.days) + 1 : Math.min(streakDays, goal.days);
  return { goal: { kind: "streak", days: goal.days, repeats: goal.repeats }, progress: place, isReached: place === goal.days };
}
