"use client";

import { useOptimistic } from "react";
import { Button } from "@/components/ui/button";
import type { FormAction } from "@/components/ui/form-state";
import { Notice } from "@/components/ui/notice";
import { toast } from "@/components/ui/toast";
import { useFormAction } from "@/components/ui/use-form-action";

type ClaimButtonProps = { action: FormAction; templateId: number; requestId: string; isClosed: boolean; words: { claim: string; pending: string; claimed: string; label: string } };

/** One tap, and it is claimed: what is shown at once is taken back when the answer is no. */
export function ClaimButton({ action, templateId, requestId, isClosed, words }: ClaimButtonProps) {
  const [isClaimed, showClaimed] = useOptimistic(false);
  const { state, isPending, form } = useFormAction(async (before, data) => {
    const answer = await action(before, data);
    if (answer.status === "done") {
      if (answer.message) toast(answer.message);
      document.querySelector<HTMLElement>("main h1")?.focus({ preventScroll: true });
    }
    return answer;
  }, () => showClaimed(true));
  return (
    <form {...form} className="grid justify-items-end gap-2">
      <input type="hidden" name="requestId" value={requestId} />
      <input type="hidden" name="templateId" value={templateId} />
      <Button type="submit" look="primary" aria-label={words.label} disabled={isClosed || isPending} aria-busy={isPending || undefined}>{isClaimed ? words.claimed : isPending ? words.pending : words.claim}</Button>
      <div role="alert" className="empty:hidden">{state.status === "refused" && state.message && <Notice tone="danger">{state.message}</Notice>}</div>
    </form>
  );
}
