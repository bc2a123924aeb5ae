import type { getTranslations } from "next-intl/server";
import type { CellWords, DayFact } from "./month-cells";
import type { CalendarDay } from "@/lib/checkin/calendar";
import { addDays, firstOfMonth, parseDay, type Day } from "@/lib/day";
import { formatDay, type Locale } from "@/lib/i18n";

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

/** The days of a month, each as what it is and no more: the page is lighter by a third of what it would say of each. */
export const dayFacts = (weeks: readonly (readonly (CalendarDay | null)[])[]): DayFact[] => weeks.flat().flatMap((cell) => (cell ? [factOf(cell)] : []));

function factOf({ state, points, canMakeUp }: CalendarDay): DayFact {
  if (state === "checked-in") return points;
  if (state === "made-up") return "madeUp";
  return state === "missed" && canMakeUp ? "missedOpen" : state;
}

export function cellWords(t: CheckInWords): CellWords {
  const open = { day: "{day}", points: "{points}" };
  return {
    labels: {
      done: t("cell.done", open), madeUp: t("cell.madeUp", open), frozen: t("cell.frozen", open), skipped: t("cell.skipped", open), today: t("cell.today", open),
      missed: t("cell.missed", open), missedOpen: t("cell.missedOpen", open), ahead: t("cell.ahead", open), before: t("cell.before", open),
    },
    marks: { madeUp: t("mark.madeUp"), frozen: t("mark.frozen"), skipped: t("mark.skipped"), today: t("today"), missed: "—", missedOpen: t("mark.makeUp"), ahead: "", before: "" },
  };
}
