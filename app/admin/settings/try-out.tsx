"use client";

import { Button } from "@/components/ui/button";
import type { FormAction } from "@/components/ui/form-state";
import { Notice } from "@/components/ui/notice";
import { useFormAction } from "@/components/ui/use-form-action";

type TryOutProps = { action: FormAction; requestId: string; label: string; hint: string; submit: string; pending: string };

/** One button, and what came of it, which stays to be read. */
export function TryOut({ action, requestId, label, hint, submit, pending }: TryOutProps) {
  const { state, isPending, form } = useFormAction(action);
  return (
    <form {...form} aria-label={label} className="grid justify-items-start gap-3 border-t border-border pt-4">
      <input type="hidden" name="requestId" value={requestId} />
      <p id="try-out-hint" className="text-dense text-pretty text-muted">{hint}</p>
      <Button type="submit" look="primary" size="dense" disabled={isPending} aria-busy={isPending || undefined} aria-describedby="try-out-hint">{isPending ? pending : submit}</Button>
      <div role="alert" className="min-w-0 empty:-mt-3">{!isPending && state.status === "refused" && state.message && <Notice tone="danger"><span className="break-words">{state.message}</span></Notice>}</div>
      <div role="status" className="min-w-0 empty:-mt-3">{!isPending && state.status === "done" && state.message && <Notice tone="success"><span className="break-words">{state.message}</span></Notice>}</div>
    </form>
  );
}
