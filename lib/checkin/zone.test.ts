import fc from "fast-check";
import { expect, test } from "vitest";

import { addDays, dayOf, endOfDay, parseDay, startOfDay, type Day } from "@/lib/day";
import { orRefuse } from "@/lib/refusal";

import { isDone, linkTo, type CheckIn } from "./streak";
import { isLeftOut, isTimeZone, ownDay, planZoneChange, PROGRAMME_CLOCK, waitingZone, zoneOf, type DayClock } from "./zone";

const POLICY = { timeZone: "Asia/Shanghai", ownTimeZone: true };
const HOUR_MS = 3_600_000;
/** From UTC−11 to UTC+14, with half and quarter hours and summer time among them. */
const ZONES = ["Pacific/Niue", "Pacific/Pago_Pago", "America/Los_Angeles", "America/New_York", "America/St_Johns", "Atlantic/Azores", "Europe/London", "Africa/Cairo", "Asia/Kathmandu", "Asia/Shanghai", "Australia/Lord_Howe", "Pacific/Auckland", "Pacific/Chatham", "Pacific/Kiritimati"];
const someInstant = fc.integer({ min: Date.UTC(2024, 0, 1) / HOUR_MS, max: Date.UTC(2028, 11, 31) / HOUR_MS }).map((hours) => new Date(hours * HOUR_MS + 1_234_567));
const from = (zone: string): DayClock => ({ ...PROGRAMME_CLOCK, timeZone: zone });
const changed = (clock: DayClock, zone: string | null, at: Date): DayClock => orRefuse(planZoneChange(clock, zone, POLICY, at));

test("whatever zone follows whatever other, days never go back, and one that does not come is left out", () => {
  fc.assert(fc.property(fc.constantFrom(...ZONES), fc.constantFrom(...ZONES), someInstant, (old, next, at) => {
    const clock = changed(from(old), next, at);
    let before = ownDay(clock, POLICY, at);
    for (let hours = 1; hours <= 96; hours++) {
      const now = new Date(at.getTime() + hours * HOUR_MS);
      const day = ownDay(clock, POLICY, now);
      expect(day >= before).toBe(true);
      for (let between = addDays(before, 1); between < day; between = addDays(between, 1)) expect(isLeftOut(clock, POLICY, now)(between)).toBe(true);
      before = day;
    }
  }), { numRuns: 120 });
});

test("somebody who checks in whenever a day of theirs begins keeps the streak through any change of zone, and never has two check-ins in a day", () => {
  fc.assert(fc.property(fc.constantFrom(...ZONES), fc.constantFrom(...ZONES), someInstant, (old, next, at) => {
    const start = new Date(at.getTime() - 72 * HOUR_MS);
    const clock = changed(from(old), next, at);
    let last: CheckIn | null = null;
    let presses = 0;
    for (let hours = 0; hours <= 168; hours++) {
      const now = new Date(start.getTime() + hours * HOUR_MS);
      // The row is not there yet before the change is made.
      const known = now < at ? from(old) : clock;
      const today = ownDay(known, POLICY, now);
      if (isDone(today, last)) continue;
      presses++;
      last = { localDay: today, streakDays: linkTo(today, last, { isLeftOut: isLeftOut(known, POLICY, now), freezes: 0 }).streakDays };
    }
    expect(last!.streakDays).toBe(presses);
    // 168 hours are 7 days, and a day more or less for the way around the world.
    expect(presses).toBeGreaterThanOrEqual(6);
    expect(presses).toBeLessThanOrEqual(9);
  }), { numRuns: 80 });
});

test("from UTC−11 to UTC+14 a whole day does not exist", () => {
  const at = new Date("2026-03-10T15:00:00Z");
  const clock = changed(from("Pacific/Niue"), "Pacific/Kiritimati", at);
  expect(ownDay(clock, POLICY, at)).toBe("2026-03-10");
  expect(ownDay(clock, POLICY, new Date(clock.timeZoneFrom!.getTime() - 1))).toBe("2026-03-10");
  expect(ownDay(clock, POLICY, clock.timeZoneFrom!)).toBe("2026-03-12");
  expect(isLeftOut(clock, POLICY, clock.timeZoneFrom!)(parseDay("2026-03-11"))).toBe(true);
});

