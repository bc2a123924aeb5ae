"use client";

import type { ReactNode } from "react";
import { Choice } from "@/components/admin/choice";
import { NumberField } from "@/components/admin/number-field";
import { Card } from "@/components/ui/card";
import { Field, Input } from "@/components/ui/field";
import { yuanFromCents } from "@/lib/catalog/yuan";
import { fill, formatPoints, type Locale } from "@/lib/i18n";
import type { PaymentState } from "@/lib/payment-states";
import type { Policy } from "@/lib/settings/policy";
import type { Range } from "@/lib/settings/schema";
import type messages from "@/messages/zh-CN/adminSettings.json";

/** The words of the settings: a server component picks them for the browser. */
export type SettingsWords = typeof messages;

/** What every section's fields are given. */
export type FieldsProps = {
  policy: Policy;
  /** What each number may be. */
  ranges: Readonly<Record<string, Range>>;
  zones: readonly string[];
  /** Every way to pay; only where they are edited. */
  payments: readonly PaymentState[];
  words: SettingsWords;
  locale: Locale;
  now: Date;
  errors: Readonly<Record<string, string>>;
  /** The form's fields came or went without being typed into. */
  onChange: () => void;
};

export function Part({ id, title, children }: { id: string; title: string; children: ReactNode }) {
  return (
    <Card as="section" aria-labelledby={`${id}-title`}>
      <h2 id={`${id}-title`} className="mb-3 text-section font-semibold">{title}</h2>
      <div className="grid gap-4">{children}</div>
    </Card>
  );
}

type WholeProps = Pick<FieldsProps, "policy" | "ranges" | "words" | "locale" | "errors"> & {
  name: { [Name in keyof Policy]: Policy[Name] extends number ? Name : never }[keyof Policy];
  label: string;
  hint: string;
  unit: keyof SettingsWords["form"]["units"];
};

/** A setting that is a whole number, with what it may be. */
export function Whole({ policy, ranges, words, locale, errors, name, label, hint, unit }: WholeProps) {
  const range = ranges[name];
  const said = range ? fill(words.form.range, { hint, min: formatPoints(locale, range.min), max: formatPoints(locale, range.max) }) : hint;
  return <NumberField name={name} label={label} hint={said} unit={words.form.units[unit]} defaultValue={policy[name]} error={errors[name]} />;
}

/** A setting that is an amount of cash: kept in cents, written in yuan. */
export function Amount({ policy, words, errors, name, label, hint }: Omit<WholeProps, "unit" | "ranges" | "locale">) {
  return <NumberField name={name} label={label} hint={hint} unit={words.form.units.yuan} isDecimal defaultValue={yuanFromCents(policy[name])} error={errors[name]} />;
}

type WaysProps<Value extends string> = {
  name: string;
  legend: string;
  hint?: string;
  values: readonly Value[];
  value: Value;
  titles: Readonly<Record<Value, string>>;
  means: Readonly<Record<Value, string>>;
  error?: string;
  onChoose?: (value: Value) => void;
};

/** One of several ways, each with what it means. */
export function Ways<Value extends string>({ name, legend, hint, values, value, titles, means, error, onChoose }: WaysProps<Value>) {
  return (
    <fieldset aria-describedby={hint && `${name}-hint`}>
      <legend className="mb-1.5 text-caption font-medium">{legend}</legend>
      {hint && <p id={`${name}-hint`} className="mb-2 text-caption text-muted">{hint}</p>}
      <div className="grid gap-2 sm:grid-cols-2">
        {values.map((each) => (
          <Choice key={each} name={name} value={each} defaultChecked={each === value} onChange={() => onChoose?.(each)} title={titles[each]} explanation={means[each]} />
        ))}
      </div>
      {error && <p className="mt-2 text-caption text-danger">{error}</p>}
    </fieldset>
  );
}

type SwitchProps = { name: string; label: string; hint: string; isOn: boolean };

export function Switch({ name, label, hint, isOn }: SwitchProps) {
  return (
    <div className="grid gap-1.5">
      <label className="flex min-h-6 cursor-pointer items-start gap-2.5 text-dense font-medium">
        <input type="checkbox" name={name} defaultChecked={isOn} aria-describedby={`${name}-hint`} className="size-6 shrink-0 accent-primary" />
        <span className="pt-0.5">{label}</span>
      </label>
      <p id={`${name}-hint`} className="ps-8.5 text-caption text-muted">{hint}</p>
    </div>
  );
}

type ListProps = { name: string; label: string; hint: string; values: readonly number[]; errors: FieldsProps["errors"] };

/** A few numbers in one line. An error of any of them is the field's. */
export function NumberList({ name, label, hint, values, errors }: ListProps) {
  const error = errors[name] ?? Object.entries(errors).find(([field]) => field.startsWith(`${name}.`))?.[1];
  return (
    <Field id={name} label={label} hint={hint} error={error}>
      {(wiring) => <Input {...wiring} name={name} shape="dense" autoComplete="off" defaultValue={values.join(", ")} maxLength={60} className="max-w-80 tabular-nums" />}
    </Field>
  );
}
