"use client";

import { useEffect, useState } from "react";
import { Card } from "../ui/card";
import { Field, Select, Textarea, TextField } from "../ui/field";
import type { FormAction } from "../ui/form-state";
import { Notice } from "../ui/notice";
import { Icon } from "../ui/icon";
import { NumberField } from "./number-field";
import { SaveBar } from "./save-bar";
import { SEGMENT_CHOICES, SEGMENT_FIELDS, type SegmentChoice, type SegmentField, type SegmentPreview, type SegmentWords } from "./segment-words";
import { useDraft } from "./use-draft";
import { useLeaveGuard } from "./use-leave-guard";
import { useRulePreview } from "./use-rule-preview";
import { useSaveShortcut } from "./use-save-shortcut";

export type SegmentDraft = { id?: number; name: string; nameEn: string; isActive: boolean; levelIds: readonly number[]; rfmGroups: readonly string[]; conditions: readonly { field: SegmentField; value: number }[]; /** Addresses, one a line. */ people: string };

type Option = { id: number | string; name: string };

type SegmentFormProps = {
  segment: SegmentDraft; levels: readonly Option[]; groups: readonly Option[]; words: SegmentWords; requestId: string; first: SegmentPreview; action: FormAction; preview: (form: FormData) => Promise<SegmentPreview>;
};

/** Who belongs: conditions one below the other. To discard is to begin again from what is saved. */
export function SegmentForm(props: SegmentFormProps) {
  const [attempt, setAttempt] = useState(0);
  return <Draft key={attempt} {...props} onDiscard={() => setAttempt(attempt + 1)} />;
}

function Draft({ segment, levels, groups, words, requestId, first, action, preview: ask, onDiscard }: SegmentFormProps & { onDiscard: () => void }) {
  const isNew = segment.id === undefined;
  const { state, isReady, isDirty, check, form } = useDraft(action, requestId);
  const { preview, refresh } = useRulePreview(form.ref, { first, ask });
  const [fields, setFields] = useState<readonly (SegmentField | SegmentChoice)[]>([...SEGMENT_CHOICES.filter((choice) => segment[choice].length > 0), ...segment.conditions.map(({ field }) => field)]);
  const errors = state.fields ?? {};
  const options = { levelIds: levels, rfmGroups: groups };
  useLeaveGuard(isDirty, words.leave);
  useSaveShortcut({ form: form.ref, isWorthIt: isDirty || isNew, isReady });
  // A line that came or went is a change that nobody typed; the first time round the page has the sentence already.
  useEffect(() => { check(); refresh(); }, [fields]); // eslint-disable-line react-hooks/exhaustive-deps
  return (
    <form {...form} onInput={() => { form.onInput(); refresh(); }} aria-label={words.form}>
      <input type="hidden" name="requestId" value={requestId} />
      {!isNew && <input type="hidden" name="segmentId" value={segment.id} />}
      <div role="alert">{state.status === "refused" && <Notice tone="danger" className="mb-4">{state.message ?? words.checkFields}</Notice>}</div>
      <div className="grid gap-4 lg:grid-cols-[minmax(0,2fr)_minmax(0,1fr)] lg:items-start">
        <div className="grid min-w-0 gap-4">
          <Names segment={segment} words={words} errors={errors} />
          <Card as="section" aria-labelledby="conditions-title">
            <h2 id="conditions-title" className="text-section font-semibold">{words.conditions}</h2>
            <p className="mb-3 text-caption text-muted">{words.conditionsHint}</p>
            {fields.length === 0 && <p className="mb-3 text-dense text-muted">{words.noConditions}</p>}
            <ul className="grid gap-3">
              {fields.map((field) => (
                <li key={field} className="flex items-start gap-2">
                  {field === "levelIds" || field === "rfmGroups"
                    ? <Choices name={field} options={options[field]} chosen={segment[field]} label={words.fields[field]} error={errors[field]} />
                    : <NumberField className="min-w-0 grow sm:max-w-80" name={field} label={words.fields[field]} defaultValue={segment.conditions.find((each) => each.field === field)?.value ?? ""} error={errors[field]} />}
                  <button
                    type="button" aria-label={words.remove.replace("{condition}", words.fields[field])} onClick={() => setFields(fields.filter((each) => each !== field))}
                    className="mt-6.5 grid size-9 shrink-0 place-items-center rounded-control text-muted hover:bg-sunken hover:text-danger"
                  >
                    <Icon name="x" size={16} />
                  </button>
                </li>
              ))}
            </ul>
            <AddCondition used={fields} choices={SEGMENT_CHOICES.filter((choice) => options[choice].length > 0)} words={words} onAdd={(field) => setFields([...fields, field])} />
            {errors.definition && <p className="mt-2 text-caption text-danger">{errors.definition}</p>}
          </Card>
          <Card as="section" aria-label={words.people}>
            <Field id="people" label={words.people} hint={words.peopleHint} error={errors.people}>
              {(wiring) => <Textarea {...wiring} name="people" shape="dense" rows={4} defaultValue={segment.people} autoComplete="off" spellCheck={false} />}
            </Field>
          </Card>
        </div>
        <Card as="section" aria-labelledby="preview-title" className="lg:sticky lg:top-17">
          <h2 id="preview-title" className="mb-2 text-section font-semibold">{words.preview}</h2>
          <div role="status" className="grid gap-2">
            <p id="segment-count" className={preview.sentence ? "text-title font-semibold tabular-nums" : "text-dense text-muted"}>{preview.count}</p>
            {preview.sentence && <p id="segment-sentence" className="text-dense text-pretty">{preview.sentence}</p>}
          </div>
        </Card>
      </div>
      <SaveBar isShown={isDirty || isNew} isPending={!isReady} words={isNew ? words.createBar : words.bar} onDiscard={isNew ? undefined : onDiscard} />
    </form>
  );
}

