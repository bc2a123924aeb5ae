"use client";

import { useState, type FormEvent, type ReactNode } from "react";
import { AttachmentField } from "./attachment-field";
import { Choice } from "@/components/admin/choice";
import { useLeaveGuard } from "@/components/admin/use-leave-guard";
import { useDraft } from "@/components/admin/use-draft";
import { useSaveShortcut } from "@/components/admin/use-save-shortcut";
import { NumberField } from "@/components/admin/number-field";
import { Button } from "@/components/ui/button";
import { Card } from "@/components/ui/card";
import { Field, Input, Select, Textarea } from "@/components/ui/field";
import type { FormAction } from "@/components/ui/form-state";
import { Notice } from "@/components/ui/notice";
import { foresee, needsSecond, type Standing } from "@/lib/adjustments/adjustment";
import { fill, formatPoints, type Locale } from "@/lib/i18n";

export type AdjustWords = typeof import("@/messages/zh-CN/adminAdjustments.json")["form"];

type AdjustFormProps = {
  action: FormAction; requestId: string; userId: number; words: AdjustWords; reasons: readonly { value: string; label: string }[]; locale: Locale; today: string;
  standing: Standing; threshold: number; /** What the maker put through alone today. */ alone: { in: number; out: number }; icon: ReactNode;
};

/** One adjustment: what it would come to is shown while it is typed. */
export function AdjustForm({ action, requestId, userId, words, reasons, locale, today, standing, threshold, alone, icon }: AdjustFormProps) {
  const { state, isReady, isDirty, check, form } = useDraft(action, requestId);
  const [direction, setDirection] = useState<"in" | "out">("in");
  const [typed, setTyped] = useState("");
  useLeaveGuard(isDirty && isReady, words.leave);
  useSaveShortcut({ form: form.ref, isWorthIt: true, isReady });
  const errors = state.fields ?? {};
  const amount = /^\d{1,9}$/.test(typed.trim()) ? Number(typed.trim()) : 0;
  const points = direction === "out" ? -amount : amount;
  const waits = amount > 0 && needsSecond({ points, pointsAlone: alone[direction] }, threshold);
  function onInput(event: FormEvent<HTMLFormElement>) {
    const target = event.target as HTMLInputElement;
    if (target.name === "points") setTyped(target.value);
    if (target.name === "direction") setDirection(target.value === "out" ? "out" : "in");
    form.onInput();
  }
  return (
    <form {...form} onInput={onInput} aria-label={words.label} className="grid gap-4 lg:grid-cols-[minmax(0,2fr)_minmax(0,1fr)] lg:items-start">
      <input type="hidden" name="requestId" value={requestId} />
      <input type="hidden" name="userId" value={userId} />
      <Card as="section" aria-label={words.label} className="grid min-w-0 gap-4">
        <fieldset>
          <legend className="mb-1.5 text-caption font-medium">{words.direction}</legend>
          <div className="grid gap-2 sm:grid-cols-2">
            <Choice name="direction" value="in" defaultChecked title={words.in} explanation={words.inHint} />
            <Choice name="direction" value="out" title={words.out} explanation={words.outHint} />
          </div>
        </fieldset>
        <div className="grid items-start gap-4 sm:grid-cols-2">
          <NumberField name="points" label={words.points} unit={words.pointsUnit} error={errors.points} defaultValue="" />
          {direction === "in" && (
            <Field id="expiresOn" label={words.expires} optionalLabel={words.optional} hint={words.expiresHint} error={errors.expiresOn}>
              {(wiring) => <Input {...wiring} type="date" name="expiresOn" shape="dense" min={today} />}
            </Field>
          )}
        </div>
        <Field id="reason" label={words.reason} hint={words.reasonHint} error={errors.reason} className="sm:max-w-80">
          {(wiring) => (
            <Select {...wiring} name="reason" shape="dense" defaultValue="">
              <option value="" disabled>{words.choose}</option>
              {reasons.map(({ value, label }) => <option key={value} value={value}>{label}</option>)}
            </Select>
          )}
        </Field>
        <Field id="note" label={words.note} hint={words.noteHint} error={errors.note}>
          {(wiring) => <Textarea {...wiring} name="note" shape="dense" rows={3} maxLength={200} autoComplete="off" />}
        </Field>
        <AttachmentField words={words} error={errors.attachmentKey} onChange={check} icon={icon} />
      </Card>
      <Card as="section" aria-labelledby="preview-title" className="grid gap-3 lg:sticky lg:top-17">
        <h2 id="preview-title" className="text-section font-semibold">{words.preview}</h2>
        <Foreseen standing={standing} points={points} words={words} locale={locale} />
        {amount > 0 && (
          <p role="status" className="text-caption text-muted">
            {fill(waits ? (amount > threshold ? words.second : words.secondSplit) : words.alone, { threshold: formatPoints(locale, threshold) })}
          </p>
        )}
        <div role="alert" className="empty:hidden">{state.status === "refused" && <Notice tone="danger">{state.message ?? words.checkFields}</Notice>}</div>
        <Button type="submit" look="primary" size="dense" className="justify-self-start" disabled={!isReady} aria-busy={!isReady || undefined} aria-keyshortcuts="Control+S Meta+S">
          {isReady ? (waits ? words.submitSecond : words.submit) : words.pending}
        </Button>
      </Card>
    </form>
  );
}

/** The balance now and afterwards; the server decides again when it is sent. */
function Foreseen({ standing, points, words, locale }: { standing: Standing; points: number; words: AdjustWords; locale: Locale }) {
  const after = foresee(standing, points);
  const line = (label: string, value: number, isStrong = false) => (
    <div className="flex items-baseline justify-between gap-4">
      <dt className="text-dense text-muted">{label}</dt>
      <dd className={isStrong ? "text-title font-semibold tabular-nums" : "text-dense tabular-nums"}>{formatPoints(locale, value)}</dd>
    </div>
  );
  return (
    <>
      <dl aria-live="polite" className="grid gap-1.5">
        {line(words.now, standing.pointsAvailable)}
        {standing.pointsDebt > 0 && line(words.debt, standing.pointsDebt)}
        {points !== 0 && after.pointsMissing === 0 && line(words.after, after.pointsAvailable, true)}
        {points !== 0 && standing.pointsDebt > 0 && line(words.debtAfter, after.pointsDebt)}
      </dl>
      {points === 0 && <p className="text-caption text-muted">{words.nothingYet}</p>}
      {after.pointsMissing > 0 && <Notice tone="warning">{fill(words.short, { points: formatPoints(locale, after.pointsMissing) })}</Notice>}
    </>
  );
}
