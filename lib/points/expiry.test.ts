import fc from "fast-check";
import { expect, test } from "vitest";

import { addDays, dayOf, endOfDay, startOfDay } from "@/lib/day";
import type { ExpiryPolicy } from "@/lib/settings/expiry";
import { someDay } from "@/test/arbitraries";

import { expiryOf, graceUntil, lifetimeOf } from "./expiry";
import { NEVER } from "./lots";

const SHANGHAI = "Asia/Shanghai";
const policy = { timeZone: SHANGHAI, expiry: { kind: "rolling", every: 365, unit: "day", roundTo: null } as ExpiryPolicy, restoreGraceDays: 30 };

type Unit = Extract<ExpiryPolicy, { kind: "rolling" }>["unit"];
type RoundTo = Extract<ExpiryPolicy, { kind: "rolling" }>["roundTo"];
const rolling = (every: number, unit: Unit, roundTo: RoundTo = null): ExpiryPolicy => ({ kind: "rolling", every, unit, roundTo });
const calendar = (...dates: string[]): ExpiryPolicy => ({ kind: "calendar", dates });

/** The last day on which points are good that were earned on that day, at noon of the zone. */
function lastDay(earnedOn: string, expiry: ExpiryPolicy, timeZone = SHANGHAI): string {
  const day = dayOf(new Date(`${earnedOn}T12:00:00Z`), "UTC");
  const { expiresAt } = lifetimeOf(new Date(startOfDay(day, timeZone).getTime() + 12 * 3_600_000), { timeZone, expiry });
  const last = dayOf(new Date(expiresAt.getTime() - 1), timeZone);
  expect(expiresAt).toEqual(endOfDay(last, timeZone));
  return last;
}

test.each([
  ["2026-03-10T08:00:00Z", "2027-03-10T16:00:00.000Z"],
  ["2026-03-10T15:59:59.999Z", "2027-03-10T16:00:00.000Z"],
  ["2026-03-10T16:00:00.000Z", "2027-03-11T16:00:00.000Z"],
  ["2027-03-01T00:00:00Z", "2028-02-29T16:00:00.000Z"],
])("points earned at %s are good until %s, the end of a programme day", (earnedAt, expiresAt) => {
  expect(expiryOf(new Date(earnedAt), policy).toISOString()).toBe(expiresAt);
});

test("points earned at any hour of a day expire together", () => {
  const hours = Array.from({ length: 24 }, (_, hour) => expiryOf(new Date(Date.parse("2026-06-01T16:00:00Z") + hour * 3_600_000), policy).getTime());
  expect(new Set(hours).size).toBe(1);
});

test.each<[string, ExpiryPolicy, string]>([
  ["2026-01-31", rolling(1, "month"), "2026-02-28"],
  ["2028-01-31", rolling(1, "month"), "2028-02-29"],
  ["2026-01-30", rolling(1, "month"), "2026-02-28"],
  ["2026-01-28", rolling(1, "month"), "2026-02-28"],
  ["2026-02-28", rolling(1, "month"), "2026-03-28"],
  ["2026-03-31", rolling(1, "month"), "2026-04-30"],
  ["2026-08-31", rolling(6, "month"), "2027-02-28"],
  ["2026-12-15", rolling(1, "month"), "2027-01-15"],
  ["2026-12-31", rolling(14, "month"), "2028-02-29"],
  ["2028-02-29", rolling(1, "year"), "2029-02-28"],
  ["2028-02-29", rolling(4, "year"), "2032-02-29"],
  ["2026-11-21", rolling(2, "year"), "2028-11-21"],
  ["2026-02-27", rolling(2, "day"), "2026-03-01"],
  ["2028-02-27", rolling(2, "day"), "2028-02-29"],
])("points of %s under %j are good to the end of %s", (day, expiry, last) => {
  expect(lastDay(day, expiry)).toBe(last);
});

test.each<[string, ExpiryPolicy, string]>([
  ["2026-01-31", rolling(1, "month", "month"), "2026-02-28"],
  ["2026-01-01", rolling(1, "month", "month"), "2026-02-28"],
  ["2026-11-21", rolling(10, "day", "month"), "2026-12-31"],
  ["2026-11-20", rolling(10, "day", "month"), "2026-11-30"],
  ["2026-01-15", rolling(1, "month", "quarter"), "2026-03-31"],
  ["2026-02-15", rolling(1, "month", "quarter"), "2026-03-31"],
  ["2026-03-15", rolling(1, "month", "quarter"), "2026-06-30"],
  ["2026-08-15", rolling(1, "month", "quarter"), "2026-09-30"],
  ["2026-11-30", rolling(1, "month", "quarter"), "2026-12-31"],
  ["2026-12-31", rolling(1, "day", "quarter"), "2027-03-31"],
  ["2026-01-01", rolling(1, "day", "year"), "2026-12-31"],
  ["2026-12-31", rolling(1, "day", "year"), "2027-12-31"],
  ["2028-02-29", rolling(1, "year", "year"), "2029-12-31"],
])("points of %s under %j are moved on to %s", (day, expiry, last) => {
  expect(lastDay(day, expiry)).toBe(last);
});

