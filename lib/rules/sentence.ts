import type { Locale } from "@/lib/i18n";
import { formatCash, formatInstant, formatPoints } from "@/lib/i18n";
import type { PointsName } from "@/lib/points-name";
import { translatorsOf } from "@/lib/points-words";
import { ExpiryPolicy } from "@/lib/settings/expiry";
import en from "@/messages/en/rules.json";
import zh from "@/messages/zh-CN/rules.json";

import { type Caps, Condition, Effect, Holding, type Definition, type Rule } from "./rule";

/** What a sentence needs to name what rules only number. */
export type RuleNames = { categories: ReadonlyMap<number, string>; levels: readonly { rank: number; name: string }[]; timeZone: string; /** What points are called, where not by their ordinary name. */ points?: PointsName };

const words = translatorsOf({ "zh-CN": zh, en });
type Words = ReturnType<typeof words>;

type Spoken = Pick<Rule, "actionType" | "startsAt" | "endsAt" | "definition">;

/**
 * A rule as one sentence: when, under which conditions, what it gives, within which limits, when it can be spent and for how long it is good.
 * The engine reads the same fields, so the sentence says what will happen.
 */
export function ruleSentence(rule: Spoken, locale: Locale, names: RuleNames): string {
  const t = words(locale, names.points);
  const { conditions, stacks, caps, holding, expiry } = rule.definition;
  const parts = [
    triggerOf(t, locale, rule),
    ...conditions.flatMap((condition) => conditionOf(t, condition, names) ?? []),
    ...effectOf(t, locale, rule.definition),
    ...(stacks ? [] : [t("alone")]),
    ...capsOf(t, caps),
    ...(holding.kind === "none" ? [] : [holdingOf(t, holding)]),
    ...(expiry ? [expiryOf(t, expiry)] : []),
    ...windowOf(t, locale, rule, names.timeZone),
  ];
  return parts.join(t("join")) + t("stop");
}

function triggerOf(t: Words, locale: Locale, { actionType, definition: { conditions } }: Spoken): string {
  const event = conditions.find((condition) => condition.kind === "event");
  if (actionType === "custom" && event) return t("triggers.customNamed", { event: event.name });
  const amount = conditions.find((condition) => condition.kind === "amount");
  return t(`triggers.${actionType}`, { amount: amount ? amountOf(t, locale, amount.minCents, amount.maxCents) : "" });
}

function amountOf(t: Words, locale: Locale, minCents: number, maxCents: number | null): string {
  const min = wholeCash(locale, minCents);
  if (maxCents === null) return t("amounts.min", { min });
  return minCents === 0 ? t("amounts.max", { max: wholeCash(locale, maxCents) }) : t("amounts.between", { min, max: wholeCash(locale, maxCents) });
}

/** ¥100 rather than ¥100.00. */
const wholeCash = (locale: Locale, cents: number): string => formatCash(locale, cents).replace(/\.00$/, "");

/** Null for what the trigger has said already. */
function conditionOf(t: Words, condition: Condition, { categories, levels }: RuleNames): string | null {
  switch (condition.kind) {
    case "amount":
    case "event":
      return null;
    case "category":
      return t("conditions.category", { categories: condition.categoryIds.map((id) => categories.get(id) ?? t("conditions.categoryGone")).join(t("and")) });
    case "level":
      return t("conditions.level", { level: levels.find(({ rank }) => rank >= condition.rankMin)?.name ?? String(condition.rankMin) });
    case "segment":
      return t(`conditions.segment.${condition.segment}`);
    case "hours":
      return t("conditions.hours", { from: condition.from, to: condition.to });
    case "weekdays":
      return weekdaysOf(t, condition.days);
    case "streak":
      return t(condition.repeats ? "conditions.streakEvery" : "conditions.streak", { days: condition.days });
    case "check_ins":
      return t(`conditions.${condition.per}`, { count: condition.count });
  }
}

function weekdaysOf(t: Words, days: readonly number[]): string {
  const sorted = [...days].sort();
  if (sorted.join() === "6,7") return t("conditions.weekends");
  if (sorted.join() === "1,2,3,4,5") return t("conditions.workdays");
  return t("conditions.weekdays", { days: sorted.map((day) => t(`days.${day}` as "days.1")).join(t("and")) });
}

