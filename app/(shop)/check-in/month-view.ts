import type { getTranslations } from "next-intl/server";
import type { CalendarCell } from "@/components/check-in-calendar";
import type { CalendarDay } from "@/lib/checkin/calendar";
import { addDays, firstOfMonth, parseDay, type Day } from "@/lib/day";
import { formatDay, formatSignedPoints, type Locale } from "@/lib/i18n";

type CheckInWords = Awaited<ReturnType<typeof getTranslations<"checkIn">>>;

/** The month that the address asks for, between the one the person joined in and this one. */
export function shownMonth(wanted: string, today: Day, joined: Day): Day {
  const latest = firstOfMonth(today);
  const earliest = firstOfMonth(joined);
  if (!/^\d{4}-(0[1-9]|1[0-2])$/.test(wanted)) return latest;
  const month = parseDay(`${wanted}-01`);
  return month > latest ? latest : month < earliest ? earliest : month;
}

const A_MONDAY = parseDay("2024-01-01");

export function weekdayNames(locale: Locale): { short: string; long: string }[] {
  return Array.from({ length: 7 }, (_, index) => {
    const day = addDays(A_MONDAY, index);
    const long = formatDay(locale, day, "weekdayLong");
    return { long, short: locale === "en" ? long.slice(0, 2) : long.slice(-1) };
  });
}

export function calendarWeeks(weeks: readonly (readonly (CalendarDay | null)[])[], locale: Locale, t: CheckInWords): (CalendarCell | null)[][] {
  return weeks.map((week) => week.map((cell) => cell && { day: cell.day, number: String(Number(cell.day.slice(8))), ...lookOf(cell, locale, t) }));
}

type Look = Pick<CalendarCell, "state" | "mark" | "label">;

function lookOf({ day, state, points, canMakeUp }: CalendarDay, locale: Locale, t: CheckInWords): Look {
  const name = formatDay(locale, day);
  switch (state) {
    case "checked-in": {
      const gained = formatSignedPoints(locale, points);
      return { state: "done", mark: points > 0 ? gained : "✓", label: t("cell.done", { day: name, points: gained }) };
    }
    case "made-up":
      return { state: "madeUp", mark: t("mark.madeUp"), label: t("cell.madeUp", { day: name }) };
    case "frozen":
      return { state: "kept", mark: t("mark.frozen"), label: t("cell.frozen", { day: name }) };
    case "skipped":
      return { state: "missed", mark: t("mark.skipped"), label: t("cell.skipped", { day: name }) };
    case "today":
      return { state: "today", mark: t("today"), label: t("cell.today", { day: name }) };
    case "missed":
      return canMakeUp ? { state: "open", mark: t("mark.makeUp"), label: t("cell.missedOpen", { day: name }) } : { state: "missed", mark: "—", label: t("cell.missed", { day: name }) };
    case "ahead":
      return { state: "coming", mark: "", label: t("cell.ahead", { day: name }) };
    case "before":
      return { state: "missed", mark: "", label: t("cell.before", { day: name }) };
  }
}