type PartProps = { segment: SegmentDraft; words: SegmentWords; errors: Readonly<Record<string, string>> };

function Names({ segment, words, errors }: PartProps) {
  const line = (name: "name" | "nameEn") => (
    <TextField id={name} name={name} shape="dense" label={words[name]} defaultValue={segment[name]} maxLength={60} required={name === "name"} error={errors[name]} />
  );
  return (
    <Card as="section" aria-labelledby="texts-title">
      <h2 id="texts-title" className="mb-3 text-section font-semibold">{words.texts}</h2>
      <div className="grid items-start gap-4 md:grid-cols-2">{line("name")}{line("nameEn")}</div>
      <label className="mt-4 flex min-h-6 items-start gap-2.5 text-dense">
        <input type="checkbox" name="isActive" defaultChecked={segment.isActive} className="size-6 shrink-0 accent-primary" />
        <span>
          <span className="block font-medium">{words.isActive}</span>
          <span className="block text-caption text-muted">{words.isActiveHint}</span>
        </span>
      </label>
    </Card>
  );
}

type ChoicesProps = { name: SegmentChoice; options: readonly Option[]; chosen: readonly (number | string)[]; label: string; error?: string };

function Choices({ name: field, options, chosen, label, error }: ChoicesProps) {
  return (
    <fieldset className="min-w-0 grow">
      <legend className="mb-1.5 text-caption font-medium">{label}</legend>
      <div className="flex flex-wrap gap-x-4 gap-y-2">
        {options.map(({ id, name }) => (
          <label key={id} className="flex min-h-9 items-center gap-2 text-dense">
            <input type="checkbox" name={field} value={id} defaultChecked={chosen.includes(id)} className="size-6 accent-primary" />
            {name}
          </label>
        ))}
      </div>
      {error && <p className="mt-1 text-caption text-danger">{error}</p>}
    </fieldset>
  );
}

type AddConditionProps = { used: readonly string[]; choices: readonly SegmentChoice[]; words: SegmentWords; onAdd: (field: SegmentField | SegmentChoice) => void };

/** What can still be asked. Choosing adds it. */
function AddCondition({ used, choices, words, onAdd }: AddConditionProps) {
  const left = [...choices, ...SEGMENT_FIELDS].filter((field) => !used.includes(field));
  if (left.length === 0) return null;
  return (
    <Field id="add-condition" label={words.add} className="mt-4 sm:max-w-80">
      {(wiring) => (
        <Select {...wiring} shape="dense" value="" onChange={(event) => onAdd(event.target.value as SegmentField)}>
          <option value="" disabled>{words.choose}</option>
          {left.map((field) => <option key={field} value={field}>{words.fields[field]}</option>)}
        </Select>
      )}
    </Field>
  );
}
