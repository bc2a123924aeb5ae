import { expect, test } from "vitest";

import { parseDay } from "@/lib/day";

import { periodOf } from "./period";

const last = parseDay("2026-11-20");

test("a period ends with the last whole day, and the one before it ends the day before it begins", () => {
  expect(periodOf("7", last)).toEqual({ days: 7, range: { first: "2026-11-14", last: "2026-11-20" }, before: { first: "2026-11-07", last: "2026-11-13" } });
});

test.each(["", "0", "31", "-7", "7.0", "1e1", "90 OR 1"])("what is no period (%j) is thirty days", (text) => {
  expect(periodOf(text, last).days).toBe(30);
});
