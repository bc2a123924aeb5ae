import { dayOf, parseDay, startOfDay } from "@/lib/day";

// The minute at which a campaign starts or ends, as the wall clock of the programme shows it.

const MINUTE_MS = 60_000;

/** "2026-11-21T20:00", as a field for day and time holds it. */
export function wallTimeOf(at: Date, zone: string): string {
  const time = at.toLocaleTimeString("en-GB", { timeZone: zone, hour: "2-digit", minute: "2-digit", hourCycle: "h23" });
  return `${dayOf(at, zone)}T${time}`;
}

/** The instant at which the wall clock shows it; the first of two, and for one that a change of the clock left out the next there is. Null for what is no time. */
export function instantAt(wallTime: string, zone: string): Date | null {
  const match = /^(\d{4}-\d{2}-\d{2})T([01]\d|2[0-3]):([0-5]\d)$/.exec(wallTime);
  if (!match) return null;
  try {
    const start = startOfDay(parseDay(match[1]!), zone).getTime();
    const minutes = Number(match[2]) * 60 + Number(match[3]);
    // A day may be an hour or two shorter or longer than its clock says.
    for (let shift = -180; shift <= 180; shift += 30) {
      const at = new Date(start + (minutes + shift) * MINUTE_MS);
      if (wallTimeOf(at, zone) === wallTime) return at;
    }
    return new Date(start + minutes * MINUTE_MS);
  } catch (error) {
    if (error instanceof RangeError) return null;
    throw error;
  }
}