test.each<[string, ExpiryPolicy, string]>([
  ["2026-03-10", calendar("12-31"), "2026-12-31"],
  ["2026-12-30", calendar("12-31"), "2026-12-31"],
  ["2026-12-31", calendar("12-31"), "2027-12-31"],
  ["2026-03-10", calendar("12-31", "06-30"), "2026-06-30"],
  ["2026-06-30", calendar("12-31", "06-30"), "2026-12-31"],
  ["2026-11-21", calendar("01-15", "06-30"), "2027-01-15"],
  ["2026-01-10", calendar("02-29"), "2026-02-28"],
  ["2028-01-10", calendar("02-29"), "2028-02-29"],
  ["2027-02-28", calendar("02-29"), "2028-02-29"],
  ["2028-02-28", calendar("02-29"), "2028-02-29"],
  ["2026-04-01", calendar("04-31"), "2026-04-30"],
])("points of %s under %j end with %s", (day, expiry, last) => {
  expect(lastDay(day, expiry)).toBe(last);
});

test("points of a programme without expiry have a last day that sorts after all others", () => {
  expect(lifetimeOf(new Date("2026-03-10T08:00:00Z"), { timeZone: SHANGHAI, expiry: { kind: "none" } })).toEqual({ expiresAt: NEVER, isSliding: false });
});

test("what slides is good for so many days from now, and says that it slides", () => {
  expect(lifetimeOf(new Date("2026-03-10T15:59:59.999Z"), { timeZone: SHANGHAI, expiry: { kind: "sliding", inactiveDays: 90 } })).toEqual({ expiresAt: new Date("2026-06-08T16:00:00Z"), isSliding: true });
});

test("a rule's own expiry takes the programme's place", () => {
  const now = new Date("2026-03-10T08:00:00Z");
  expect(lifetimeOf(now, policy, { kind: "none" }).expiresAt).toEqual(NEVER);
  expect(lifetimeOf(now, policy, rolling(1, "day")).expiresAt).toEqual(new Date("2026-03-11T16:00:00Z"));
  expect(lifetimeOf(now, policy, null)).toEqual(lifetimeOf(now, policy));
});

test.each<[string, string, ExpiryPolicy, string]>([
  ["America/New_York", "2026-03-07T17:00:00Z", rolling(1, "day"), "2026-03-09T04:00:00.000Z"],
  ["America/New_York", "2026-10-31T17:00:00Z", rolling(1, "day"), "2026-11-02T05:00:00.000Z"],
  ["America/New_York", "2026-02-08T17:00:00Z", rolling(1, "month"), "2026-03-09T04:00:00.000Z"],
  ["Australia/Lord_Howe", "2026-04-04T02:00:00Z", rolling(1, "day"), "2026-04-05T13:30:00.000Z"],
  ["Asia/Kathmandu", "2026-01-31T10:00:00Z", rolling(1, "month"), "2026-02-28T18:15:00.000Z"],
  ["Pacific/Kiritimati", "2026-01-30T10:00:00Z", rolling(1, "month"), "2026-02-28T10:00:00.000Z"],
  ["Pacific/Pago_Pago", "2026-02-01T10:59:59Z", rolling(1, "month"), "2026-03-01T11:00:00.000Z"],
  // Where the clocks go forward at midnight, the day before ends as they do.
  ["America/Havana", "2026-03-06T12:00:00Z", rolling(1, "day"), "2026-03-08T05:00:00.000Z"],
])("in %s, points earned at %s under %j end at %s, with a day of 23, 24 or 25 hours", (timeZone, earnedAt, expiry, expiresAt) => {
  expect(lifetimeOf(new Date(earnedAt), { timeZone, expiry }).expiresAt.toISOString()).toBe(expiresAt);
});

test("whatever the policy, points live past the day of their earning and end with a day", () => {
  const someExpiry: fc.Arbitrary<ExpiryPolicy> = fc.oneof(
    fc.record({ kind: fc.constant("rolling" as const), every: fc.integer({ min: 1, max: 60 }), unit: fc.constantFrom("day", "month", "year"), roundTo: fc.constantFrom(null, "month", "quarter", "year") }),
    fc.uniqueArray(fc.tuple(fc.integer({ min: 1, max: 12 }), fc.integer({ min: 1, max: 31 })).map((pair) => pair.map((part) => String(part).padStart(2, "0")).join("-")), { minLength: 1, maxLength: 5 }).map((dates) => ({ kind: "calendar" as const, dates })),
    fc.integer({ min: 1, max: 3_650 }).map((inactiveDays) => ({ kind: "sliding" as const, inactiveDays })),
  );
  fc.assert(fc.property(someDay, fc.nat({ max: 86_399_999 }), someExpiry, fc.constantFrom(SHANGHAI, "America/New_York", "Pacific/Kiritimati", "Pacific/Pago_Pago", "Australia/Lord_Howe"), (day, moment, expiry, timeZone) => {
    const earnedAt = new Date(startOfDay(day, timeZone).getTime() + Math.min(moment, 22 * 3_600_000));
    const { expiresAt } = lifetimeOf(earnedAt, { timeZone, expiry });
    const last = dayOf(new Date(expiresAt.getTime() - 1), timeZone);
    expect(last > day).toBe(true);
    expect(expiresAt).toEqual(endOfDay(last, timeZone));
    expect(dayOf(expiresAt, timeZone)).toBe(addDays(last, 1));
  }), { numRuns: 200 });
});

test("the grace period ends at the end of its last day", () => {
  expect(graceUntil(new Date("2026-03-10T08:00:00Z"), policy).toISOString()).toBe("2026-04-09T16:00:00.000Z");
});
