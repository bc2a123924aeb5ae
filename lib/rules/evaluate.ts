import { dayOf, timeOfDay, weekdayOf, type Day } from "@/lib/day";
import { invariant } from "@/lib/invariant";
import type { ExpiryPolicy } from "@/lib/settings/expiry";

import { share } from "@/lib/split";
import type { Caps, Condition, Effect, Holding, PerkGift, Rule, Segment } from "./rule";

/** What is known of one event, as far as rules ask. */
export type Facts = {
  /** Cash paid for the order. */
  cashCents?: number;
  items?: readonly { categoryId: number | null; quantity: number; cashCents: number }[];
  streakDays?: number;
  /** The person's own day of a check-in. */
  localDay?: Day;
  /** Check-ins of the month and of all time, this one among them. */
  checkInsInMonth?: number;
  checkInsEver?: number;
  /** A day filled later: it counts, and its own step of the ladder is not paid. */
  isMakeUp?: boolean;
  eventName?: string;
  /** The order that pending points wait for. */
  orderId?: string;
};

/** Who the event is about. */
export type Member = { levelRank: number; multiplierPercent: number; segments: readonly Segment[] };

/** What a person has earned by a rule so far. */
export type Standing = { timesToday: number; pointsToday: number; timesInAll: number; pointsInAll: number; lastAt: Date | null };
export const NOTHING_EARNED: Standing = { timesToday: 0, pointsToday: 0, timesInAll: 0, pointsInAll: 0, lastAt: null };

export type Case = {
  rules: readonly Rule[];
  facts: Facts;
  member: Member;
  standing: (ruleId: number) => Standing;
  /** What is left of a campaign's budget; null when it has none. */
  budgetLeft: (ruleId: number) => number | null;
  at: Date;
  timeZone: string;
};

/** Points that are kept by the same terms. The parts of `breakdown` sum to `points`: "rule:<id>", and "level" for the level's multiplier. */
export type Grant = { points: number; breakdown: Record<string, number>; holding: Holding; expiry: ExpiryPolicy | null; ruleId: number };
/** How much an event counts towards a rule's caps. */
export type Count = { ruleId: number; points: number };
export type Award = { grants: Grant[]; perks: PerkGift[]; counts: Count[] };

/** A part of an award before it is rounded, in units of 1/scale; `max` is what its cap leaves, in points. */
type Part = { rule: Rule | null; exact: bigint; max: number };

const HOUR_MS = 3_600_000;
/** Percents and cents: each multiplication needs two more decimals to stay exact. */
const HUNDRED = 100n;

/**
 * What one event earns under a set of rules. Rules that stack add up; a rule that stands alone and has the highest priority of those
 * that apply counts by itself. Multipliers then multiply, the person's level last. Each rule's part is cut to its caps, and the sum is
 * rounded down once; largest remainders get the whole points, so that the parts are the sum.
 * A rule whose caps leave it nothing does not apply: it stands in no other's way.
 */
export function evaluate({ rules, facts, member, standing, budgetLeft, at, timeZone }: Case): Award {
  const open = rules
    .filter((rule) => isInForce(rule, at) && applies(rule, { facts, member, at, timeZone }) && isOpen(rule.definition.caps, standing(rule.id), at))
    .sort((a, b) => b.priority - a.priority || a.id - b.id);
  const multipliers = open.filter(({ definition }) => definition.effect.kind === "multiplier");
  // Enough decimals for hundredths of a point, every multiplier and the level.
  const scale = HUNDRED ** BigInt(multipliers.length + 2);
  const cut = (rule: Rule, exact: bigint): Part => capped(rule, exact, room(rule.definition.caps, standing(rule.id), budgetLeft(rule.id)), scale);

  const parts = counting(open.filter(isBase).map((rule) => cut(rule, (BigInt(hundredths(rule, facts)) * scale) / HUNDRED)));
  if (parts.length > 0) {
    const bonusOf = (percent: number): bigint => (parts.reduce((sum, { exact }) => sum + exact, 0n) * BigInt(percent - 100)) / HUNDRED;
    // Which multipliers count is decided on what they would add first; each then multiplies what is there.
    for (const { rule } of counting(multipliers.map((each) => cut(each, bonusOf(percentOf(each)))))) {
      const bonus = cut(rule!, bonusOf(percentOf(rule!)));
      if (bonus.exact > 0n) parts.push(bonus);
    }
    if (member.multiplierPercent > 100 && isPurchase(rules)) parts.push({ rule: null, exact: bonusOf(member.multiplierPercent), max: Infinity });
  }
  const whole = share(parts.map(({ exact }) => exact), scale);
  invariant(whole.every((points, index) => points <= parts[index]!.max), "no part passes its cap");
  const perks = counting(open.filter(({ definition }) => definition.effect.kind === "perk").map((rule) => ({ rule, exact: 1n }))).flatMap(({ rule }) => perkOf(rule!));
  return {
    grants: grantsOf(parts, whole),
    perks,
    counts: [...parts.flatMap(({ rule }, index) => (rule && whole[index]! > 0 ? [{ ruleId: rule.id, points: whole[index]! }] : [])), ...perks.map(({ ruleId }) => ({ ruleId, points: 0 }))],
  };
}

