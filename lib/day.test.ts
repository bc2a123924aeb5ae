import fc from "fast-check";
import { expect, test } from "vitest";

import { someDay } from "@/test/arbitraries";

import { addDays, birthdaysOn, addMonths, dayOf, daysBetween, endOfDay, firstOfMonth, monthDays, parseDay, startOfDay, weekdayOf, type Day } from "./day";

const day = (text: string): Day => parseDay(text);
const HOUR_MS = 3_600_000;

/** Zones that have done what zones can do: half and quarter hours, midnight that is skipped or comes twice, half-hour summer time, a day left out. */
const ZONES = [
  "UTC", "Asia/Shanghai", "America/New_York", "Europe/London", "America/Sao_Paulo", "America/Santiago", "America/Asuncion", "America/Havana", "America/St_Johns", "Asia/Kathmandu", "Asia/Kolkata",
  "Asia/Tehran", "Asia/Beirut", "Asia/Amman", "Asia/Gaza", "Africa/Cairo", "Africa/Casablanca", "Atlantic/Azores", "America/Scoresbysund", "Australia/Lord_Howe", "Australia/Eucla", "Pacific/Chatham", "Pacific/Apia",
  "Pacific/Kiritimati", "Pacific/Niue", "Pacific/Pago_Pago", "Antarctica/Troll",
] as const;

/** Days that a zone left out when it crossed the date line. */
const LEFT_OUT: Record<string, string> = { "Pacific/Apia": "2011-12-30", "Pacific/Kiritimati": "1994-12-31" };

test("a day begins with its first instant: the one before belongs to the day before", () => {
  fc.assert(fc.property(fc.constantFrom(...ZONES), someDay, (zone, date) => {
    if (LEFT_OUT[zone] === date) return;
    const start = startOfDay(date, zone);
    expect(dayOf(start, zone)).toBe(date);
    const before = dayOf(new Date(start.getTime() - 1), zone);
    expect(before).toBe(LEFT_OUT[zone] === addDays(date, -1) ? addDays(date, -2) : addDays(date, -1));
  }), { numRuns: 300 });
});

test("a day ends where the next begins, after 22 to 26 hours", () => {
  fc.assert(fc.property(fc.constantFrom(...ZONES), someDay, (zone, date) => {
    if (LEFT_OUT[zone] === date || LEFT_OUT[zone] === addDays(date, 1)) return;
    const hours = (endOfDay(date, zone).getTime() - startOfDay(date, zone).getTime()) / HOUR_MS;
    expect(hours).toBeGreaterThanOrEqual(22);
    expect(hours).toBeLessThanOrEqual(26);
  }), { numRuns: 300 });
});

test("every instant is in the day that it is said to be in", () => {
  fc.assert(fc.property(fc.constantFrom(...ZONES), fc.date({ min: new Date("1995-01-01"), max: new Date("2037-12-31"), noInvalidDate: true }), (zone, instant) => {
    const date = dayOf(instant, zone);
    expect(startOfDay(date, zone).getTime()).toBeLessThanOrEqual(instant.getTime());
    expect(endOfDay(date, zone).getTime()).toBeGreaterThan(instant.getTime());
  }), { numRuns: 300 });
});

test.each([
  ["2026-03-08", "America/New_York", "2026-03-08T05:00:00.000Z", 23],
  ["2026-11-01", "America/New_York", "2026-11-01T04:00:00.000Z", 25],
  ["2026-03-29", "Europe/London", "2026-03-29T00:00:00.000Z", 23],
  ["2026-10-25", "Europe/London", "2026-10-24T23:00:00.000Z", 25],
  ["2018-11-04", "America/Sao_Paulo", "2018-11-04T03:00:00.000Z", 23],
  ["2018-02-17", "America/Sao_Paulo", "2018-02-17T02:00:00.000Z", 25],
  ["2026-04-05", "Australia/Lord_Howe", "2026-04-04T13:00:00.000Z", 24.5],
  ["2026-10-04", "Australia/Lord_Howe", "2026-10-03T13:30:00.000Z", 23.5],
  ["2026-06-01", "Asia/Kathmandu", "2026-05-31T18:15:00.000Z", 24],
  ["2026-06-01", "Pacific/Kiritimati", "2026-05-31T10:00:00.000Z", 24],
  ["2026-06-01", "Pacific/Niue", "2026-06-01T11:00:00.000Z", 24],
  ["2026-06-01", "Asia/Shanghai", "2026-05-31T16:00:00.000Z", 24],
])("%s in %s begins at %s and has %d hours", (date, zone, start, hours) => {
  expect(startOfDay(day(date), zone).toISOString()).toBe(start);
  expect((endOfDay(day(date), zone).getTime() - startOfDay(day(date), zone).getTime()) / HOUR_MS).toBe(hours);
});

