/** Calendar days of the programme. A `Day` is a date without a zone; an instant is a `Date`. */
export type Day = string & { readonly __day: unique symbol };

const DAY_MS = 86_400_000;
const formats = new Map<string, Intl.DateTimeFormat>();

function wallClock(zone: string): Intl.DateTimeFormat {
  let format = formats.get(zone);
  if (!format) {
    format = new Intl.DateTimeFormat("en-CA", {
      timeZone: zone, hourCycle: "h23", year: "numeric", month: "2-digit", day: "2-digit", hour: "2-digit", minute: "2-digit", second: "2-digit",
    });
    formats.set(zone, format);
  }
  return format;
}

/** Reads "YYYY-MM-DD"; throws a RangeError for anything that is not a day of the calendar. */
export function parseDay(text: string): Day {
  const utc = /^\d{4}-\d{2}-\d{2}$/.test(text) ? Date.parse(`${text}T00:00:00Z`) : NaN;
  if (Number.isNaN(utc) || dayFromUtc(utc) !== text) throw new RangeError(`not a calendar day: ${text}`);
  return text as Day;
}

const dayFromUtc = (utc: number): Day => new Date(utc).toISOString().slice(0, 10) as Day;
const utcOf = (day: Day): number => Date.parse(`${day}T00:00:00Z`);

/** The day that the wall clock of `zone` shows at `instant`. */
export function dayOf(instant: Date, zone: string): Day {
  return dayFromUtc(wallTime(instant, zone));
}

/** The last second that was asked of each zone: a set of people is judged at one instant, and asking Intl costs more than judging. */
const lastWall = new Map<string, { second: number; wall: number }>();

/** What the wall clock of `zone` shows at `instant`, to the second, written as if it were UTC. */
function wallTime(instant: Date, zone: string): number {
  const second = Math.floor(instant.getTime() / 1_000);
  const last = lastWall.get(zone);
  if (last?.second === second) return last.wall;
  const part: Record<string, number> = {};
  for (const { type, value } of wallClock(zone).formatToParts(instant)) part[type] = Number(value);
  const wall = Date.UTC(part.year!, part.month! - 1, part.day!, part.hour!, part.minute!, part.second!);
  lastWall.set(zone, { second, wall });
  return wall;
}

/** "HH:MM" that the wall clock of `zone` shows at `instant`. */
export const timeOfDay = (instant: Date, zone: string): string => new Date(wallTime(instant, zone)).toISOString().slice(11, 16);

export const addDays = (day: Day, days: number): Day => dayFromUtc(utcOf(day) + days * DAY_MS);

/** Days from `from` to `to`; negative when `to` is earlier. */
export const daysBetween = (from: Day, to: Day): number => Math.round((utcOf(to) - utcOf(from)) / DAY_MS);

/** Monday is 1, Sunday is 7. */
export const weekdayOf = (day: Day): number => new Date(utcOf(day)).getUTCDay() || 7;

const STARTS_KEPT = 64;
const starts = new Map<string, number>();

/** The first instant of `day` in `zone`: midnight, or the end of the gap where daylight saving skips midnight. */
export function startOfDay(day: Day, zone: string): Date {
  const key = `${day} ${zone}`;
  const known = starts.get(key);
  if (known !== undefined) return new Date(known);
  // Every order asks for the same few days, and finding one asks Intl several times.
  if (starts.size >= STARTS_KEPT) starts.clear();
  const start = findStart(day, zone);
  starts.set(key, start.getTime());
  return start;
}

function findStart(day: Day, zone: string): Date {
  const midnight = utcOf(day);
  // The first guess applies the offset of a nearby instant; the second settles a change of offset in between.
  let guess = midnight - (wallTime(new Date(midnight), zone) - midnight);
  guess -= wallTime(new Date(guess), zone) - midnight;
  while (dayOf(new Date(guess - 1), zone) === day) guess -= 3_600_000;
  while (dayOf(new Date(guess), zone) < day) guess += 1_800_000;
  return new Date(guess);
}

/** The instant at which `day` is over in `zone`. */
export const endOfDay = (day: Day, zone: string): Date => startOfDay(addDays(day, 1), zone);

export const firstOfMonth = (day: Day): Day => `${day.slice(0, 8)}01` as Day;

/** The same month shifted by `months`, as its first day. */
export function addMonths(day: Day, months: number): Day {
  const index = Number(day.slice(0, 4)) * 12 + Number(day.slice(5, 7)) - 1 + months;
  return parseDay(`${String(Math.floor(index / 12)).padStart(4, "0")}-${String((index % 12) + 1).padStart(2, "0")}-01`);
}

/** All days of the month that `day` is in. */
export function monthDays(day: Day): Day[] {
  const first = firstOfMonth(day);
  return Array.from({ length: daysBetween(first, addMonths(first, 1)) }, (_, index) => addDays(first, index));
}

/** The dates, "MM-DD", of birthdays that are kept on `day`: a leap day's on 28 February in years without one. */
export function birthdaysOn(day: Day): string[] {
  const date = day.slice(5);
  return date === "02-28" && addDays(day, 1).slice(5) === "03-01" ? [date, "02-29"] : [date];
}
