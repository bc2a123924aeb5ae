import { addDays, addMonths, dayOf, endOfDay, monthDays, startOfDay, type Day } from "@/lib/day";
import { allow, refuse, type Decision } from "@/lib/refusal";
import type { Policy } from "@/lib/settings/policy";

/** By which clock a person's check-in days run; null stands for the programme's zone. A change waits in `nextTimeZone` until `timeZoneFrom`. */
export type DayClock = { timeZone: string | null; nextTimeZone: string | null; timeZoneFrom: Date | null; timeZoneChangedAt: Date | null };

/** Who never chose a zone. */
export const PROGRAMME_CLOCK: DayClock = { timeZone: null, nextTimeZone: null, timeZoneFrom: null, timeZoneChangedAt: null };

const HALF_DAY_MS = 43_200_000;

type Zones = Pick<Policy, "timeZone" | "ownTimeZone">;

export function isTimeZone(zone: string): boolean {
  try {
    return zone.length <= 64 && Boolean(new Intl.DateTimeFormat("en", { timeZone: zone }));
  } catch {
    return false;
  }
}

/** Whether a change of zone is in force, and not only waiting. */
const hasChanged = (clock: DayClock, now: Date): boolean => clock.timeZoneFrom !== null && clock.timeZoneFrom <= now;

const ownZone = (clock: DayClock, now: Date): string | null => (hasChanged(clock, now) ? clock.nextTimeZone : clock.timeZone);

/** The zone whose midnight starts the person's next day. */
export const zoneOf = (clock: DayClock, policy: Zones, now: Date): string => (policy.ownTimeZone ? ownZone(clock, now) : null) ?? policy.timeZone;

/** The zone that was chosen and does not count yet. */
export function waitingZone(clock: DayClock, policy: Zones, now: Date): { timeZone: string; from: Date } | null {
  if (!policy.ownTimeZone || clock.timeZoneFrom === null || clock.timeZoneFrom <= now) return null;
  return { timeZone: clock.nextTimeZone ?? policy.timeZone, from: clock.timeZoneFrom };
}

/**
 * The person's calendar day. Days never go back: when a new zone's clock still shows a day that was over in the old one,
 * the old zone's last day goes on until the new zone has passed it.
 */
export function ownDay(clock: DayClock, policy: Zones, now: Date): Day {
  const day = dayOf(now, zoneOf(clock, policy, now));
  if (!policy.ownTimeZone || !hasChanged(clock, now)) return day;
  const before = lastDayBefore(clock, policy);
  return day < before ? before : day;
}

const lastDayBefore = (clock: DayClock, policy: Zones): Day => dayOf(new Date(clock.timeZoneFrom!.getTime() - 1), clock.timeZone ?? policy.timeZone);

/**
 * Whether a day hardly existed for the person, so that nobody can hold it against a streak: one that a change of zone jumped over
 * (from UTC−11 to UTC+14 it is a whole one) or left only a few hours of, or that the zone itself left out when it crossed the date line.
 */
export function isLeftOut(clock: DayClock, policy: Zones, now: Date): (day: Day) => boolean {
  const zone = zoneOf(clock, policy, now);
  const jump = policy.ownTimeZone && hasChanged(clock, now) ? { after: lastDayBefore(clock, policy), until: firstFairDay(clock.timeZoneFrom!, zone) } : null;
  return (day) => (jump !== null && day > jump.after && day < jump.until) || dayOf(startOfDay(day, zone), zone) !== day;
}

/** The day on which a zone begins for the person, or the next one where less than half of that day is left. */
function firstFairDay(from: Date, zone: string): Day {
  const day = dayOf(from, zone);
  return endOfDay(day, zone).getTime() - from.getTime() < HALF_DAY_MS ? addDays(day, 1) : day;
}

/**
 * The person's clock with another zone (null: the programme's) from their next midnight on. The same zone again changes nothing.
 * Refuses `forbidden` where the programme has one zone for all, and `time_zone_changed_lately` { day: the last day of the wait }.
 */
export function planZoneChange(clock: DayClock, zone: string | null, policy: Zones, now: Date): Decision<DayClock> {
  if (!policy.ownTimeZone) return refuse("forbidden");
  const current = zoneOf(clock, policy, now);
  const chosen = waitingZone(clock, policy, now)?.timeZone ?? current;
  if ((zone ?? policy.timeZone) === chosen) return allow(clock);
  const waitsUntil = clock.timeZoneChangedAt && monthLater(dayOf(clock.timeZoneChangedAt, policy.timeZone));
  if (waitsUntil && dayOf(now, policy.timeZone) < waitsUntil) return refuse("time_zone_changed_lately", { day: addDays(waitsUntil, -1) });
  return allow({ timeZone: ownZone(clock, now), nextTimeZone: zone, timeZoneFrom: endOfDay(ownDay(clock, policy, now), current), timeZoneChangedAt: now });
}

/** The same day of the next month, or its last where it is shorter. */
function monthLater(day: Day): Day {
  const days = monthDays(addMonths(day, 1));
  return days[Math.min(Number(day.slice(8)), days.length) - 1]!;
}
