import { expect, test } from "vitest";

import { dayOf, endOfDay, parseDay, startOfDay } from "@/lib/day";

import { periodAt, spanAt, spansOfClaim } from "./period";
import type { Task } from "./task";

const ZONE = "Asia/Shanghai";
const task = (more: Partial<Task>): Task => ({
  id: 1, metric: "redemptions", eventName: null, target: 1, windowDays: null, period: "once", afterTaskId: null, rewardPoints: 10, rewardPerk: null, rewardPerkQuantity: 0,
  rollsBack: true, startsAt: null, endsAt: null, status: "active", ...more,
});
/** A minute on the programme's clock. */
const at = (text: string): Date => new Date(`${text}:00+08:00`);
const second = (instant: Date, seconds: number): Date => new Date(instant.getTime() + seconds * 1_000);

test("a task that is done once has one period for all time", () => {
  expect(periodAt(task({}), at("2026-03-10T12:00"), ZONE)).toEqual({ key: "once", from: null, until: null });
});

test("a day is the programme's: a second before midnight it is today, a second after tomorrow", () => {
  const midnight = startOfDay(parseDay("2026-03-11"), ZONE);
  const keys = [-1, 0, 1].map((seconds) => periodAt(task({ period: "daily" }), second(midnight, seconds), ZONE).key);
  expect(keys).toEqual(["2026-03-10", "2026-03-11", "2026-03-11"]);
});

test.each([
  ["2026-03-08T23:59", "2026-03-02"], ["2026-03-09T00:00", "2026-03-09"], ["2026-03-15T23:59", "2026-03-09"], ["2026-03-16T00:00", "2026-03-16"], ["2026-01-01T12:00", "2025-12-29"],
])("the week of %s begins on %s, a Monday", (now, monday) => {
  const { key, from, until } = periodAt(task({ period: "weekly" }), at(now), ZONE);
  expect(key).toBe(monday);
  expect(dayOf(from!, ZONE)).toBe(monday);
  expect(until!.getTime() - from!.getTime()).toBe(7 * 86_400_000);
});

test("a week in which the clocks go forward has 167 hours, and a day 23", () => {
  const lengths = (["weekly", "daily"] as const).map((period) => {
    const { from, until } = periodAt(task({ period }), new Date("2026-03-29T12:00:00Z"), "Europe/London");
    return (until!.getTime() - from!.getTime()) / 3_600_000;
  });
  expect(lengths).toEqual([167, 23]);
});

test("a campaign that is run again is another period; its days are cut to it", () => {
  const first = task({ period: "campaign", startsAt: at("2026-03-01T00:00"), endsAt: at("2026-03-08T00:00") });
  const again = { ...first, startsAt: at("2026-04-01T00:00"), endsAt: at("2026-04-08T00:00") };
  expect([first, again].map((each) => periodAt(each, at("2026-04-02T00:00"), ZONE).key)).toEqual(["2026-03-01", "2026-04-01"]);
  const weekly = task({ period: "weekly", startsAt: at("2026-03-11T10:00"), endsAt: at("2026-03-13T10:00") });
  expect(periodAt(weekly, at("2026-03-12T00:00"), ZONE)).toEqual({ key: "2026-03-09", from: weekly.startsAt, until: weekly.endsAt });
});

test("a window looks back from now, and never before the task began", () => {
  const now = at("2026-03-31T12:00");
  expect(spanAt(task({ windowDays: 30 }), now, ZONE)).toMatchObject({ from: at("2026-03-01T12:00"), until: second(now, 0.001) });
  expect(spanAt(task({ windowDays: 30, startsAt: at("2026-03-20T00:00") }), now, ZONE).from).toEqual(at("2026-03-20T00:00"));
  expect(spanAt(task({ metric: "check_ins", windowDays: 30 }), now, ZONE).fromDay).toBe("2026-03-02");
});

test("what is counted by day is counted within the period's days", () => {
  expect(spanAt(task({ metric: "check_ins", period: "weekly" }), at("2026-03-11T08:00"), ZONE)).toMatchObject({ fromDay: "2026-03-09", untilDay: "2026-03-15" });
  expect(spanAt(task({ metric: "check_ins", period: "daily" }), at("2026-03-11T08:00"), ZONE)).toMatchObject({ fromDay: "2026-03-11", untilDay: "2026-03-11" });
});

test("a claim of a week that is over is looked at as that week ended", () => {
  const claimedAt = at("2026-03-12T09:00");
  const spans = spansOfClaim(task({ period: "weekly" }), { period: "2026-03-09", claimedAt }, at("2026-03-20T09:00"), ZONE);
  expect(spans.map(({ from, until }) => [from, until])).toEqual([
    [startOfDay(parseDay("2026-03-09"), ZONE), second(claimedAt, 0.001)], [startOfDay(parseDay("2026-03-09"), ZONE), endOfDay(parseDay("2026-03-15"), ZONE)],
  ]);
});

test("a claim of a campaign's earlier run is history: nothing is held against it", () => {
  const again = task({ period: "campaign", startsAt: at("2026-04-01T00:00"), endsAt: at("2026-04-08T00:00") });
  expect(spansOfClaim(again, { period: "2026-03-01", claimedAt: at("2026-03-02T00:00") }, at("2026-04-02T00:00"), ZONE)).toEqual([]);
});

test("a task that was moved to a later start after a claim counts what it counted then", () => {
  const moved = task({ startsAt: at("2026-05-01T00:00") });
  const spans = spansOfClaim(moved, { period: "once", claimedAt: at("2026-03-02T00:00") }, at("2026-03-03T00:00"), ZONE);
  expect(spans.map(({ from }) => from)).toEqual([null, null]);
});