const percentOf = ({ definition: { effect } }: Rule): number => (effect.kind === "multiplier" ? effect.percent : 100);

const perkOf = ({ id, definition: { effect } }: Rule): PerkGift[] => (effect.kind === "perk" ? [{ perk: effect.perk, quantity: effect.quantity, ruleId: id }] : []);

/** Levels multiply what purchases earn; a check-in or a gift is the same for everybody. */
const isPurchase = (rules: readonly Rule[]): boolean => rules.some(({ actionType }) => actionType === "purchase");

const isBase = ({ definition: { effect } }: Rule): boolean => effect.kind !== "multiplier" && effect.kind !== "perk";

/** Of parts in the order of priority, those that are worth something: the first alone when its rule stands alone, else all that stack. */
function counting<Each extends Pick<Part, "rule" | "exact">>(parts: readonly Each[]): Each[] {
  const worthy = parts.filter(({ exact }) => exact > 0n);
  const [first] = worthy;
  return first?.rule && !first.rule.definition.stacks ? [first] : worthy.filter(({ rule }) => rule?.definition.stacks);
}

export const isInForce = ({ startsAt, endsAt }: Pick<Rule, "startsAt" | "endsAt">, at: Date): boolean => (startsAt === null || startsAt <= at) && (endsAt === null || at < endsAt);

/** Whether the person may earn by the rule once more. */
function isOpen(caps: Caps, standing: Standing, at: Date): boolean {
  if (caps.timesPerDay !== null && standing.timesToday >= caps.timesPerDay) return false;
  if (caps.timesInAll !== null && standing.timesInAll >= caps.timesInAll) return false;
  return caps.cooldownHours === null || standing.lastAt === null || at.getTime() >= standing.lastAt.getTime() + caps.cooldownHours * HOUR_MS;
}

/** How many points the rule may still give to this person now. */
function room(caps: Caps, standing: Standing, budgetLeft: number | null): number {
  return Math.max(0, Math.min(
    caps.pointsPerDay === null ? Infinity : caps.pointsPerDay - standing.pointsToday,
    caps.pointsInAll === null ? Infinity : caps.pointsInAll - standing.pointsInAll,
    budgetLeft ?? Infinity,
  ));
}

function capped(rule: Rule, exact: bigint, max: number, scale: bigint): Part {
  if (max === Infinity || exact <= BigInt(max) * scale) return { rule, exact, max };
  return { rule, exact: rule.definition.caps.overflow === "reject" ? 0n : BigInt(max) * scale, max };
}

/** What a base rule gives before caps and rounding, in hundredths of a point: cents times points for a yuan are exact in them. */
function hundredths({ definition: { conditions, effect } }: Rule, facts: Facts): number {
  switch (effect.kind) {
    case "fixed":
      return effect.points * 100;
    case "ladder":
      return facts.streakDays ? ladderPoints(effect, facts.streakDays, facts.localDay) * 100 : 0;
    case "per_yuan":
      return countedCents(conditions, facts) * effect.points;
    case "per_item":
      return countedItems(conditions, facts).reduce((sum, { quantity }) => sum + quantity, 0) * effect.points * 100;
    default:
      return 0;
  }
}