test("a day of which the change leaves only a quarter of an hour costs no streak, and can still be checked in", () => {
  const clock = changed(from("Pacific/Niue"), "Pacific/Chatham", new Date("2027-04-03T11:20:00Z"));
  expect([ownDay(clock, POLICY, new Date("2027-04-04T10:59:00Z")), ownDay(clock, POLICY, clock.timeZoneFrom!), ownDay(clock, POLICY, new Date("2027-04-04T11:15:00Z"))]).toEqual(["2027-04-03", "2027-04-04", "2027-04-05"]);
  expect(isLeftOut(clock, POLICY, new Date("2027-04-04T11:15:00Z"))("2027-04-04" as Day)).toBe(true);
});

test("from UTC+14 to UTC−11 a day goes on until the new zone has passed it", () => {
  const at = new Date("2026-03-10T15:00:00Z");
  const clock = changed(from("Pacific/Kiritimati"), "Pacific/Niue", at);
  expect(ownDay(clock, POLICY, at)).toBe("2026-03-11");
  expect(ownDay(clock, POLICY, new Date(endOfDay(parseDay("2026-03-11"), "Pacific/Niue").getTime() - 1))).toBe("2026-03-11");
  expect(ownDay(clock, POLICY, endOfDay(parseDay("2026-03-11"), "Pacific/Niue"))).toBe("2026-03-12");
});

test("a change counts from the person's next midnight and waits until then", () => {
  const at = new Date("2026-03-10T04:00:00Z");
  const clock = changed(PROGRAMME_CLOCK, "Europe/London", at);
  expect(clock).toEqual({ timeZone: null, nextTimeZone: "Europe/London", timeZoneFrom: new Date("2026-03-10T16:00:00Z"), timeZoneChangedAt: at });
  expect(zoneOf(clock, POLICY, at)).toBe("Asia/Shanghai");
  expect(waitingZone(clock, POLICY, at)).toEqual({ timeZone: "Europe/London", from: clock.timeZoneFrom });
  expect(zoneOf(clock, POLICY, clock.timeZoneFrom!)).toBe("Europe/London");
  expect(waitingZone(clock, POLICY, clock.timeZoneFrom!)).toBeNull();
});

test("a zone can be changed once a month, and pressed as often as one likes when it is the same", () => {
  const clock = changed(PROGRAMME_CLOCK, "Europe/London", new Date("2026-01-31T04:00:00Z"));
  expect(planZoneChange(clock, "Europe/London", POLICY, new Date("2026-01-31T05:00:00Z"))).toEqual({ ok: true, value: clock });
  expect(planZoneChange(clock, null, POLICY, new Date("2026-01-31T05:00:00Z"))).toEqual({ ok: false, code: "time_zone_changed_lately", detail: { day: "2026-02-27" } });
  expect(planZoneChange(clock, null, POLICY, startOfDay(parseDay("2026-02-28"), "Asia/Shanghai"))).toMatchObject({ ok: true, value: { timeZone: "Europe/London", nextTimeZone: null } });
});

test("where the programme has one zone for all, nobody has their own", () => {
  const shop = { ...POLICY, ownTimeZone: false };
  const clock = from("Pacific/Niue");
  const at = new Date("2026-03-10T15:00:00Z");
  expect([zoneOf(clock, shop, at), ownDay(clock, shop, at), waitingZone(clock, shop, at)]).toEqual(["Asia/Shanghai", "2026-03-10", null]);
  expect(planZoneChange(clock, "Europe/London", shop, at)).toMatchObject({ code: "forbidden" });
});

test("a day that a zone itself left out is nobody's gap", () => {
  const clock = from("Pacific/Apia");
  expect(isLeftOut(clock, POLICY, new Date("2011-12-31T12:00:00Z"))("2011-12-30" as Day)).toBe(true);
  expect(isLeftOut(clock, POLICY, new Date("2011-12-31T12:00:00Z"))("2011-12-29" as Day)).toBe(false);
});

test("only zones that the clock knows are zones", () => {
  expect(["Asia/Shanghai", "Pacific/Kiritimati", "UTC", "Mars/Olympus", "", "x".repeat(65)].map(isTimeZone)).toEqual([true, true, true, false, false, false]);
});

test("midnight of the own zone, not of the programme's, starts the day", () => {
  const clock = from("America/New_York");
  const midnight = startOfDay(parseDay("2026-03-08"), "America/New_York");
  expect([ownDay(clock, POLICY, new Date(midnight.getTime() - 1)), ownDay(clock, POLICY, midnight)]).toEqual(["2026-03-07", "2026-03-08"]);
  expect(dayOf(midnight, POLICY.timeZone)).toBe("2026-03-08");
});
