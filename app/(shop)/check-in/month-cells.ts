import type { CalendarCell, CalendarState } from "@/components/check-in-calendar";
import { fill, formatDay, formatSignedPoints, type Locale } from "@/lib/i18n";

/** What a day without a check-in is. */
export type DayKind = "madeUp" | "frozen" | "skipped" | "today" | "missed" | "missedOpen" | "ahead" | "before";
/** A day as it is sent: a number is a check-in that gave so many points. */
export type DayFact = DayKind | number;
/** Labels are templates of {day}, and of {points} where there was a check-in. */
export type CellWords = { labels: Record<DayKind | "done", string>; marks: Record<DayKind, string> };

const STATES: Record<DayKind, CalendarState> = { madeUp: "madeUp", frozen: "kept", skipped: "missed", today: "today", missed: "missed", missedOpen: "open", ahead: "coming", before: "missed" };
const DAYS_OF_WEEK = 7;

/** The days of a month as rows of a table that begin on Monday. Written out where they are shown: they are sent short. */
export function calendarWeeks(month: string, facts: readonly DayFact[], { labels, marks }: CellWords, locale: Locale): (CalendarCell | null)[][] {
  const cells = facts.map((fact, index): CalendarCell => {
    const number = String(index + 1);
    const day = `${month.slice(0, 8)}${number.padStart(2, "0")}`;
    const name = formatDay(locale, day);
    if (typeof fact === "string") return { day, number, state: STATES[fact], mark: marks[fact], label: fill(labels[fact], { day: name }) };
    const points = formatSignedPoints(locale, fact);
    return { day, number, state: "done", mark: fact > 0 ? points : "✓", label: fill(labels.done, { day: name, points }) };
  });
  const ahead = (new Date(`${month}T00:00:00Z`).getUTCDay() + DAYS_OF_WEEK - 1) % DAYS_OF_WEEK;
  const padded = [...Array<null>(ahead).fill(null), ...cells];
  return Array.from({ length: Math.ceil(padded.length / DAYS_OF_WEEK) }, (_, row) => Array.from({ length: DAYS_OF_WEEK }, (_each, column) => padded[row * DAYS_OF_WEEK + column] ?? null));
}
