"use client";

import { flushSync } from "react-dom";
import { Button } from "../ui/button";
import { Card } from "../ui/card";
import { Icon } from "../ui/icon";
import { ConditionFields } from "./rule-condition";
import { CONDITIONS, type ConditionKind, type FieldErrors, type RuleChoices } from "./rule-draft";
import type { RuleWords } from "./rule-words";
import { conditionFits } from "@/lib/rules/fits";
import { fill } from "@/lib/i18n";
import type { Action, Condition } from "@/lib/rules/rule";

type ConditionsProps = {
  action: Action;
  kinds: readonly ConditionKind[];
  saved: readonly Condition[];
  choices: RuleChoices;
  words: RuleWords;
  errors: FieldErrors;
  onChange: (kinds: ConditionKind[]) => void;
};

/** A rule has one condition of a kind at the most, so the kind is what tells them apart. Focus goes where the hands were. */
export function Conditions({ action, kinds, saved, choices, words, errors, onChange }: ConditionsProps) {
  const more = CONDITIONS.filter((kind) => conditionFits(action, kind) && !kinds.includes(kind));

  function add(kind: ConditionKind) {
    flushSync(() => onChange([...kinds, kind]));
    document.getElementById(`condition-${kind}`)?.querySelector<HTMLElement>("input:not([type=hidden]), select")?.focus();
  }
  function remove(kind: ConditionKind) {
    flushSync(() => onChange(kinds.filter((each) => each !== kind)));
    document.getElementById(`add-${kind}`)?.focus();
  }

  return (
    <Card as="section" aria-labelledby="conditions-title">
      <h2 id="conditions-title" className="mb-1 text-section font-semibold">{words.conditions}</h2>
      <p className="mb-3 text-caption text-muted">{words.conditionsHint}</p>
      <div className="grid gap-4">
        {kinds.map((kind, index) => (
          <fieldset key={kind} id={`condition-${kind}`} className="min-w-0 rounded-card border border-border p-4 pt-2">
            <legend className="px-1 text-dense font-semibold">{words.kinds[kind]}</legend>
            <input type="hidden" name={`definition.conditions.${index}.kind`} value={kind} />
            <ConditionFields kind={kind} index={index} saved={saved.find((condition) => condition.kind === kind) ?? null} choices={choices} words={words} errors={errors} />
            {errors[`definition.conditions.${index}.kind`] && <p className="mt-2 text-caption text-danger">{errors[`definition.conditions.${index}.kind`]}</p>}
            <Button look="quiet" size="filter" className="mt-2 -ms-2.5" aria-label={fill(words.remove, { condition: words.kinds[kind] })} onClick={() => remove(kind)}>
              <Icon name="x" size={16} />{fill(words.remove, { condition: words.kinds[kind] })}
            </Button>
          </fieldset>
        ))}
        {kinds.length === 0 && <p className="text-dense text-muted">{words.none}</p>}
      </div>
      {more.length > 0 && (
        <div role="group" aria-label={words.add} className="mt-4 flex flex-wrap items-center gap-2">
          {more.map((kind) => <Button key={kind} id={`add-${kind}`} size="filter" onClick={() => add(kind)}><Icon name="plus" size={16} />{words.kinds[kind]}</Button>)}
        </div>
      )}
    </Card>
  );
}
