import { expect, test } from "vitest";

import { dayOf, parseDay } from "@/lib/day";

import { localDaySql, offsetsOf } from "./local-day";

const until = parseDay("2026-11-21");

/** What the CASE of `localDaySql` says, in the way in which MySQL reads it. */
function dayBySql(at: Date, zone: string): string {
  const offsets = offsetsOf(zone, until);
  const { minutes } = [...offsets].reverse().find(({ from }) => from <= at) ?? offsets[0]!;
  return new Date(at.getTime() + minutes * 60_000).toISOString().slice(0, 10);
}

test.each(["Asia/Shanghai", "America/New_York", "Europe/London", "Australia/Lord_Howe", "America/Santiago", "America/St_Johns"])(
  "in %s the day of every half hour of a year is that of the wall clock, on days of 23 and 25 hours too", (zone) => {
    for (let at = Date.UTC(2026, 0, 1); at < Date.UTC(2027, 0, 1); at += 1_800_000) {
      const instant = new Date(at);
      if (dayBySql(instant, zone) !== dayOf(instant, zone)) expect([zone, instant.toISOString(), dayBySql(instant, zone)]).toEqual([zone, instant.toISOString(), dayOf(instant, zone)]);
    }
    expect(offsetsOf(zone, until).length).toBeGreaterThan(0);
  }, 30_000,
);

test("a zone without daylight saving needs no CASE", () => {
  expect(localDaySql("t.created_at", "Asia/Shanghai", until)).toBe("DATE(t.created_at + INTERVAL 480 MINUTE)");
  expect(localDaySql("t.created_at", "America/New_York", until)).toContain("WHEN t.created_at < '2026-11-01 06:00:00' THEN -240");
});
