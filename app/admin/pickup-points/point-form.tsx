"use client";

import { useState } from "react";
import { Choice } from "@/components/admin/choice";
import { NumberField } from "@/components/admin/number-field";
import { SaveBar } from "@/components/admin/save-bar";
import { useDraft } from "@/components/admin/use-draft";
import { useLeaveGuard } from "@/components/admin/use-leave-guard";
import { useSaveShortcut } from "@/components/admin/use-save-shortcut";
import { Card } from "@/components/ui/card";
import { TextField } from "@/components/ui/field";
import type { FormAction } from "@/components/ui/form-state";
import { Notice } from "@/components/ui/notice";
import type { PointWords } from "./form-parts";

export type PointDraft = { id?: number; name: string; nameEn: string; address: string; addressEn: string; hours: string; phone: string; position: number; isActive: boolean };

type PointFormProps = { point: PointDraft; words: PointWords; requestId: string; action: FormAction };

/** A pick-up point. To discard is to begin again from what is saved. */
export function PointForm(props: PointFormProps) {
  const [attempt, setAttempt] = useState(0);
  return <Draft key={attempt} {...props} onDiscard={() => setAttempt(attempt + 1)} />;
}

function Draft({ point, words, requestId, action, onDiscard }: PointFormProps & { onDiscard: () => void }) {
  const isNew = point.id === undefined;
  const { state, isReady, isDirty, form } = useDraft(action, requestId);
  const errors = state.fields ?? {};
  useLeaveGuard(isDirty, words.leave);
  useSaveShortcut({ form: form.ref, isWorthIt: isDirty || isNew, isReady });
  const line = (name: "name" | "nameEn" | "address" | "addressEn" | "hours" | "phone", maxLength: number, hint?: string) => (
    <TextField id={name} name={name} shape="dense" label={words[name]} hint={hint} defaultValue={point[name]} maxLength={maxLength} required={name === "name" || name === "address"} error={errors[name]} />
  );
  return (
    <form {...form} aria-label={words.form}>
      <input type="hidden" name="requestId" value={requestId} />
      {!isNew && <input type="hidden" name="pointId" value={point.id} />}
      <div role="alert">{state.status === "refused" && <Notice tone="danger" className="mb-4">{state.message ?? words.checkFields}</Notice>}</div>
      <div className="grid gap-4 lg:grid-cols-[minmax(0,2fr)_minmax(0,1fr)] lg:items-start">
        <Card as="section" aria-labelledby="texts-title">
          <h2 id="texts-title" className="mb-3 text-section font-semibold">{words.texts}</h2>
          <div className="grid items-start gap-4 md:grid-cols-2">{line("name", 60)}{line("nameEn", 60)}{line("address", 200)}{line("addressEn", 200)}</div>
        </Card>
        <div className="grid min-w-0 gap-4">
          <Card as="section" aria-labelledby="contact-title">
            <h2 id="contact-title" className="mb-3 text-section font-semibold">{words.contact}</h2>
            <div className="grid gap-4">
              {line("hours", 100, words.hoursHint)}
              {line("phone", 30)}
              <NumberField name="position" label={words.position} hint={words.positionHint} defaultValue={point.position} error={errors.position} />
            </div>
          </Card>
          <Card as="section" aria-labelledby="status-title">
            <h2 id="status-title" className="mb-3 text-section font-semibold">{words.status}</h2>
            <div role="radiogroup" aria-labelledby="status-title" className="grid gap-2">
              <Choice name="status" value="on" defaultChecked={point.isActive} title={words.on} explanation={words.onMeans} />
              <Choice name="status" value="off" defaultChecked={!point.isActive} title={words.off} explanation={words.offMeans} />
            </div>
          </Card>
        </div>
      </div>
      <SaveBar isShown={isDirty || isNew} isPending={!isReady} words={isNew ? words.createBar : words.bar} onDiscard={isNew ? undefined : onDiscard} />
    </form>
  );
}