/** Day 1 of a streak is the first step. Where the ladder starts anew each month, no day is a later step than its date. */
export function ladderPoints({ steps, after }: { steps: readonly number[]; after: "restart" | "continue" | "month" }, streakDays: number, localDay?: Day): number {
  const place = after === "month" && localDay ? Math.min(streakDays, Number(localDay.slice(8))) : streakDays;
  return steps[after === "continue" ? Math.min(place, steps.length) - 1 : (place - 1) % steps.length] ?? 0;
}

function countedItems(conditions: readonly Condition[], { items = [] }: Facts) {
  const chosen = conditions.flatMap((condition) => (condition.kind === "category" ? [condition.categoryIds] : []));
  return items.filter(({ categoryId }) => chosen.every((ids) => categoryId !== null && ids.includes(categoryId)));
}

const countedCents = (conditions: readonly Condition[], facts: Facts): number =>
  conditions.some(({ kind }) => kind === "category") ? countedItems(conditions, facts).reduce((sum, { cashCents }) => sum + cashCents, 0) : (facts.cashCents ?? 0);

type Question = { facts: Facts; member: Member; at: Date; timeZone: string };

function applies({ definition: { conditions, effect } }: Rule, question: Question): boolean {
  if (question.facts.isMakeUp && !countsMadeUpDays(conditions, effect.kind)) return false;
  return conditions.every((condition) => holds(condition, conditions, question));
}

/** A day filled later is not paid for itself, and nothing multiplies it: only prizes for a number of check-ins count it. */
const countsMadeUpDays = (conditions: readonly Condition[], effect: Effect["kind"]): boolean =>
  effect !== "ladder" && effect !== "multiplier" && conditions.some(({ kind }) => kind === "check_ins");

function holds(condition: Condition, all: readonly Condition[], { facts, member, at, timeZone }: Question): boolean {
  switch (condition.kind) {
    case "amount":
      return (facts.cashCents ?? 0) >= condition.minCents && (condition.maxCents === null || (facts.cashCents ?? 0) <= condition.maxCents);
    case "category":
      return countedItems(all, facts).length > 0;
    case "level":
      return member.levelRank >= condition.rankMin;
    case "segment":
      return member.segments.includes(condition.segment);
    case "hours":
      return isWithin(timeOfDay(at, timeZone), condition.from, condition.to);
    case "weekdays":
      return condition.days.includes(weekdayOf(dayOf(at, timeZone)));
    case "streak":
      return !facts.isMakeUp && (condition.repeats ? (facts.streakDays ?? 0) > 0 && facts.streakDays! % condition.days === 0 : facts.streakDays === condition.days);
    case "check_ins":
      return (condition.per === "month" ? facts.checkInsInMonth : facts.checkInsEver) === condition.count;
    case "event":
      return facts.eventName === condition.name;
  }
}

/** Times compare as text. A window whose end is not after its start runs over midnight. */
const isWithin = (time: string, from: string, to: string): boolean => (from < to ? from <= time && time < to : from <= time || time < to);

/** Parts that are kept by the same terms are one grant. What multipliers add is kept like the first base part: a bonus is not there before what it is on. */
function grantsOf(parts: readonly Part[], whole: readonly number[]): Grant[] {
  const grants = new Map<string, Grant>();
  const first = parts[0]?.rule ?? null;
  parts.forEach(({ rule }, index) => {
    const points = whole[index]!;
    if (points === 0) return;
    const terms = rule && isBase(rule) ? rule : first!;
    const { holding, expiry } = terms.definition;
    const key = JSON.stringify([holding, expiry]);
    const grant = grants.get(key) ?? { points: 0, breakdown: {}, holding, expiry, ruleId: (rule ?? terms).id };
    const name = rule ? `rule:${rule.id}` : "level";
    grant.points += points;
    grant.breakdown[name] = (grant.breakdown[name] ?? 0) + points;
    grants.set(key, grant);
  });
  return [...grants.values()];
}