/** One field of a version in words, for its history; null for a field that needs none, or holds nothing. */
export function fieldPhrase(field: string, value: unknown, locale: Locale, names: RuleNames): string | null {
  const t = words(locale, names.points);
  if (value === null || value === undefined) return null;
  switch (field) {
    case "conditions":
      return Condition.array().parse(value).map((condition) => phraseOf(t, locale, condition, names)).join(t("join")) || null;
    case "effect":
      return effectOf(t, locale, { effect: Effect.parse(value), conditions: [] }).join(t("join"));
    case "holding": {
      const holding = Holding.parse(value);
      return holding.kind === "none" ? null : holdingOf(t, holding);
    }
    case "expiry":
      return expiryOf(t, ExpiryPolicy.parse(value));
    case "startsAt":
    case "endsAt":
      return formatInstant(locale, new Date(String(value)), names.timeZone);
    default:
      return typeof value === "number" ? formatPoints(locale, value) : typeof value === "string" ? value : null;
  }
}

/** A condition by itself, where no trigger says it. */
function phraseOf(t: Words, locale: Locale, condition: Condition, names: RuleNames): string {
  if (condition.kind === "amount") return amountOf(t, locale, condition.minCents, condition.maxCents).trim();
  if (condition.kind === "event") return condition.name;
  return conditionOf(t, condition, names) ?? "";
}

const STEPS_SAID = 10;

function effectOf(t: Words, locale: Locale, { effect, conditions }: Pick<Definition, "effect" | "conditions">): string[] {
  switch (effect.kind) {
    case "fixed":
      return [t("effects.fixed", { points: effect.points })];
    case "ladder": {
      const said = effect.steps.slice(0, STEPS_SAID).map((step) => formatPoints(locale, step)).join(" / ");
      const steps = effect.steps.length > STEPS_SAID ? t("effects.ladderMore", { steps: said, last: formatPoints(locale, effect.steps.at(-1)!) }) : said;
      return [t("effects.ladder", { steps }), t(`effects.ladderAfter.${effect.after}`)];
    }
    case "per_yuan":
      return [t(conditions.some(({ kind }) => kind === "category") ? "effects.perYuanCategory" : "effects.perYuan", { points: effect.points })];
    case "per_item":
      return [t("effects.perItem", { points: effect.points })];
    case "multiplier":
      return [t("effects.multiplier", { factor: String(effect.percent / 100) })];
    case "perk":
      return [t(`effects.${effect.perk}`, { quantity: effect.quantity })];
  }
}

const CAPS = ["timesPerDay", "pointsPerDay", "timesInAll", "pointsInAll", "cooldownHours", "budget"] as const;

function capsOf(t: Words, caps: Caps): string[] {
  const said = CAPS.flatMap((name) => (caps[name] === null ? [] : [t(`caps.${name}`, { cap: caps[name] })]));
  const limitsPoints = caps.pointsPerDay !== null || caps.pointsInAll !== null || caps.budget !== null;
  return limitsPoints && caps.overflow === "reject" ? [...said, t("caps.reject")] : said;
}

function holdingOf(t: Words, holding: Exclude<Holding, { kind: "none" }>): string {
  if (holding.kind === "days") return t("holding.days", { days: holding.days });
  return holding.kind === "event" ? t("holding.event", { event: holding.name }) : t("holding.receipt");
}

function expiryOf(t: Words, expiry: ExpiryPolicy): string {
  switch (expiry.kind) {
    case "none":
      return t("expiry.none");
    case "calendar":
      return t("expiry.calendar", { dates: expiry.dates.join(t("and")) });
    case "sliding":
      return t("expiry.sliding", { days: expiry.inactiveDays });
    case "rolling": {
      const life = t(`expiry.${expiry.unit}`, { every: expiry.every });
      return expiry.roundTo ? t(`expiry.roundTo.${expiry.roundTo}`, { life }) : life;
    }
  }
}

function windowOf(t: Words, locale: Locale, { startsAt, endsAt }: Spoken, zone: string): string[] {
  const [from, until] = [startsAt, endsAt].map((at) => at && formatInstant(locale, at, zone));
  if (from && until) return [t("window.between", { from, until })];
  if (from) return [t("window.from", { from })];
  return until ? [t("window.until", { until })] : [];
}
