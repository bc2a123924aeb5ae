import { expect, test } from "vitest";

import { endOfDay, parseDay } from "@/lib/day";
import { DEFAULT_POLICY } from "@/lib/settings/policy";

import { daysLeft, dueUntil, lastDayOf, reminderWindows } from "./reminder";

const zone = DEFAULT_POLICY.timeZone;
const noon = new Date("2026-11-21T04:00:00Z");
const endOf = (day: string): Date => endOfDay(parseDay(day), zone);

const windowOf = (expiresAt: Date, policy = DEFAULT_POLICY, now = noon): number | undefined =>
  reminderWindows(now, policy).find(({ after, until }) => expiresAt > after && expiresAt <= until)?.daysBefore;

test.each([
  ["2026-11-21", 1], ["2026-11-22", 1], ["2026-11-23", 7], ["2026-11-28", 7], ["2026-11-29", 30], ["2026-12-21", 30], ["2026-12-22", undefined],
])("on 21 November, points good until %s are in the window of %s days", (day, days) => {
  expect(windowOf(endOf(day))).toBe(days);
});

test("what has expired is in no window", () => {
  expect(windowOf(endOf("2026-11-20"))).toBeUndefined();
  expect(windowOf(noon)).toBeUndefined();
});

test("windows stand side by side: an instant is in one of them at most", () => {
  const windows = reminderWindows(noon, DEFAULT_POLICY);
  expect(windows.slice(1).map(({ after }) => after)).toEqual(windows.slice(0, -1).map(({ until }) => until));
});

test("a programme without reminders has no window, and one of several equal days has one", () => {
  expect(reminderWindows(noon, { ...DEFAULT_POLICY, remindDaysBefore: [] })).toEqual([]);
  expect(reminderWindows(noon, { ...DEFAULT_POLICY, remindDaysBefore: [3, 3] })).toHaveLength(1);
});

test("points that live for thirty days have no reminder thirty days before: it would come with the points", () => {
  const days = (expiry: typeof DEFAULT_POLICY.expiry) => reminderWindows(noon, { ...DEFAULT_POLICY, expiry }).map(({ daysBefore }) => daysBefore);
  expect(days({ kind: "rolling", every: 30, unit: "day", roundTo: null })).toEqual([1, 7]);
  expect(days({ kind: "sliding", inactiveDays: 5 })).toEqual([1]);
  expect(days({ kind: "rolling", every: 12, unit: "month", roundTo: "year" })).toEqual([1, 7, 30]);
});

test("the last day is the one before the instant at midnight, and is counted in days of the programme", () => {
  expect(lastDayOf(endOf("2026-11-28"), zone)).toBe("2026-11-28");
  expect(daysLeft(endOf("2026-11-28"), noon, zone)).toBe(7);
  expect(daysLeft(endOf("2026-11-21"), noon, zone)).toBe(0);
});

test("a reminder is due on one day of the programme, whatever the hour at which points expire", () => {
  expect(dueUntil(endOf("2026-11-28"), 7, zone)).toEqual(endOf("2026-11-21"));
  expect(dueUntil(new Date("2026-11-28T04:00:00Z"), 7, zone)).toEqual(endOf("2026-11-21"));
  expect(dueUntil(endOfDay(parseDay("2026-11-02"), "America/New_York"), 7, "America/New_York")).toEqual(endOfDay(parseDay("2026-10-26"), "America/New_York"));
});

test("across a change to winter time a day is still a day", () => {
  const policy = { ...DEFAULT_POLICY, timeZone: "America/New_York" };
  const now = new Date("2026-10-31T16:00:00Z");
  expect(windowOf(endOfDay(parseDay("2026-11-01"), policy.timeZone), policy, now)).toBe(1);
  expect(windowOf(endOfDay(parseDay("2026-11-02"), policy.timeZone), policy, now)).toBe(7);
});
