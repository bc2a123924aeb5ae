import fc from "fast-check";
import { expect, test } from "vitest";

import { DEFAULT_POLICY } from "@/lib/settings/policy";

import { hasOwnBrand, paysForReal, SETUP_STEPS, setupOf, type SetupStep } from "./checklist";

const facts = fc.record(Object.fromEntries(SETUP_STEPS.map((step) => [step, fc.boolean()]))) as fc.Arbitrary<Record<SetupStep, boolean>>;

test("what is done is counted, and complete is when nothing is left", () => {
  fc.assert(fc.property(facts, (isDone) => {
    const setup = setupOf(isDone);
    expect(setup.done).toBe(Object.values(isDone).filter(Boolean).length);
    expect(setup.isComplete).toBe(Object.values(isDone).every(Boolean));
    expect(setup.steps.map(({ step }) => step)).toEqual(SETUP_STEPS);
    expect(setup.steps.every((each) => each.isDone === isDone[each.step])).toBe(true);
  }));
});

test.each([
  [{}, false], [{ logo: "a".repeat(22) }, true], [{ brandHue: 0 }, true], [{ shopName: "溪边小铺" }, true], [{ shopNameEn: "By the Brook" }, true],
])("a shop with %j has a brand of its own: %s", (changes, expected) => {
  expect(hasOwnBrand({ ...DEFAULT_POLICY, ...changes })).toBe(expected);
});

test("the test cashier takes no money, and neither does what is switched off", () => {
  expect(paysForReal(["test"], { paymentsOff: [] })).toBe(false);
  expect(paysForReal([], { paymentsOff: [] })).toBe(false);
  expect(paysForReal(["stripe", "test"], { paymentsOff: [] })).toBe(true);
  expect(paysForReal(["stripe", "test"], { paymentsOff: ["stripe"] })).toBe(false);
  expect(paysForReal(["wechat", "stripe"], { paymentsOff: ["stripe"] })).toBe(true);
});
