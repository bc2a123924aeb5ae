import { expect, test } from "vitest";

import { ExpiryPolicy } from "@/lib/settings/expiry";

import { expiryFrom, meaningOf, type Fields } from "./expiry-input";

const now = new Date("2027-01-31T04:00:00Z");
const ZONE = "Asia/Shanghai";

const rolling = { "expiry.kind": "rolling", "expiry.every": "1", "expiry.unit": "month", "expiry.roundTo": "" };
const calendar = { "expiry.kind": "calendar", "expiry.dates.0.month": "02", "expiry.dates.0.day": "29", "expiry.dates.1.month": "12", "expiry.dates.1.day": "31" };

test.each([
  [{ "expiry.kind": "none" }, { kind: "none" }],
  [rolling, { kind: "rolling", every: 1, unit: "month", roundTo: null }],
  [{ ...rolling, "expiry.roundTo": "quarter" }, { kind: "rolling", every: 1, unit: "month", roundTo: "quarter" }],
  [calendar, { kind: "calendar", dates: ["02-29", "12-31"] }],
  [{ "expiry.kind": "sliding", "expiry.inactiveDays": " 90 " }, { kind: "sliding", inactiveDays: 90 }],
])("the fields %j are a policy", (fields, policy) => {
  expect(ExpiryPolicy.parse(expiryFrom({ ...calendar, ...rolling, ...fields, ...(fields["expiry.kind"] === "calendar" ? calendar : {}) }))).toEqual(policy);
});

test.each(["", "1e3", "0.5", "+5", "٣", "99999999999"])("%j is not a count: it stays what it is, and the schema refuses it", (every) => {
  const policy = expiryFrom({ ...rolling, "expiry.every": every });
  expect(policy).toMatchObject({ every });
  expect(ExpiryPolicy.safeParse(policy).success).toBe(false);
});

test.each([
  [{ ...rolling }, "2027-02-28"],
  [{ ...rolling, "expiry.roundTo": "quarter" }, "2027-03-31"],
  [calendar, "2027-02-28"],
  [{ "expiry.kind": "sliding", "expiry.inactiveDays": "7" }, "2027-02-07"],
])("the example of %j is points that are earned today and end with a day", (fields, until) => {
  expect(meaningOf(fields, ZONE, now)).toEqual({ kind: fields["expiry.kind"], today: "2027-01-31", until });
});

test.each([{ ...rolling, "expiry.every": "" }, { ...rolling, "expiry.every": "0" }, { "expiry.kind": "calendar" }, { "expiry.kind": "sliding", "expiry.inactiveDays": "x" }, {}])("%j has no example yet", (fields) => {
  expect(meaningOf(fields as Fields, ZONE, now)).toEqual({ kind: "unfinished" });
});

test("points that never expire need no date", () => {
  expect(meaningOf({ "expiry.kind": "none" }, ZONE, now)).toMatchObject({ kind: "none", today: "2027-01-31" });
});
