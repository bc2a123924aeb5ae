import { expect, test } from "vitest";

import { DEFAULT_RISK, type RiskPolicy } from "@/lib/settings/risk";

import { hourOf, judgeBurst, judgeDevice, judgeGuessing, judgeRefunds, modeOf } from "./judge";

const policy: RiskPolicy = {
  velocity: { mode: "freeze", pointsPerDay: 1_000 }, sharedDevice: { mode: "observe", accounts: 4 }, refundRatio: { mode: "hold", percent: 60, ordersMin: 5 },
  newAccountBurst: { mode: "off", hours: 24, orders: 5 }, couponGuessing: { mode: "freeze", times: 20 },
};

test.each([[1, false], [3, false], [4, true], [5, true]])("a device of %i accounts of at most three: %s", (accounts, isFound) => {
  const found = judgeDevice({ deviceKey: "d1", accounts, byAddress: 0 }, policy);
  expect(found).toEqual(isFound ? { rule: "shared_device", subject: "d1", evidence: { accounts, limit: 4 } } : null);
});

test.each([[1, 9, false], [2, 1, false], [2, 2, true], [3, 1, true], [4, 0, true]])("a device of %i accounts and %i more at their address, of at most three: %s", (accounts, byAddress, isFound) => {
  const found = judgeDevice({ deviceKey: "d1", accounts, byAddress }, policy);
  expect(found?.evidence ?? null).toEqual(isFound ? { accounts, ...(byAddress > 0 ? { byAddress } : {}), limit: 4 } : null);
});

test.each([
  [4, 4, null], [5, 2, null], [5, 3, 60], [10, 5, null], [10, 6, 60], [7, 4, null], [7, 5, 71], [0, 0, null],
])("of %i orders %i taken back: %s percent", (orders, takenBack, percent) => {
  const found = judgeRefunds({ month: "2026-03", orders, takenBack }, policy);
  expect(found).toEqual(percent === null ? null : { rule: "refund_ratio", subject: "2026-03", evidence: { orders, takenBack, percent, limit: 60 } });
});

test.each([[4, false], [5, true], [9, true]])("%i orders in the first hours: %s", (orders, isFound) => {
  expect(judgeBurst({ orders }, policy) !== null).toBe(isFound);
});

test.each([[19, false], [20, true], [21, true]])("%i wrong codes within an hour: %s", (times, isFound) => {
  const found = judgeGuessing({ hourStartsAt: new Date("2026-03-10T08:00:00Z"), times }, policy);
  expect(found?.subject ?? null).toBe(isFound ? "2026-03-10T08:00:00.000Z" : null);
});

test.each([["2026-03-10T08:00:00.000Z", "08"], ["2026-03-10T08:59:59.999Z", "08"], ["2026-03-10T09:00:00.000Z", "09"]])("%s is in the hour of %s", (at, hour) => {
  expect(hourOf(new Date(at)).toISOString()).toBe(`2026-03-10T${hour}:00:00.000Z`);
});

test("each rule has the mode that was set for it", () => {
  expect(["velocity", "shared_device", "refund_ratio", "new_account_burst", "coupon_guessing"].map((rule) => modeOf(rule as never, policy))).toEqual(["freeze", "observe", "hold", "off", "freeze"]);
  expect(modeOf("velocity", DEFAULT_RISK)).toBe("freeze");
});
