"use client";

import { useCommand } from "@/components/admin/use-command";
import { Button } from "@/components/ui/button";
import { Field, Textarea, TextField } from "@/components/ui/field";
import type { FormAction } from "@/components/ui/form-state";
import { Notice } from "@/components/ui/notice";

export type AddWords = { title: string; codes: string; hint: string; file: string; submit: string; pending: string };
export type VoidWords = { open: string; codes: string; hint: string; all: string; note: string; submit: string; pending: string };

type PoolFormProps<Words> = { action: FormAction; skuId: number; requestId: string; words: Words };

/** Codes by paste or from a file. */
export function AddCodes({ action, skuId, requestId, words }: PoolFormProps<AddWords>) {
  const { state, isPending, form } = useCommand(action);
  const id = `codes-${skuId}`;
  return (
    <form {...form} aria-label={words.title} className="grid gap-3.5">
      <input type="hidden" name="requestId" value={requestId} />
      <input type="hidden" name="skuId" value={skuId} />
      <Field id={id} label={words.codes} hint={words.hint} error={state.fields?.codes}>
        {(wiring) => <Textarea {...wiring} name="codes" shape="dense" rows={6} spellCheck={false} autoComplete="off" className="font-mono" />}
      </Field>
      <label className="grid gap-1.5 text-caption font-medium">
        {words.file}
        <input type="file" name="file" accept=".csv,.txt,text/csv,text/plain" className="min-h-9 text-dense font-normal file:me-3 file:h-9 file:rounded-control file:border file:border-input file:bg-card file:px-3.5 file:text-dense file:font-medium" />
      </label>
      <div role="alert" className="empty:-mt-3.5">{state.status === "refused" && state.message && <Notice tone="danger">{state.message}</Notice>}</div>
      <Button type="submit" look="primary" size="dense" className="justify-self-start" disabled={isPending} aria-busy={isPending || undefined}>{isPending ? words.pending : words.submit}</Button>
    </form>
  );
}

/** Takes free codes out for good: behind a click of its own, with a reason. */
export function VoidCodes({ action, skuId, requestId, words }: PoolFormProps<VoidWords>) {
  const { state, isPending, form } = useCommand(action);
  return (
    <details className="border-t border-border pt-3">
      <summary className="inline-flex min-h-8 list-none items-center text-dense font-medium text-danger">{words.open}</summary>
      <form {...form} aria-label={words.open} className="mt-2 grid gap-3.5">
        <input type="hidden" name="requestId" value={requestId} />
        <input type="hidden" name="skuId" value={skuId} />
        <Field id={`void-${skuId}`} label={words.codes} hint={words.hint} error={state.fields?.codes}>
          {(wiring) => <Textarea {...wiring} name="codes" shape="dense" rows={3} spellCheck={false} autoComplete="off" className="font-mono" />}
        </Field>
        <label className="flex min-h-6 items-center gap-2 text-dense"><input type="checkbox" name="all" className="size-6 shrink-0 accent-primary" />{words.all}</label>
        <TextField id={`note-${skuId}`} name="note" shape="dense" label={words.note} maxLength={200} autoComplete="off" error={state.fields?.note} />
        <div role="alert" className="empty:-mt-3.5">{state.status === "refused" && state.message && <Notice tone="danger">{state.message}</Notice>}</div>
        <Button type="submit" look="danger" size="dense" className="justify-self-start" disabled={isPending} aria-busy={isPending || undefined}>{isPending ? words.pending : words.submit}</Button>
      </form>
    </details>
  );
}
