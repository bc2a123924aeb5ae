import type { StripDayView } from "@/components/check-in-strip";
import type { StripDay } from "@/lib/checkin/calendar";
import type { CheckInStatus } from "@/lib/checkin/queries";
import type { Day } from "@/lib/day";
import { formatDay, type Locale } from "@/lib/i18n";

export type CheckInSide = { strip: readonly StripDay[]; streakDays: number; untilBonus: { days: number; points: number } | null };

/** The week as it will be when today's tap has been accepted. */
export function afterCheckIn(status: CheckInStatus): CheckInSide {
  const strip = status.strip.map((each) => (each.state === "today" ? { ...each, state: "done" as const } : each));
  const days = (status.untilBonus?.days ?? 0) - 1;
  return {
    strip,
    // The streak that stands is yesterday's; one that is broken stands at none.
    streakDays: status.streakDays + 1,
    untilBonus: status.untilBonus && days > 0 ? { ...status.untilBonus, days } : null,
  };
}

export function stripView(strip: readonly StripDay[], { today, locale, todayLabel }: { today: Day; locale: Locale; todayLabel: string }): StripDayView[] {
  const top = Math.max(...strip.map(({ points }) => points));
  return strip.map(({ day, state, points }) => ({
    key: day,
    label: day === today ? todayLabel : formatDay(locale, day, "weekday"),
    state,
    points,
    top: points === top,
  }));
}
