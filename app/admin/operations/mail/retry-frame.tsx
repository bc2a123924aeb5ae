"use client";

import type { ReactNode } from "react";
import { useCommand } from "@/components/admin/use-command";
import { Button } from "@/components/ui/button";
import type { FormAction } from "@/components/ui/form-state";
import { Notice } from "@/components/ui/notice";

type RetryFrameProps = { action: FormAction; requestId: string; label: string; submit: string; pending: string; children: ReactNode };

/** A list whose lines can be ticked: each has a button of its own, and under them is the one for all that are ticked. */
export function RetryFrame({ action, requestId, label, submit, pending, children }: RetryFrameProps) {
  const { state, isPending, form } = useCommand(action);
  return (
    <form {...form} aria-label={label}>
      <input type="hidden" name="requestId" value={requestId} />
      <fieldset disabled={isPending} className="min-w-0">{children}</fieldset>
      <div className="flex flex-wrap items-center gap-3 border-t border-border px-4 py-3">
        <Button type="submit" size="dense" disabled={isPending} aria-busy={isPending || undefined}>{isPending ? pending : submit}</Button>
        <div role="alert" className="min-w-0">{state.status === "refused" && state.message && <Notice tone="danger">{state.message}</Notice>}</div>
      </div>
    </form>
  );
}
