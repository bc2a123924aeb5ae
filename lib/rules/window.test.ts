import fc from "fast-check";
import { expect, test } from "vitest";

import { instantAt, wallTimeOf } from "./window";

test.each([
  ["2026-11-11T00:00", "Asia/Shanghai", "2026-11-10T16:00:00.000Z"],
  ["2026-03-29T02:30", "Europe/Berlin", "2026-03-29T01:30:00.000Z"],
  ["2026-10-25T02:30", "Europe/Berlin", "2026-10-25T00:30:00.000Z"],
  ["2026-10-25T23:59", "Europe/Berlin", "2026-10-25T22:59:00.000Z"],
  ["2026-01-01T00:00", "Pacific/Kiritimati", "2025-12-31T10:00:00.000Z"],
])("%s in %s is %s", (wallTime, zone, instant) => {
  expect(instantAt(wallTime, zone)?.toISOString()).toBe(instant);
});

test.each(["", "2026-02-30T10:00", "2026-01-01", "2026-01-01T24:00", "tomorrow"])("%j is no time", (text) => {
  expect(instantAt(text, "Asia/Shanghai")).toBeNull();
});

test("what a field shows is what it was made of", () => {
  const zones = fc.constantFrom("Asia/Shanghai", "America/New_York", "Europe/Berlin", "Australia/Lord_Howe", "Pacific/Kiritimati", "Asia/Kathmandu");
  fc.assert(fc.property(fc.integer({ min: 24_000_000, max: 35_000_000 }), zones, (minutes, zone) => {
    const shown = wallTimeOf(new Date(minutes * 60_000), zone);
    expect(wallTimeOf(instantAt(shown, zone)!, zone)).toBe(shown);
  }));
});
