import { TextField } from "../ui/field";
import { NumberField } from "./number-field";
import { ChoiceList, TickList, TimeField } from "./rule-controls";
import type { ConditionKind, ConditionOf, FieldErrors, RuleChoices } from "./rule-draft";
import type { RuleWords } from "./rule-words";
import type { Condition } from "@/lib/rules/rule";
import { yuanFromCents } from "@/lib/catalog/yuan";

type ConditionFieldsProps = {
  kind: ConditionKind;
  index: number;
  /** The saved condition of this kind; null for one that was just added. */
  saved: Condition | null;
  choices: RuleChoices;
  words: RuleWords;
  errors: FieldErrors;
};

const SEGMENTS = ["newcomer", "first_time_buyer", "repeat_buyer", "not_yet_buyer"] as const;

/** The fields of one condition. They are named as the schema names them, so that a refusal finds its field. */
export function ConditionFields({ kind, index, saved, choices, words, errors }: ConditionFieldsProps) {
  const at = (field: string): string => `definition.conditions.${index}.${field}`;
  const part: PartProps = { at, saved, choices, words, errors };
  switch (kind) {
    case "amount":
      return <Amount {...part} />;
    case "category":
      return choices.categories.length === 0 ? <Nothing at={at} text={words.noCategories} /> : (
        <TickList
          name={at("categoryIds")} legend={words.categories} error={errors[at("categoryIds")]} ticked={as(saved, "category")?.categoryIds ?? []}
          options={choices.categories.map(({ id, name }) => ({ value: id, label: name }))}
        />
      );
    case "level":
      return choices.levels.length === 0 ? <Nothing at={at} text={words.noLevels} /> : (
        <ChoiceList
          name={at("rankMin")} label={words.rankMin} error={errors[at("rankMin")]} defaultValue={as(saved, "level")?.rankMin}
          options={choices.levels.map(({ rank, name }) => ({ value: rank, label: name }))}
        />
      );
    case "segment":
      return <ChoiceList name={at("segment")} label={words.segment} defaultValue={as(saved, "segment")?.segment} options={SEGMENTS.map((value) => ({ value, label: words.segments[value] }))} />;
    case "hours":
      return <Hours {...part} />;
    case "weekdays":
      return (
        <TickList
          name={at("days")} legend={words.weekdays} error={errors[at("days")]} ticked={as(saved, "weekdays")?.days ?? [6, 7]}
          options={([1, 2, 3, 4, 5, 6, 7] as const).map((value) => ({ value, label: words.dayNames[value] }))}
        />
      );
    case "streak":
    case "check_ins":
      return <Days kind={kind} {...part} />;
    case "event":
      return <EventName name={at("name")} words={words} error={errors[at("name")]} value={as(saved, "event")?.name} />;
  }
}

type PartProps = { at: (field: string) => string } & Pick<ConditionFieldsProps, "saved" | "choices" | "words" | "errors">;

const as = <Kind extends ConditionKind>(saved: Condition | null, kind: Kind): ConditionOf<Kind> | undefined => (saved?.kind === kind ? (saved as ConditionOf<Kind>) : undefined);

/** There is nothing to choose from; the empty field keeps the form from passing for complete. */
const Nothing = ({ at, text }: { at: PartProps["at"]; text: string }) => <p id={at("kind")} className="text-dense text-muted">{text}</p>;

function Amount({ at, saved, words, errors }: PartProps) {
  const amount = as(saved, "amount");
  return (
    <div className="grid items-start gap-4 sm:grid-cols-2">
      <NumberField name={at("minCents")} label={words.minCents} unit={words.yuan} isDecimal defaultValue={amount ? yuanFromCents(amount.minCents) : "100"} error={errors[at("minCents")]} />
      <NumberField
        name={at("maxCents")} label={words.maxCents} unit={words.yuan} hint={words.optional} isDecimal
        defaultValue={amount && amount.maxCents !== null ? yuanFromCents(amount.maxCents) : ""} error={errors[at("maxCents")]}
      />
    </div>
  );
}

function Hours({ at, saved, words, errors }: PartProps) {
  const hours = as(saved, "hours");
  return (
    <div className="grid items-start gap-4 sm:grid-cols-2">
      <TimeField type="time" name={at("from")} label={words.from} defaultValue={hours?.from ?? "09:00"} error={errors[at("from")]} />
      <TimeField type="time" name={at("to")} label={words.to} hint={words.hoursHint} defaultValue={hours?.to ?? "18:00"} error={errors[at("to")]} />
    </div>
  );
}

function Days({ kind, at, saved, words, errors }: PartProps & { kind: "streak" | "check_ins" }) {
  const streak = as(saved, "streak");
  const count = as(saved, "check_ins");
  if (kind === "check_ins") {
    return (
      <div className="grid items-start gap-4 sm:grid-cols-2">
        <ChoiceList name={at("per")} label={words.per} defaultValue={count?.per} options={(["month", "ever"] as const).map((value) => ({ value, label: words.pers[value] }))} />
        <NumberField name={at("count")} label={words.count} defaultValue={count?.count ?? 7} error={errors[at("count")]} />
      </div>
    );
  }
  return (
    <div className="grid items-center gap-4 sm:grid-cols-2">
      <NumberField name={at("days")} label={words.streakDays} defaultValue={streak?.days ?? 7} error={errors[at("days")]} />
      <label className="flex min-h-6 cursor-pointer items-center gap-2 text-dense">
        <input type="checkbox" name={at("repeats")} defaultChecked={streak?.repeats ?? false} className="size-6 accent-primary" />
        {words.repeats}
      </label>
    </div>
  );
}

export function EventName({ name, label, words, error, value }: { name: string; label?: string; words: RuleWords; error?: string; value?: string }) {
  return (
    <TextField
      id={name} name={name} shape="dense" label={label ?? words.event} hint={words.eventHint} defaultValue={value ?? ""} maxLength={40}
      spellCheck={false} autoCapitalize="none" autoComplete="off" error={error}
    />
  );
}
