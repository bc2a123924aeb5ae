import { dayOf, parseDay, startOfDay, timeOfDay, type Day } from "@/lib/day";

const MINUTE_MS = 60_000;
const WEEK_MS = 7 * 86_400_000;
/** Before this nothing was written; what is earlier all the same has the first offset. */
const FIRST = parseDay("2015-01-01");

/** From an instant on, the zone's wall clock is so many minutes ahead of UTC. */
type Offset = { from: Date; minutes: number };

const known = new Map<string, Offset[]>();

/** The zone's offsets up to the end of the year after `until`'s. */
export function offsetsOf(zone: string, until: Day): Offset[] {
  const lastYear = Number(until.slice(0, 4)) + 1;
  const key = `${zone} ${lastYear}`;
  const offsets = known.get(key) ?? searchOffsets(zone, parseDay(`${lastYear}-12-31`));
  known.set(key, offsets);
  return offsets;
}

function searchOffsets(zone: string, last: Day): Offset[] {
  const start = startOfDay(FIRST, zone);
  const offsets = [{ from: start, minutes: minutesAhead(start, zone) }];
  // No zone has changed twice within a week.
  for (let at = start.getTime(); at <= startOfDay(last, zone).getTime(); at += WEEK_MS) {
    const [from, to] = [new Date(at), new Date(at + WEEK_MS)];
    const [before, after] = [offsets.at(-1)!.minutes, minutesAhead(to, zone)];
    if (before !== after) offsets.push({ from: changeWithin(from, to, before, zone), minutes: after });
  }
  return offsets;
}

/** The first minute within (`from`, `to`] whose offset is not `before`. */
function changeWithin(from: Date, to: Date, before: number, zone: string): Date {
  let [same, other] = [from.getTime(), to.getTime()];
  while (other - same > MINUTE_MS) {
    const middle = same + Math.floor((other - same) / 2 / MINUTE_MS) * MINUTE_MS;
    if (minutesAhead(new Date(middle), zone) === before) same = middle;
    else other = middle;
  }
  return new Date(other);
}

const minutesAhead = (at: Date, zone: string): number => Math.round((Date.parse(`${dayOf(at, zone)}T${timeOfDay(at, zone)}:00Z`) - Math.floor(at.getTime() / MINUTE_MS) * MINUTE_MS) / MINUTE_MS);

/** The programme day of an instant of a column, in SQL. It says the same as `dayOf`, on days of 23 and 25 hours too, without the server's table of zones. */
export function localDaySql(column: string, zone: string, until: Day): string {
  const [first, ...later] = offsetsOf(zone, until);
  if (later.length === 0) return `DATE(${column} + INTERVAL ${first!.minutes} MINUTE)`;
  const cases = later.map(({ from }, index) => `WHEN ${column} < '${textOf(from)}' THEN ${(later[index - 1] ?? first!).minutes}`);
  return `DATE(${column} + INTERVAL (CASE ${cases.join(" ")} ELSE ${later.at(-1)!.minutes} END) MINUTE)`;
}

const textOf = (at: Date): string => at.toISOString().slice(0, 19).replace("T", " ");