test("one instant is in three days at once: Kiritimati is ahead of Shanghai, and Pago Pago behind", () => {
  const instant = new Date("2026-06-01T10:30:00Z");
  expect(["Pacific/Kiritimati", "Asia/Shanghai", "Pacific/Pago_Pago"].map((zone) => dayOf(instant, zone))).toEqual(["2026-06-02", "2026-06-01", "2026-05-31"]);
});

test("days are counted on the calendar: across leap days, months and years", () => {
  expect([addDays(day("2028-02-28"), 1), addDays(day("2027-02-28"), 1), addDays(day("2026-12-31"), 1), addDays(day("2028-03-01"), -1), addDays(day("2100-02-28"), 1)])
    .toEqual(["2028-02-29", "2027-03-01", "2027-01-01", "2028-02-29", "2100-03-01"]);
});

test("adding days and counting them are each other's opposite", () => {
  fc.assert(fc.property(someDay, fc.integer({ min: -4_000, max: 4_000 }), (date, days) => {
    expect(daysBetween(date, addDays(date, days))).toBe(days);
    expect(addDays(addDays(date, days), -days)).toBe(date);
  }));
});

test("days sort as text as they follow each other", () => {
  fc.assert(fc.property(someDay, someDay, (a, b) => {
    expect(a < b).toBe(daysBetween(a, b) > 0);
  }));
});

test("weeks begin on Monday", () => {
  expect(["2026-11-16", "2026-11-21", "2026-11-22"].map((date) => weekdayOf(day(date)))).toEqual([1, 6, 7]);
});

test("a month has all of its days and is reached from any of them", () => {
  fc.assert(fc.property(someDay, (date) => {
    const days = monthDays(date);
    expect(days[0]).toBe(firstOfMonth(date));
    expect(days).toContain(date);
    expect(addDays(days.at(-1)!, 1)).toBe(addMonths(date, 1));
    expect(new Set(days).size).toBe(days.length);
  }));
  expect([monthDays(day("2028-02-10")).length, monthDays(day("2027-02-10")).length]).toEqual([29, 28]);
});

test.each([["2026-01-31", 1, "2026-02-01"], ["2026-12-05", 1, "2027-01-01"], ["2026-01-05", -1, "2025-12-01"], ["2026-06-05", -18, "2024-12-01"]])("the month of %s shifted by %i begins on %s", (date, months, first) => {
  expect(addMonths(day(date), months)).toBe(first);
});

test.each(["2026-02-29", "2026-13-01", "2026-00-10", "2026-1-1", "26-01-01", "2026-01-32", "", "today", "2026-01-01T00:00:00Z", " 2026-01-01", "2026-04-31"])("%j is no day of the calendar", (text) => {
  expect(() => parseDay(text)).toThrow(RangeError);
});

test.each([
  ["2026-11-21", ["11-21"]],
  ["2027-02-28", ["02-28", "02-29"]],
  ["2028-02-28", ["02-28"]],
  ["2028-02-29", ["02-29"]],
  ["2100-02-28", ["02-28", "02-29"]],
])("on %s the birthdays of %j are kept: a leap day's on 28 February where there is none", (day, dates) => {
  expect(birthdaysOn(parseDay(day))).toEqual(dates);
});
