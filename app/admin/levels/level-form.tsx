"use client";

import { useState } from "react";
import { Choice } from "@/components/admin/choice";
import { NumberField } from "@/components/admin/number-field";
import { SaveBar } from "@/components/admin/save-bar";
import { useDraft } from "@/components/admin/use-draft";
import { useLeaveGuard } from "@/components/admin/use-leave-guard";
import { useSaveShortcut } from "@/components/admin/use-save-shortcut";
import { Card } from "@/components/ui/card";
import { Field, Textarea, TextField } from "@/components/ui/field";
import type { FormAction } from "@/components/ui/form-state";
import { Notice } from "@/components/ui/notice";
import type { LevelWords } from "./form-parts";

export type LevelDraft = {
  id?: number;
  rank: number;
  name: string;
  nameEn: string;
  threshold: number;
  multiplierPercent: number;
  benefits: string;
  benefitsEn: string;
  isActive: boolean;
};

type LevelFormProps = { level: LevelDraft; words: LevelWords; basis: "earned" | "spend"; requestId: string; action: FormAction };

/** A level. To discard is to begin again from what is saved. */
export function LevelForm(props: LevelFormProps) {
  const [attempt, setAttempt] = useState(0);
  return <Draft key={attempt} {...props} onDiscard={() => setAttempt(attempt + 1)} />;
}

function Draft({ level, words, basis, requestId, action, onDiscard }: LevelFormProps & { onDiscard: () => void }) {
  const isNew = level.id === undefined;
  const { state, isReady, isDirty, form } = useDraft(action, requestId);
  const errors = state.fields ?? {};
  useLeaveGuard(isDirty, words.leave);
  useSaveShortcut({ form: form.ref, isWorthIt: isDirty || isNew, isReady });
  return (
    <form {...form} aria-label={words.form}>
      <input type="hidden" name="requestId" value={requestId} />
      {!isNew && <input type="hidden" name="levelId" value={level.id} />}
      <div role="alert">{state.status === "refused" && <Notice tone="danger" className="mb-4">{state.message ?? words.checkFields}</Notice>}</div>
      <div className="grid gap-4 lg:grid-cols-[minmax(0,2fr)_minmax(0,1fr)] lg:items-start">
        <Texts level={level} words={words} errors={errors} />
        <div className="grid min-w-0 gap-4">
          <Terms level={level} words={words} errors={errors} basis={basis} />
          <Status level={level} words={words} />
        </div>
      </div>
      <SaveBar isShown={isDirty || isNew} isPending={!isReady} words={isNew ? words.createBar : words.bar} onDiscard={isNew ? undefined : onDiscard} />
    </form>
  );
}

type PartProps = { level: LevelDraft; words: LevelWords; errors: Readonly<Record<string, string>> };

function Texts({ level, words, errors }: PartProps) {
  const line = (name: "name" | "nameEn") => (
    <TextField id={name} name={name} shape="dense" label={words[name]} defaultValue={level[name]} maxLength={40} required={name === "name"} error={errors[name]} />
  );
  const text = (name: "benefits" | "benefitsEn") => (
    <Field id={name} label={words[name]} hint={words.benefitsHint} error={errors[name]}>
      {(wiring) => <Textarea {...wiring} name={name} shape="dense" rows={5} defaultValue={level[name]} maxLength={400} />}
    </Field>
  );
  return (
    <Card as="section" aria-labelledby="texts-title">
      <h2 id="texts-title" className="mb-3 text-section font-semibold">{words.texts}</h2>
      <div className="grid items-start gap-4 md:grid-cols-2">{line("name")}{line("nameEn")}{text("benefits")}{text("benefitsEn")}</div>
    </Card>
  );
}

function Terms({ level, words, errors, basis }: PartProps & { basis: "earned" | "spend" }) {
  return (
    <Card as="section" aria-labelledby="terms-title">
      <h2 id="terms-title" className="mb-3 text-section font-semibold">{words.terms}</h2>
      <div className="grid gap-4">
        <NumberField name="rank" label={words.rank} hint={words.rankHint} defaultValue={level.rank} error={errors.rank} />
        <NumberField name="threshold" label={words.threshold} hint={words.thresholdHint[basis]} defaultValue={level.threshold} error={errors.threshold} />
        <NumberField name="multiplierPercent" label={words.multiplier} hint={words.multiplierHint} unit={words.percent} defaultValue={level.multiplierPercent} error={errors.multiplierPercent} />
      </div>
    </Card>
  );
}

function Status({ level, words }: Omit<PartProps, "errors">) {
  return (
    <Card as="section" aria-labelledby="status-title">
      <h2 id="status-title" className="mb-3 text-section font-semibold">{words.status}</h2>
      <div role="radiogroup" aria-labelledby="status-title" className="grid gap-2">
        <Choice name="status" value="on" defaultChecked={level.isActive} title={words.on} explanation={words.onMeans} />
        <Choice name="status" value="off" defaultChecked={!level.isActive} title={words.off} explanation={words.offMeans} />
      </div>
    </Card>
  );
}
