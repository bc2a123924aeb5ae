import { expect, test } from "vitest";

import { DEFAULT_POLICY, Policy, policyFrom } from "./policy";

test("an empty table is a working shop: Shanghai, 100 points a yuan, a year, a quarter of an hour", () => {
  expect(policyFrom([])).toEqual({ policy: DEFAULT_POLICY, ignored: [] });
  expect(DEFAULT_POLICY).toMatchObject({ timeZone: "Asia/Shanghai", pointsPerYuan: 100, expiry: { kind: "rolling", every: 365, unit: "day", roundTo: null }, restoreGraceDays: 30, paymentMinutes: 15 });
});

test("a row that fits takes the default's place; one that does not is ignored and named", () => {
  const { policy, ignored } = policyFrom([{ name: "timeZone", value: "Europe/London" }, { name: "paymentMinutes", value: 0 }, { name: "nonsense", value: 1 }]);
  expect(policy).toEqual({ ...DEFAULT_POLICY, timeZone: "Europe/London" });
  expect(ignored).toEqual(["paymentMinutes", "nonsense"]);
});

test.each([
  ["timeZone", "Mars/Olympus"], ["timeZone", ""], ["pointsPerYuan", 0], ["pointsPerYuan", 101], ["pointsPerYuan", 1.5], ["pointsPerYuan", "100"], ["expiry", { kind: "rolling", every: 0, unit: "day", roundTo: null }], ["expiry", { kind: "calendar", dates: ["13-01"] }], ["expiry", { kind: "never" }], ["restoreGraceDays", -1], ["paymentMinutes", 1_441],
  ["paymentMinutes", NaN], ["paymentMinutes", null], ["__proto__", {}], ["constructor", 1],
])("%s cannot be %j", (name, value) => {
  expect(policyFrom([{ name, value }])).toEqual({ policy: DEFAULT_POLICY, ignored: [name] });
});

test("the defaults are what the schema says", () => {
  expect(Policy.parse({})).toEqual(DEFAULT_POLICY);
});
