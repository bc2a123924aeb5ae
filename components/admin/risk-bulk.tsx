"use client";

import { useRef, type ReactNode } from "react";
import { Button } from "../ui/button";
import type { FormAction } from "../ui/form-state";
import { Notice } from "../ui/notice";
import { useCommand } from "./use-command";

type BulkSettleProps = { id: string; action: FormAction; requestId: string; words: { form: string; all: string; submit: string; pending: string }; children: ReactNode };

/** One decision about all rows whose boxes are ticked. The boxes stand in the table and belong to this form by its id. */
export function BulkSettle({ id, action, requestId, words, children }: BulkSettleProps) {
  const { state, isPending, form } = useCommand(action);
  const all = useRef(true);
  const tickAll = () => {
    for (const box of document.querySelectorAll<HTMLInputElement>(`input[type=checkbox][form="${id}"]`)) box.checked = all.current;
    all.current = !all.current;
  };
  return (
    <form {...form} id={id} aria-label={words.form} className="flex flex-col gap-3.5">
      <input type="hidden" name="requestId" value={requestId} />
      <Button size="filter" className="self-start" onClick={tickAll}>{words.all}</Button>
      {children}
      <div role="alert" className="empty:-mt-3.5">{state.status === "refused" && state.message && <Notice tone="danger">{state.message}</Notice>}</div>
      <Button type="submit" look="primary" size="dense" className="self-start" disabled={isPending} aria-busy={isPending || undefined}>{isPending ? words.pending : words.submit}</Button>
    </form>
  );
}
