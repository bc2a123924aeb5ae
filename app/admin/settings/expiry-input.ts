import { dayOf, type Day } from "@/lib/day";
import { lifetimeOf } from "@/lib/points/expiry";
import type { ExpiryPolicy } from "@/lib/settings/expiry";

// What the form says about expiry, read by the server when it is saved and by the browser while it is typed.

export type Fields = Readonly<Record<string, string>>;

export const DATES_MAX = 20;
const EVERY_MAX = 3_650;

/** Text that is no whole number stays text: the schema says what is wrong with it. */
export const numberIn = (text: string | undefined): unknown => (/^\s*-?\d{1,9}\s*$/.test(text ?? "") ? Number(text) : text);

export function expiryFrom(fields: Fields): Record<string, unknown> {
  const kind = fields["expiry.kind"];
  if (kind === "rolling") return { kind, every: numberIn(fields["expiry.every"]), unit: fields["expiry.unit"], roundTo: fields["expiry.roundTo"] || null };
  if (kind === "calendar") return { kind, dates: datesIn(fields) };
  if (kind === "sliding") return { kind, inactiveDays: numberIn(fields["expiry.inactiveDays"]) };
  return { kind };
}

/** Each date is a month and a day of it, both chosen from a list. */
const datesIn = (fields: Fields): string[] =>
  Array.from({ length: DATES_MAX }, (_, index) => [fields[`expiry.dates.${index}.month`], fields[`expiry.dates.${index}.day`]])
    .flatMap(([month, day]) => (month && day ? [`${month}-${day}`] : []));

export type Meaning = { kind: ExpiryPolicy["kind"]; today: Day; until: Day } | { kind: "unfinished" };

/** What becomes of points earned now under what is typed, as an example; nothing where it is not finished. */
export function meaningOf(fields: Fields, timeZone: string, now: Date): Meaning {
  const expiry = expiryFrom(fields) as ExpiryPolicy;
  if (!isFinished(expiry)) return { kind: "unfinished" };
  const { expiresAt } = lifetimeOf(now, { timeZone, expiry });
  // Points end with the day: the instant itself is the next day's first.
  return { kind: expiry.kind, today: dayOf(now, timeZone), until: dayOf(new Date(expiresAt.getTime() - 1), timeZone) };
}

/** The schema decides on the server, and its library stays there. */
function isFinished(expiry: ExpiryPolicy): boolean {
  const isCount = (value: unknown): boolean => Number.isInteger(value) && Number(value) >= 1 && Number(value) <= EVERY_MAX;
  switch (expiry.kind) {
    case "none": return true;
    case "rolling": return isCount(expiry.every);
    case "calendar": return expiry.dates.length > 0;
    case "sliding": return isCount(expiry.inactiveDays);
    default: return false;
  }
}
