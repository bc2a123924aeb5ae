"use client";

import { Card } from "../ui/card";
import { TextField } from "../ui/field";
import { Choice } from "./choice";
import { NumberField } from "./number-field";
import { ChoiceList } from "./rule-controls";
import type { FieldErrors } from "./rule-draft";
import type { RuleWords } from "./rule-words";
import { effectFits } from "@/lib/rules/fits";
import type { Action, Definition, Effect } from "@/lib/rules/rule";

export type EffectKind = Effect["kind"];

const KINDS = ["fixed", "per_yuan", "per_item", "ladder", "multiplier", "perk"] as const satisfies readonly EffectKind[];

type EffectFieldsProps = {
  action: Action;
  kind: EffectKind;
  saved: Definition;
  priority: number;
  words: RuleWords;
  errors: FieldErrors;
  onKind: (kind: EffectKind) => void;
};

/** What the rule gives, and how it stands to the others. */
export function EffectFields({ action, kind, saved, priority, words, errors, onKind }: EffectFieldsProps) {
  return (
    <Card as="section" aria-labelledby="effect-title">
      <h2 id="effect-title" className="mb-3 text-section font-semibold">{words.effect}</h2>
      <div className="grid gap-4">
        <div className="grid items-start gap-4 sm:grid-cols-2">
          <ChoiceList
            key={action} name="definition.effect.kind" label={words.effectKind} defaultValue={kind} error={errors["definition.effect.kind"]} onChange={(value) => onKind(value as EffectKind)}
            options={KINDS.filter((each) => effectFits(action, each)).map((value) => ({ value, label: words.effects[value] }))}
          />
          <EffectValue key={kind} kind={kind} saved={saved.effect} words={words} errors={errors} />
        </div>
        <fieldset>
          <legend className="mb-1.5 text-caption font-medium">{words.stacking}</legend>
          <div className="grid gap-2 sm:grid-cols-2">
            {(["yes", "no"] as const).map((each) => (
              <Choice key={each} name="definition.stacks" value={each} defaultChecked={saved.stacks === (each === "yes")} title={words.stacks[each]} explanation={words.stacksMean[each]} />
            ))}
          </div>
        </fieldset>
        <div className="sm:max-w-48"><NumberField name="priority" label={words.priority} hint={words.priorityHint} defaultValue={priority} error={errors.priority} /></div>
      </div>
    </Card>
  );
}

function EffectValue({ kind, saved, words, errors }: { kind: EffectKind; saved: Effect; words: RuleWords; errors: FieldErrors }) {
  const at = (field: string): string => `definition.effect.${field}`;
  if (kind === "ladder") {
    const ladder = saved.kind === "ladder" ? saved : null;
    return (
      <div className="grid gap-4">
        <TextField
          id={at("steps")} name={at("steps")} shape="dense" inputMode="numeric" autoComplete="off" label={words.steps} hint={words.stepsHint} maxLength={2000}
          defaultValue={ladder?.steps.join(", ") ?? ""} error={errors[at("steps")]}
        />
        <ChoiceList
          name={at("after")} label={words.after} defaultValue={ladder?.after}
          options={(["restart", "continue", "month"] as const).map((value) => ({ value, label: words.afters[value] }))}
        />
      </div>
    );
  }
  if (kind === "multiplier") {
    return <NumberField name={at("percent")} label={words.percent} unit="%" hint={words.percentHint} defaultValue={saved.kind === "multiplier" ? saved.percent : 200} error={errors[at("percent")]} />;
  }
  if (kind === "perk") {
    const perk = saved.kind === "perk" ? saved : null;
    return (
      <div className="grid items-start gap-4 sm:grid-cols-2">
        <ChoiceList name={at("perk")} label={words.perk} defaultValue={perk?.perk} options={(["make_up_card", "streak_freeze"] as const).map((value) => ({ value, label: words.perks[value] }))} />
        <NumberField name={at("quantity")} label={words.quantity} defaultValue={perk?.quantity ?? 1} error={errors[at("quantity")]} />
      </div>
    );
  }
  return <NumberField name={at("points")} label={words.effectPoints} unit={words.points} defaultValue={saved.kind === kind && "points" in saved ? saved.points : ""} error={errors[at("points")]} />;
}
