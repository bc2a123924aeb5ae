"use client";

import { Card } from "../ui/card";
import { TextField } from "../ui/field";
import { NumberField } from "./number-field";
import { EventName } from "./rule-condition";
import { ChoiceList } from "./rule-controls";
import type { FieldErrors } from "./rule-draft";
import type { EffectKind } from "./rule-effect";
import type { RuleWords } from "./rule-words";
import { givesPoints, holdingFits } from "@/lib/rules/fits";
import type { Action, Definition, Holding } from "@/lib/rules/rule";

type PartProps = { saved: Definition; words: RuleWords; errors: FieldErrors };

const TIMES = ["timesPerDay", "timesInAll", "cooldownHours"] as const;
const POINTS = ["pointsPerDay", "pointsInAll", "budget"] as const;

/** How often and how much. A card has no points, so nothing limits them. */
export function CapFields({ effect, saved, words, errors }: PartProps & { effect: EffectKind }) {
  const at = (field: string): string => `definition.caps.${field}`;
  const cap = (name: (typeof TIMES | typeof POINTS)[number]) => <NumberField key={name} name={at(name)} label={words[name]} defaultValue={saved.caps[name] ?? ""} error={errors[at(name)]} />;
  return (
    <Card as="section" aria-labelledby="caps-title">
      <h2 id="caps-title" className="mb-1 text-section font-semibold">{words.caps}</h2>
      <p className="mb-3 text-caption text-muted">{words.capsHint}</p>
      <div className="grid items-start gap-4 sm:grid-cols-3">
        {TIMES.map(cap)}
        {effect !== "perk" && POINTS.map(cap)}
      </div>
      {effect !== "perk" && (
        <div className="mt-4 sm:max-w-72">
          <ChoiceList
            name={at("overflow")} label={words.overflow} defaultValue={saved.caps.overflow}
            options={(["truncate", "reject"] as const).map((value) => ({ value, label: words.overflows[value] }))}
          />
        </div>
      )}
    </Card>
  );
}

export type HoldingKind = Holding["kind"];
export type ExpiryKind = "policy" | "none" | "rolling" | "calendar";
const HOLDINGS = ["none", "days", "receipt", "event"] as const satisfies readonly HoldingKind[];
const EXPIRIES = ["policy", "none", "rolling", "calendar"] as const satisfies readonly ExpiryKind[];

type KeepingProps = PartProps & {
  action: Action;
  effect: EffectKind;
  holding: HoldingKind;
  expiry: ExpiryKind;
  onHolding: (kind: HoldingKind) => void;
  onExpiry: (kind: ExpiryKind) => void;
};

/** From when the points can be spent, and until when. What multipliers add follows what they multiply. */
export function KeepingFields({ action, effect, holding, expiry, saved, words, errors, onHolding, onExpiry }: KeepingProps) {
  if (!givesPoints(effect)) return null;
  const at = (field: string): string => `definition.${field}`;
  return (
    <Card as="section" aria-labelledby="keeping-title">
      <h2 id="keeping-title" className="mb-3 text-section font-semibold">{words.keeping}</h2>
      <div className="grid items-start gap-4 sm:grid-cols-2">
        <div className="grid gap-4">
          <ChoiceList
            key={action} name={at("holding.kind")} label={words.holding} defaultValue={holding} error={errors[at("holding.kind")]} onChange={(value) => onHolding(value as HoldingKind)}
            options={HOLDINGS.filter((each) => holdingFits(action, effect, each)).map((value) => ({ value, label: words.holdings[value] }))}
          />
          {holding === "days" && <NumberField name={at("holding.days")} label={words.holdingDays} defaultValue={saved.holding.kind === "days" ? saved.holding.days : 7} error={errors[at("holding.days")]} />}
          {holding === "event" && <EventName name={at("holding.name")} label={words.holdingEvent} words={words} value={saved.holding.kind === "event" ? saved.holding.name : ""} error={errors[at("holding.name")]} />}
        </div>
        <div className="grid gap-4">
          <ChoiceList
            name={at("expiry.kind")} label={words.expiry} defaultValue={expiry} error={errors[at("expiry.kind")]} onChange={(value) => onExpiry(value as ExpiryKind)}
            options={EXPIRIES.map((value) => ({ value, label: words.expiries[value] }))}
          />
          <ExpiryValue kind={expiry} saved={saved} words={words} errors={errors} />
        </div>
      </div>
    </Card>
  );
}

function ExpiryValue({ kind, saved: { expiry }, words, errors }: PartProps & { kind: ExpiryKind }) {
  const at = (field: string): string => `definition.expiry.${field}`;
  const rolling = expiry?.kind === "rolling" ? expiry : null;
  if (kind === "calendar") {
    return (
      <TextField
        id={at("dates")} name={at("dates")} shape="dense" label={words.dates} hint={words.datesHint} autoComplete="off" maxLength={200}
        defaultValue={expiry?.kind === "calendar" ? expiry.dates.join(", ") : "12-31"} error={errors[at("dates")]}
      />
    );
  }
  if (kind !== "rolling") return null;
  return (
    <>
      <div className="grid grid-cols-2 items-start gap-4">
        <NumberField name={at("every")} label={words.every} defaultValue={rolling?.every ?? 12} error={errors[at("every")]} />
        <ChoiceList name={at("unit")} label={words.unit} defaultValue={rolling?.unit ?? "month"} options={(["day", "month", "year"] as const).map((value) => ({ value, label: words.units[value] }))} />
      </div>
      <ChoiceList
        name={at("roundTo")} label={words.roundTo} defaultValue={rolling?.roundTo ?? ""}
        options={[{ value: "", label: words.roundTos.no }, ...(["month", "quarter", "year"] as const).map((value) => ({ value, label: words.roundTos[value] }))]}
      />
    </>
  );
}
