import { expect, test } from "vitest";

import { expiryOf, graceUntil } from "./expiry";

const policy = { timeZone: "Asia/Shanghai", pointValidityDays: 365, restoreGraceDays: 30 };

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

test("the day at whose end points expire may be one of 23 or 25 hours", () => {
  const newYork = { ...policy, timeZone: "America/New_York", pointValidityDays: 1 };
  expect(expiryOf(new Date("2026-03-07T17:00:00Z"), newYork).toISOString()).toBe("2026-03-09T04:00:00.000Z");
  expect(expiryOf(new Date("2026-10-31T17:00:00Z"), newYork).toISOString()).toBe("2026-11-02T05:00:00.000Z");
});

test("the grace period ends at the end of its last day", () => {
  expect(graceUntil(new Date("2026-03-10T08:00:00Z"), policy).toISOString()).toBe("2026-04-09T16:00:00.000Z");
});
