import { expect, test } from "vitest";

import { flashFrom } from "./flash-input";

const fields = (values: Record<string, string>): FormData => {
  const form = new FormData();
  for (const [name, value] of Object.entries({ requestId: "r", name: "tea", startsAt: "2026-11-21T20:00", endsAt: "2026-11-21T21:00", ...values })) form.set(name, value);
  return form;
};

test("times are of the shop's wall clock, wherever the machine is", () => {
  expect(flashFrom(fields({}), "Asia/Shanghai")).toMatchObject({ startsAt: new Date("2026-11-21T12:00:00Z"), endsAt: new Date("2026-11-21T13:00:00Z") });
  expect(flashFrom(fields({}), "America/New_York")).toMatchObject({ startsAt: new Date("2026-11-22T01:00:00Z") });
});

test("a time that was not touched stays what it was, to the millisecond; one that was is the minute", () => {
  const was = "2026-11-21T12:00:30.500Z";
  expect(flashFrom(fields({ startsAtWas: was }), "Asia/Shanghai").startsAt).toEqual(new Date(was));
  expect(flashFrom(fields({ startsAtWas: was, startsAt: "2026-11-21T20:01" }), "Asia/Shanghai").startsAt).toEqual(new Date("2026-11-21T12:01:00Z"));
});

test("what is no time is left to the schema, and no cash is none", () => {
  expect(flashFrom(fields({ startsAt: "soon", cashPrice: " " }), "Asia/Shanghai")).toMatchObject({ startsAt: "no time", cashPriceCents: 0 });
  expect(flashFrom(fields({ cashPrice: "9.9" }), "Asia/Shanghai").cashPriceCents).toBe(990);
});
