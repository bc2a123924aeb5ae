import { isInForce, ladderPoints } from "./evaluate";
import { givesPoints } from "./fits";
import type { Condition, Rule } from "./rule";
import type { RuleDraft } from "./schema";

/** A rule as it is judged beside others. A new one has no id. */
export type Judged = RuleDraft & { id: number | null };

/** What the shop is like, as far as warnings ask. */
export type ShopFacts = {
  now: Date;
  /** How many points take one yuan off a price. */
  pointsPerYuan: number;
  /** What the cheapest order that takes cash costs; null when nothing is sold for cash. */
  cheapestCents: number | null;
  /** Categories that hold something on sale. */
  openCategories: ReadonlySet<number>;
  /** What rules have granted of their budgets. */
  granted: ReadonlyMap<number, number>;
};

/** Something that the merchant may not have meant. It never keeps a rule from being saved. */
export type Warning =
  | { kind: "same_priority"; otherId: number; otherName: string; otherNameEn: string }
  | { kind: "hidden"; otherId: number; otherName: string; otherNameEn: string }
  | { kind: "window_over" }
  | { kind: "hours_empty" }
  | { kind: "categories_empty" }
  | { kind: "no_base" }
  | { kind: "no_first_day" }
  | { kind: "budget_used_up"; granted: number; budget: number }
  | { kind: "cap_too_small"; cap: number; points: number }
  | { kind: "loop"; yuan: number; points: number };

/** What is doubtful about a rule beside the others of the shop. Archived rules earn nothing, so nothing is doubtful about them. */
export function warningsAbout(rule: Judged, others: readonly Judged[], facts: ShopFacts): Warning[] {
  if (rule.status === "archived") return [];
  const peers = others.filter((other) => other.id !== rule.id && other.status === "active" && other.actionType === rule.actionType && !isOver(other, facts.now));
  return [...neverMatches(rule, facts), ...rivals(rule, peers), ...missingParts(rule, peers), ...tooSmall(rule, facts), ...loops(rule, peers, facts)];
}

const isOver = ({ endsAt }: Pick<Rule, "endsAt">, now: Date): boolean => endsAt !== null && endsAt <= now;

function neverMatches(rule: Judged, { now, openCategories, granted }: ShopFacts): Warning[] {
  const warnings: Warning[] = isOver(rule, now) ? [{ kind: "window_over" }] : [];
  const { conditions, caps } = rule.definition;
  if (conditions.some((condition) => condition.kind === "hours" && condition.from === condition.to)) warnings.push({ kind: "hours_empty" });
  if (conditions.some((condition) => condition.kind === "category" && !condition.categoryIds.some((id) => openCategories.has(id)))) warnings.push({ kind: "categories_empty" });
  const spent = rule.id === null ? 0 : (granted.get(rule.id) ?? 0);
  if (caps.budget !== null && spent >= caps.budget) warnings.push({ kind: "budget_used_up", granted: spent, budget: caps.budget });
  return warnings;
}

/** Rules of one kind compete: bases with bases, multipliers with multipliers, cards with cards. */
const family = ({ definition: { effect } }: Judged): string => (givesPoints(effect.kind) ? "base" : effect.kind);

/**
 * Two rules that stand alone and can apply at once are told apart by priority alone; with the same one, only by their age.
 * A rule is hidden by one that stands alone, has a higher priority and applies whenever it does.
 */
function rivals(rule: Judged, peers: readonly Judged[]): Warning[] {
  return peers
    .filter((other) => family(other) === family(rule) && meet(rule, other))
    .flatMap((other): Warning[] => {
      const named = { otherId: other.id!, otherName: other.name, otherNameEn: other.nameEn };
      if (!rule.definition.stacks && !other.definition.stacks && rule.priority === other.priority) return [{ kind: "same_priority", ...named }];
      const isHidden = !other.definition.stacks && other.priority > rule.priority && other.definition.conditions.length === 0 && covers(other, rule) && isUncapped(other);
      return isHidden ? [{ kind: "hidden", ...named }] : [];
    });
}

const isUncapped = ({ definition: { caps } }: Judged): boolean => caps.timesPerDay === null && caps.timesInAll === null && caps.cooldownHours === null;
const covers = (wide: Judged, narrow: Judged): boolean => startOf(wide) <= startOf(narrow) && endOf(wide) >= endOf(narrow);
const startOf = ({ startsAt }: Judged): number => startsAt?.getTime() ?? -Infinity;
const endOf = ({ endsAt }: Judged): number => endsAt?.getTime() ?? Infinity;

/** Whether some event can match both. */
const meet = (a: Judged, b: Judged): boolean =>
  startOf(a) < endOf(b) && startOf(b) < endOf(a) && a.definition.conditions.every((one) => b.definition.conditions.every((other) => canBoth(one, other)));

