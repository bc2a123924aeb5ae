"use client";

import { useEffect, useState, type ReactNode } from "react";
import { Card } from "../ui/card";
import { TextField } from "../ui/field";
import type { FormAction } from "../ui/form-state";
import { Notice } from "../ui/notice";
import { Choice } from "./choice";
import { Conditions } from "./rule-conditions";
import { ChoiceList, TimeField } from "./rule-controls";
import { ACTIONS, type PreviewAction, type FieldErrors, type RuleChoices, type RuleFormDraft, type RulePreview } from "./rule-draft";
import { EffectFields } from "./rule-effect";
import { CapFields, KeepingFields } from "./rule-limits";
import { PreviewPanel } from "./rule-preview";
import { RuleSimulator, type SimulatorProps } from "./rule-simulator";
import type { RuleWords } from "./rule-words";
import { SaveBar } from "./save-bar";
import { useDraft } from "./use-draft";
import { useLeaveGuard } from "./use-leave-guard";
import { useRulePreview } from "./use-rule-preview";
import { useRuleShape } from "./use-rule-shape";
import { useSaveShortcut } from "./use-save-shortcut";
import { fill } from "@/lib/i18n";
import type { Action } from "@/lib/rules/rule";

type RuleFormProps = {
  rule: RuleFormDraft;
  choices: RuleChoices;
  words: RuleWords;
  requestId: string;
  action: FormAction;
  preview: { first: RulePreview; ask: PreviewAction };
  simulator: Omit<SimulatorProps, "form">;
  children?: ReactNode;
};

const STATUSES = ["draft", "active", "archived"] as const;

/** A rule as a sentence is built: when, under which conditions, what it gives, within which limits. To discard is to begin again from what is saved. */
export function RuleForm(props: RuleFormProps) {
  const [attempt, setAttempt] = useState(0);
  return <Draft key={attempt} {...props} onDiscard={() => setAttempt(attempt + 1)} />;
}

function Draft({ rule, choices, words, requestId, action, preview, simulator, children, onDiscard }: RuleFormProps & { onDiscard: () => void }) {
  const isNew = rule.id === undefined;
  const { state, isReady, isDirty, check, form } = useDraft(action, requestId);
  const shape = useRuleShape(rule);
  const shown = useRulePreview(form.ref, preview);
  const { refresh } = shown;
  const errors = state.fields ?? {};
  useLeaveGuard(isDirty, words.leave);
  useSaveShortcut({ form: form.ref, isWorthIt: isDirty || isNew, isReady });
  // Fields that came or went are there after the render.
  useEffect(() => { check(); refresh(); }, [shape.key]); // eslint-disable-line react-hooks/exhaustive-deps
  return (
    <form {...form} onInput={() => { form.onInput(); refresh(); }} aria-label={words.form}>
      <input type="hidden" name="requestId" value={requestId} />
      {!isNew && <><input type="hidden" name="ruleId" value={rule.id} /><input type="hidden" name="$version" value={rule.version} /></>}
      <div role="alert">{state.status === "refused" && <Notice tone="danger" className="mb-4">{state.message ?? words.checkFields}</Notice>}</div>
      <div className="grid gap-4 lg:grid-cols-[minmax(0,2fr)_minmax(0,1fr)] lg:items-start">
        <div className="grid min-w-0 gap-4">
          <Basics rule={rule} words={words} errors={errors} onAction={shape.setAction} />
          <Conditions action={shape.action} kinds={shape.conditions} saved={rule.definition.conditions} choices={choices} words={words} errors={errors} onChange={shape.setConditions} />
          <EffectFields action={shape.action} kind={shape.effect} saved={rule.definition} priority={rule.priority} words={words} errors={errors} onKind={shape.setEffect} />
          <CapFields effect={shape.effect} saved={rule.definition} words={words} errors={errors} />
          <KeepingFields
            action={shape.action} effect={shape.effect} holding={shape.holding} expiry={shape.expiry} saved={rule.definition} words={words} errors={errors}
            onHolding={shape.setHolding} onExpiry={shape.setExpiry}
          />
          <Window rule={rule} zone={choices.zone} words={words} errors={errors} />
        </div>
        <div className="min-w-0 gap-4 max-lg:contents lg:grid lg:content-start lg:self-stretch">
          <PreviewPanel preview={shown.preview} words={words} className="max-lg:order-first lg:sticky lg:top-17 lg:z-10" />
          <Status rule={rule} words={words} />
          <RuleSimulator {...simulator} form={form.ref} />
        </div>
      </div>
      {children}
      <SaveBar isShown={isDirty || isNew} isPending={!isReady} words={isNew ? words.createBar : words.bar} onDiscard={isNew ? undefined : onDiscard} />
    </form>
  );
}

type PartProps = { rule: RuleFormDraft; words: RuleWords; errors: FieldErrors };

function Basics({ rule, words, errors, onAction }: PartProps & { onAction: (action: Action) => void }) {
  const line = (name: "name" | "nameEn") => (
    <TextField id={name} name={name} shape="dense" label={words[name]} defaultValue={rule[name]} maxLength={60} required={name === "name"} error={errors[name]} />
  );
  return (
    <Card as="section" aria-labelledby="basics-title">
      <h2 id="basics-title" className="mb-3 text-section font-semibold">{words.basics}</h2>
      <div className="grid items-start gap-4 md:grid-cols-2">
        <ChoiceList
          name="actionType" label={words.trigger} hint={words.triggerHint} defaultValue={rule.actionType} error={errors.actionType} onChange={(value) => onAction(value as Action)}
          options={ACTIONS.map((value) => ({ value, label: words.actions[value] }))}
        />
        <div className="grid gap-4">{line("name")}{line("nameEn")}</div>
      </div>
    </Card>
  );
}

function Window({ rule, zone, words, errors }: PartProps & { zone: string }) {
  return (
    <Card as="section" aria-labelledby="window-title">
      <h2 id="window-title" className="mb-1 text-section font-semibold">{words.window}</h2>
      <p className="mb-3 text-caption text-muted">{fill(words.windowHint, { zone })}</p>
      <div className="grid items-start gap-4 sm:grid-cols-2">
        <TimeField type="datetime-local" name="startsAt" label={words.startsAt} defaultValue={rule.startsAt} error={errors.startsAt} />
        <TimeField type="datetime-local" name="endsAt" label={words.endsAt} defaultValue={rule.endsAt} error={errors.endsAt} />
      </div>
    </Card>
  );
}

function Status({ rule, words }: Omit<PartProps, "errors">) {
  return (
    <Card as="section" aria-labelledby="status-title">
      <h2 id="status-title" className="mb-3 text-section font-semibold">{words.status}</h2>
      <div role="radiogroup" aria-labelledby="status-title" className="grid gap-2">
        {STATUSES.map((status) => (
          <Choice key={status} name="status" value={status} defaultChecked={rule.status === status} title={words.statuses[status]} explanation={words.statusMeans[status]} />
        ))}
      </div>
    </Card>
  );
}
