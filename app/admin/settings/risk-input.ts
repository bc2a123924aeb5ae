import { numberIn, type Fields } from "./expiry-input";

/** The risk rules and the numbers of each, as their fields are named: "risk.<rule>.<number>", which is also where a mistake in one is told. */
export const RISK_NUMBERS = {
  velocity: ["pointsPerDay"],
  sharedDevice: ["accounts"],
  refundRatio: ["percent", "ordersMin"],
  newAccountBurst: ["orders", "hours"],
  couponGuessing: ["times"],
} as const;

export type RiskName = keyof typeof RISK_NUMBERS;
export const RISK_NAMES = Object.keys(RISK_NUMBERS) as RiskName[];
export type RiskNumber = (typeof RISK_NUMBERS)[RiskName][number];

export const riskField = (rule: RiskName, name: RiskNumber | "mode"): string => `risk.${rule}.${name}`;

/** What the form of the risk rules sends, as the setting that it is. */
export const riskFrom = (fields: Fields): Record<string, unknown> =>
  Object.fromEntries(RISK_NAMES.map((rule) => [
    rule, { mode: fields[riskField(rule, "mode")], ...Object.fromEntries(RISK_NUMBERS[rule].map((name) => [name, numberIn(fields[riskField(rule, name)])])) },
  ]));
