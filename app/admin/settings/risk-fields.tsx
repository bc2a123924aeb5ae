"use client";

import { NumberField } from "@/components/admin/number-field";
import { Part, Ways, type FieldsProps } from "./fields";
import { RISK_NAMES, RISK_NUMBERS, riskField, type RiskName } from "./risk-input";

const MODES = ["freeze", "hold", "observe", "off"] as const;

/** What is watched for, how far somebody may go, and what happens beyond it. */
export function RiskFields({ policy, words: { risk: words, form }, errors }: FieldsProps) {
  return (
    <>
      <p className="text-dense text-pretty text-muted">{words.lead}</p>
      {RISK_NAMES.map((rule) => (
        <Part key={rule} id={rule} title={words.rules[rule].title}>
          <p className="text-caption text-pretty text-muted">{words.rules[rule].lead}</p>
          <div className="grid items-start gap-4 sm:grid-cols-2">{fieldsOf(rule)}</div>
          <Ways
            name={riskField(rule, "mode")} legend={words.then} values={MODES} value={policy.risk[rule].mode} titles={words.modes} means={words.modeMeans} error={errors[riskField(rule, "mode")]}
          />
        </Part>
      ))}
    </>
  );

  function fieldsOf(rule: RiskName) {
    const values: Readonly<Record<string, number | string>> = policy.risk[rule];
    return RISK_NUMBERS[rule].map((name) => {
      const { label, hint, unit } = words.numbers[name];
      return <NumberField key={name} name={riskField(rule, name)} label={label} hint={hint} unit={form.units[unit as keyof typeof form.units] ?? unit} defaultValue={Number(values[name])} error={errors[riskField(rule, name)]} />;
    });
  }
}
