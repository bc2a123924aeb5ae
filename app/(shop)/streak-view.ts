import type { Reading } from "./reading";
import type { StripDayView } from "@/components/check-in-strip";
import type { StripDay } from "@/lib/checkin/calendar";
import type { CheckInStatus } from "@/lib/checkin/queries";
import type { Day } from "@/lib/day";
import { formatDay } from "@/lib/i18n";

export type CheckInSide = { strip: readonly StripDay[]; streakDays: number; untilBonus: { days: number; points: number } | null };

/** The week as it will be when today's tap has been accepted. */
export function afterCheckIn(status: CheckInStatus, today: Day): CheckInSide & { tomorrowPoints: number } {
  const place = status.strip.findIndex(({ day }) => day === today);
  const strip = status.strip.map((each, index) => (index === place ? { ...each, state: "done" as const } : each));
  const days = (status.untilBonus?.days ?? 0) - 1;
  return {
    strip,
    streakDays: status.streakDays + 1,
    untilBonus: status.untilBonus && days > 0 ? { ...status.untilBonus, days } : null,
    tomorrowPoints: status.strip[place + 1]?.points ?? status.ladder[0] ?? 0,
  };
}

export function stripView(strip: readonly StripDay[], { today, locale }: Pick<Reading, "today" | "locale">, todayLabel: string): StripDayView[] {
  const top = Math.max(...strip.map(({ points }) => points));
  return strip.map(({ day, state, points }) => ({
    key: day,
    label: day === today ? todayLabel : formatDay(locale, day, "weekday"),
    state,
    points,
    top: points === top,
  }));
}
