"use client";

import { useRef, useState } from "react";
import { NumberField } from "@/components/admin/number-field";
import { Field, Select } from "@/components/ui/field";
import { Notice } from "@/components/ui/notice";
import { fill, formatDay } from "@/lib/i18n";
import { ExpiryDates } from "./expiry-dates";
import { meaningOf, type Meaning } from "./expiry-input";
import { Ways, type FieldsProps } from "./fields";

const KINDS = ["none", "rolling", "calendar", "sliding"] as const;
const UNITS = ["day", "month", "year"] as const;
const ROUNDS = ["none", "month", "quarter", "year"] as const;

/**
 * When points expire, with what that means for points earned today. The fields of every kind are always in the form: what was typed
 * for one is still there after a look at another, and only the chosen kind's are read.
 */
export function ExpiryFields({ policy, words: { points: words }, locale, now, errors, onChange }: FieldsProps) {
  const { expiry, timeZone } = policy;
  const frame = useRef<HTMLDivElement>(null);
  const [kind, setKind] = useState(expiry.kind);
  const [typed, setTyped] = useState<Record<string, string> | null>(null);

  function read() {
    const form = frame.current?.closest("form");
    if (form) setTyped(Object.fromEntries([...new FormData(form)].flatMap(([name, value]) => (typeof value === "string" ? [[name, value]] : []))));
    onChange();
  }

  const saved = fieldsOf(expiry);
  const meaning = meaningOf(typed ?? saved, timeZone, now);
  return (
    <div ref={frame} onInput={read} className="grid gap-4">
      <Ways
        name="expiry.kind" legend={words.expiryHint} values={KINDS} value={expiry.kind} titles={words.kinds} means={words.kindMeans}
        error={errors["expiry.kind"] ?? errors.expiry} onChoose={setKind}
      />
      <div hidden={kind !== "rolling"}>
        <div className="grid items-start gap-4 sm:grid-cols-3">
          <NumberField name="expiry.every" label={words.every} defaultValue={saved["expiry.every"] ?? ""} error={errors["expiry.every"]} />
          <Field id="expiry.unit" label={words.unit} error={errors["expiry.unit"]}>
            {(wiring) => (
              <Select {...wiring} name="expiry.unit" shape="dense" defaultValue={saved["expiry.unit"]}>
                {UNITS.map((unit) => <option key={unit} value={unit}>{words.units[unit]}</option>)}
              </Select>
            )}
          </Field>
          <Field id="expiry.roundTo" label={words.roundTo} error={errors["expiry.roundTo"]}>
            {(wiring) => (
              <Select {...wiring} name="expiry.roundTo" shape="dense" defaultValue={saved["expiry.roundTo"]}>
                {ROUNDS.map((round) => <option key={round} value={round === "none" ? "" : round}>{words.rounds[round]}</option>)}
              </Select>
            )}
          </Field>
        </div>
      </div>
      <div hidden={kind !== "calendar"}>
        <ExpiryDates dates={expiry.kind === "calendar" ? expiry.dates : ["12-31"]} words={words} locale={locale} errors={errors} onChange={read} />
      </div>
      <div hidden={kind !== "sliding"}>
        <div className="max-w-80"><NumberField name="expiry.inactiveDays" label={words.inactiveDays} defaultValue={saved["expiry.inactiveDays"] ?? ""} error={errors["expiry.inactiveDays"]} /></div>
      </div>
      <section aria-label={words.meaning} aria-live="polite"><Notice>{sentence(meaning, words.means, (day) => formatDay(locale, day, "dayAndYear"))}</Notice></section>
    </div>
  );
}

/** The saved policy as the fields that would be sent for it, with something sensible in those of the other kinds. */
function fieldsOf(expiry: FieldsProps["policy"]["expiry"]): Record<string, string> {
  const dates = expiry.kind === "calendar" ? expiry.dates : [];
  return {
    "expiry.kind": expiry.kind,
    "expiry.every": String(expiry.kind === "rolling" ? expiry.every : 1),
    "expiry.unit": expiry.kind === "rolling" ? expiry.unit : "year",
    "expiry.roundTo": (expiry.kind === "rolling" && expiry.roundTo) || "",
    "expiry.inactiveDays": String(expiry.kind === "sliding" ? expiry.inactiveDays : 365),
    ...Object.fromEntries(dates.flatMap((date, index) => [[`expiry.dates.${index}.month`, date.slice(0, 2)], [`expiry.dates.${index}.day`, date.slice(3)]])),
  };
}

const sentence = (meaning: Meaning, means: Readonly<Record<Meaning["kind"], string>>, say: (day: string) => string): string =>
  meaning.kind === "unfinished" ? means.unfinished : fill(means[meaning.kind], { today: say(meaning.today), until: say(meaning.until) });
