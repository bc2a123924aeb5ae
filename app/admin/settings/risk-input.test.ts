import { expect, test } from "vitest";

import { SettingsInput } from "@/lib/settings/schema";
import { DEFAULT_RISK, RiskPolicy } from "@/lib/settings/risk";

import { RISK_NAMES, RISK_NUMBERS, riskField, riskFrom } from "./risk-input";

const fieldsOf = (risk: RiskPolicy): Record<string, string> =>
  Object.fromEntries(RISK_NAMES.flatMap((rule) => (["mode", ...RISK_NUMBERS[rule]] as const).map((name) => [riskField(rule, name), String((risk[rule] as Record<string, string | number>)[name])])));

test("what the form shows is what it sends: every rule with its mode and numbers", () => {
  expect(riskFrom(fieldsOf(DEFAULT_RISK))).toEqual(DEFAULT_RISK);
  expect(RiskPolicy.safeParse(riskFrom({})).success).toBe(false);
});

test("a number that is out of range is told at its field", () => {
  const risk = riskFrom({ ...fieldsOf(DEFAULT_RISK), [riskField("velocity", "pointsPerDay")]: "0" });
  const parsed = SettingsInput.safeParse({ requestId: "k", section: "risk", risk });
  expect(parsed.error?.issues.map(({ path }) => path.join("."))).toEqual(["risk.velocity.pointsPerDay"]);
});
