import { parseDay, startOfDay } from "@/lib/day";
import { formatTime } from "@/lib/i18n";

const MINUTE_MS = 60_000;
const DAY_MINUTES = 1_440;

/** A moment as the page was asked about it: as `datetime-local` writes it, in the programme's zone. */
export type AskedMoment = { moment: Date; /** Why the present is shown instead of what was asked. */ problem: "unreadable" | "future" | null };

/** A minute means its end: what happened in it has happened. Without one it is now. */
export function momentIn(text: string, zone: string, now: Date): AskedMoment {
  if (text === "") return { moment: now, problem: null };
  const start = minuteIn(text, zone);
  if (!start) return { moment: now, problem: "unreadable" };
  if (start > now) return { moment: now, problem: "future" };
  return { moment: new Date(Math.min(start.getTime() + MINUTE_MS - 1, now.getTime())), problem: null };
}

function minuteIn(text: string, zone: string): Date | null {
  const [, day, hours, minutes] = /^(\d{4}-\d{2}-\d{2})T([01]\d|2[0-3]):([0-5]\d)(?::\d{2})?$/.exec(text) ?? [];
  if (!day) return null;
  try {
    const wanted = Number(hours) * 60 + Number(minutes);
    const guess = startOfDay(parseDay(day), zone).getTime() + wanted * MINUTE_MS;
    // On a day of 23 or 25 hours the clock shows another time than the minutes since midnight.
    const shown = minutesOf(formatTime("en", new Date(guess), zone));
    const gap = ((wanted - shown + DAY_MINUTES * 1.5) % DAY_MINUTES) - DAY_MINUTES / 2;
    return new Date(guess + gap * MINUTE_MS);
  } catch {
    return null;
  }
}

const minutesOf = (time: string): number => Number(time.slice(0, 2)) * 60 + Number(time.slice(3, 5));

/** As `datetime-local` takes it. */
export const momentText = (moment: Date, zone: string): string =>
  new Intl.DateTimeFormat("sv-SE", { dateStyle: "short", timeStyle: "short", timeZone: zone }).format(moment).replace(" ", "T");