function canBoth(a: Condition, b: Condition): boolean {
  if (a.kind === "amount" && b.kind === "amount") return a.minCents <= (b.maxCents ?? Infinity) && b.minCents <= (a.maxCents ?? Infinity);
  if (a.kind === "weekdays" && b.kind === "weekdays") return a.days.some((day) => b.days.includes(day));
  if (a.kind === "hours" && b.kind === "hours") return minutesOf(a).some((minute) => isAmong(minute, b)) || minutesOf(b).some((minute) => isAmong(minute, a));
  if (a.kind === "event" && b.kind === "event") return a.name === b.name;
  if (a.kind === "streak" && b.kind === "streak") return a.repeats || b.repeats || a.days === b.days;
  if (a.kind === "check_ins" && b.kind === "check_ins") return a.per !== b.per || a.count === b.count;
  if (a.kind === "segment" && b.kind === "segment") return a.segment === b.segment || a.segment === "newcomer" || b.segment === "newcomer";
  return true;
}

type Hours = Extract<Condition, { kind: "hours" }>;
/** Two windows of a day meet where one of them starts. */
const minutesOf = ({ from }: Hours): string[] => [from];
const isAmong = (time: string, { from, to }: Hours): boolean => (from < to ? from <= time && time < to : from <= time || time < to);

function missingParts(rule: Judged, peers: readonly Judged[]): Warning[] {
  const warnings: Warning[] = [];
  const { effect } = rule.definition;
  if (effect.kind === "multiplier" && !peers.some((other) => givesPoints(other.definition.effect.kind) && meet(rule, other))) warnings.push({ kind: "no_base" });
  if (rule.actionType === "checkin" && ![rule, ...peers].some(paysFirstDay)) warnings.push({ kind: "no_first_day" });
  return warnings;
}

/** Whether an ordinary first day of a streak earns something by the rule. */
function paysFirstDay({ definition: { conditions, effect } }: Judged): boolean {
  if (conditions.some((condition) => condition.kind === "check_ins" || (condition.kind === "streak" && !(condition.days === 1)))) return false;
  return effect.kind === "fixed" || (effect.kind === "ladder" && ladderPoints(effect, 1) > 0);
}

/** What one event surely gives by the rule at the least; null when that depends on the order. */
function oneEarning({ definition: { effect, conditions } }: Judged): number | null {
  const amount = conditions.find((condition) => condition.kind === "amount");
  if (effect.kind === "fixed" || effect.kind === "per_item") return effect.points;
  if (effect.kind === "ladder") return Math.max(...effect.steps);
  if (effect.kind === "per_yuan" && amount && amount.minCents > 0) return Math.floor((amount.minCents * effect.points) / 100);
  return null;
}

function tooSmall(rule: Judged, { granted }: ShopFacts): Warning[] {
  const { caps } = rule.definition;
  const points = oneEarning(rule);
  if (caps.overflow !== "reject" || points === null) return [];
  const left = caps.budget === null ? null : caps.budget - (rule.id === null ? 0 : (granted.get(rule.id) ?? 0));
  const smallest = [caps.pointsPerDay, caps.pointsInAll, left].filter((cap) => cap !== null && cap > 0 && cap < points).sort((a, b) => a! - b!)[0];
  return smallest === undefined || smallest === null ? [] : [{ kind: "cap_too_small", cap: smallest, points }];
}

/**
 * An order that earns points worth all the cash it took pays for the next one: a circle that ends nowhere.
 * Counted with the multipliers that can apply to it.
 */
function loops(rule: Judged, peers: readonly Judged[], { now, pointsPerYuan, cheapestCents }: ShopFacts): Warning[] {
  if (!["purchase", "repurchase"].includes(rule.actionType) || !givesPoints(rule.definition.effect.kind)) return [];
  const cents = Math.max(cheapestCents ?? Infinity, minimumOf(rule));
  if (!Number.isFinite(cents) || limits(rule)) return [];
  const factor = peers.filter((other) => isInForce(other, now) && meet(rule, other)).reduce((product, { definition: { effect } }) => (effect.kind === "multiplier" ? (product * effect.percent) / 100 : product), 1);
  const { effect } = rule.definition;
  const points = Math.floor((effect.kind === "per_yuan" ? (cents * effect.points) / 100 : (oneEarning(rule) ?? 0)) * factor);
  return points >= (cents / 100) * pointsPerYuan ? [{ kind: "loop", yuan: cents / 100, points }] : [];
}

const minimumOf = ({ definition: { conditions } }: Judged): number => conditions.find((condition) => condition.kind === "amount")?.minCents ?? 0;
/** A person cannot go round for ever. */
const limits = ({ definition: { caps } }: Judged): boolean => caps.timesInAll !== null || caps.pointsInAll !== null;
