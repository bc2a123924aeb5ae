"use client";

import { Button } from "@/components/ui/button";
import type { FormAction } from "@/components/ui/form-state";
import { Notice } from "@/components/ui/notice";
import { toast } from "@/components/ui/toast";
import { useFormAction } from "@/components/ui/use-form-action";

type ClaimButtonProps = { action: FormAction; taskId: number; requestId: string; isClosed: boolean; words: { claim: string; pending: string; label: string } };

/** One tap. The button goes with the claim, so what it gave is said in the corner and stands in the list. */
export function ClaimButton({ action, taskId, requestId, isClosed, words }: ClaimButtonProps) {
  const { state, isPending, form } = useFormAction(async (before, data) => {
    const answer = await action(before, data);
    if (answer.status === "done") {
      if (answer.message) toast(answer.message);
      navigator.vibrate?.(10);
      document.querySelector<HTMLElement>("main h1")?.focus({ preventScroll: true });
    }
    return answer;
  });
  return (
    <form {...form} className="grid justify-items-end gap-2">
      <input type="hidden" name="requestId" value={requestId} />
      <input type="hidden" name="taskId" value={taskId} />
      <Button type="submit" look="points" aria-label={words.label} disabled={isClosed || isPending} aria-busy={isPending || undefined}>{isPending ? words.pending : words.claim}</Button>
      <div role="alert" className="empty:hidden">{state.status === "refused" && state.message && <Notice tone="danger">{state.message}</Notice>}</div>
    </form>
  );
}
