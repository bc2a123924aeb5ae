import { centsFromYuan } from "@/lib/catalog/yuan";
import { instantAt } from "@/lib/rules/window";

const CONDITIONS_MAX = 10;

type Field = (name: string) => string | undefined;

/** The form's flat fields as the input of the command. Amounts in yuan become cents, lists become lists, and an empty field is no value. */
export function ruleFrom(form: FormData, zone: string): Record<string, unknown> {
  const field: Field = (name) => {
    const value = form.get(name);
    return typeof value === "string" ? value : undefined;
  };
  const ticked = (name: string): number[] => form.getAll(name).map((value) => wholeIn(String(value)) ?? NaN);
  return {
    actionType: field("actionType"),
    name: field("name"),
    nameEn: field("nameEn"),
    status: field("status"),
    priority: wholeIn(field("priority")) ?? 0,
    startsAt: instantIn(field("startsAt"), zone),
    endsAt: instantIn(field("endsAt"), zone),
    definition: {
      conditions: Array.from({ length: CONDITIONS_MAX + 1 }, (_, index) => conditionFrom((name) => field(`definition.conditions.${index}.${name}`), (name) => ticked(`definition.conditions.${index}.${name}`))).filter((condition) => condition !== null),
      effect: effectFrom((name) => field(`definition.effect.${name}`)),
      stacks: field("definition.stacks") !== "no",
      caps: capsFrom((name) => field(`definition.caps.${name}`)),
      holding: holdingFrom((name) => field(`definition.holding.${name}`)),
      expiry: expiryFrom((name) => field(`definition.expiry.${name}`)),
    },
  };
}

/** With what names the intention, and the version that was read. */
export function savedRuleFrom(form: FormData, zone: string): Record<string, unknown> {
  return { ...ruleFrom(form, zone), requestId: form.get("requestId"), id: form.get("ruleId") ?? undefined, version: form.get("$version") ?? undefined };
}

/** A whole number; undefined for nothing, NaN for what is none. */
function wholeIn(text: string | undefined): number | undefined {
  const trimmed = text?.trim().replaceAll(",", "") ?? "";
  if (trimmed === "") return undefined;
  return /^-?\d{1,12}$/.test(trimmed) ? Number(trimmed) : NaN;
}

const centsIn = (text: string | undefined): number | null => (text === undefined || text.trim() === "" ? null : centsFromYuan(text));
const instantIn = (text: string | undefined, zone: string): string | null => (text === undefined || text === "" ? null : (instantAt(text, zone)?.toISOString() ?? "no time"));
/** Commas of either language, or spaces, between. */
const listIn = (text: string | undefined): string[] => (text ?? "").split(/[,，、;；\s]+/).filter((part) => part !== "");

function conditionFrom(field: Field, ticked: (name: string) => number[]): Record<string, unknown> | null {
  const kind = field("kind");
  switch (kind) {
    case undefined:
      return null;
    case "amount":
      return { kind, minCents: centsIn(field("minCents")) ?? 0, maxCents: centsIn(field("maxCents")) };
    case "category":
      return { kind, categoryIds: ticked("categoryIds") };
    case "level":
      return { kind, rankMin: wholeIn(field("rankMin")) };
    case "segment":
      return { kind, segment: field("segment") };
    case "hours":
      return { kind, from: field("from"), to: field("to") };
    case "weekdays":
      return { kind, days: ticked("days") };
    case "streak":
      return { kind, days: wholeIn(field("days")), repeats: field("repeats") !== undefined };
    case "check_ins":
      return { kind, per: field("per"), count: wholeIn(field("count")) };
    default:
      return { kind, name: field("name") };
  }
}

function effectFrom(field: Field): Record<string, unknown> {
  const kind = field("kind");
  switch (kind) {
    case "ladder":
      return { kind, steps: listIn(field("steps")).map((step) => wholeIn(step) ?? NaN), after: field("after") };
    case "multiplier":
      return { kind, percent: wholeIn(field("percent")) };
    case "perk":
      return { kind, perk: field("perk"), quantity: wholeIn(field("quantity")) };
    default:
      return { kind, points: wholeIn(field("points")) };
  }
}

function capsFrom(field: Field): Record<string, unknown> {
  const cap = (name: string): number | null => wholeIn(field(name)) ?? null;
  return {
    timesPerDay: cap("timesPerDay"), pointsPerDay: cap("pointsPerDay"), timesInAll: cap("timesInAll"), pointsInAll: cap("pointsInAll"), budget: cap("budget"),
    cooldownHours: cap("cooldownHours"), overflow: field("overflow"),
  };
}

function holdingFrom(field: Field): Record<string, unknown> {
  const kind = field("kind") ?? "none";
  if (kind === "days") return { kind, days: wholeIn(field("days")) };
  return kind === "event" ? { kind, name: field("name") } : { kind };
}

function expiryFrom(field: Field): Record<string, unknown> | null {
  const kind = field("kind") ?? "policy";
  if (kind === "policy") return null;
  if (kind === "rolling") return { kind, every: wholeIn(field("every")), unit: field("unit"), roundTo: field("roundTo") || null };
  return kind === "calendar" ? { kind, dates: listIn(field("dates")) } : { kind };
}
