"use client";

import { Button } from "@/components/ui/button";
import type { FormAction } from "@/components/ui/form-state";
import { Notice } from "@/components/ui/notice";
import { useFormAction } from "@/components/ui/use-form-action";

export type KindChoice = { kind: string; title: string; hint: string; inApp: boolean; /** Null when there is no mail of this kind. */ byMail: boolean | null; isFixed: boolean };

type PreferencesFormProps = { action: FormAction; kinds: readonly KindChoice[]; words: { inApp: string; byMail: string; save: string; pending: string } };

/** For each kind of notice the ways in which a person wants to hear of it. */
export function PreferencesForm({ action, kinds, words }: PreferencesFormProps) {
  const { state, isPending, form } = useFormAction(action);
  return (
    <form {...form} className="grid gap-4">
      <ul className="divide-y divide-border rounded-hero border border-border bg-card">
        {kinds.map((choice) => <li key={choice.kind} className="px-4 py-3.5 md:px-5"><Kind choice={choice} words={words} /></li>)}
      </ul>
      <div>
        <div role="alert">{state.status === "refused" && state.message && <Notice tone="danger">{state.message}</Notice>}</div>
        <div role="status">{state.status === "done" && state.message && <Notice tone="success">{state.message}</Notice>}</div>
      </div>
      <Button type="submit" look="primary" size="cta" wide disabled={isPending} aria-busy={isPending || undefined}>{isPending ? words.pending : words.save}</Button>
    </form>
  );
}

function Kind({ choice: { kind, title, hint, inApp, byMail, isFixed }, words }: { choice: KindChoice; words: PreferencesFormProps["words"] }) {
  return (
    <fieldset className="flex flex-wrap items-center gap-x-6 gap-y-1" aria-describedby={`${kind}-hint`}>
      {!isFixed && <input type="hidden" name="kind" value={kind} />}
      <legend className="sr-only">{title}</legend>
      <div className="min-w-0 grow basis-60">
        <p aria-hidden="true" className="font-medium">{title}</p>
        <p id={`${kind}-hint`} className="text-caption text-muted">{hint}</p>
      </div>
      <div className="flex gap-3">
        <Tick name={`${kind}.inApp`} label={words.inApp} isOn={inApp} isFixed={isFixed} />
        {byMail === null ? <span className="w-28" /> : <Tick name={`${kind}.byMail`} label={words.byMail} isOn={byMail} isFixed={isFixed} />}
      </div>
    </fieldset>
  );
}

function Tick({ name, label, isOn, isFixed }: { name: string; label: string; isOn: boolean; isFixed: boolean }) {
  return (
    <label className="flex min-h-11 w-28 items-center gap-2 text-dense has-disabled:text-muted">
      <input type="checkbox" name={name} defaultChecked={isOn} disabled={isFixed} className="size-6 shrink-0 accent-primary" />
      {label}
    </label>
  );
}
