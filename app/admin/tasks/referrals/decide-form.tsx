"use client";

import { useCommand } from "@/components/admin/use-command";
import { Button } from "@/components/ui/button";
import type { FormAction } from "@/components/ui/form-state";
import { Notice } from "@/components/ui/notice";

type DecideFormProps = {
  action: FormAction;
  friendId: number;
  requestId: string;
  words: { approve: string; approveLabel: string; refuse: string; refuseLabel: string; pending: string };
};

/** Two buttons of one question. The row goes with the answer, so what was done is said in the corner. */
export function DecideForm({ action, friendId, requestId, words }: DecideFormProps) {
  const { state, isPending, form } = useCommand(action);
  return (
    <form {...form} className="flex flex-wrap items-center gap-2" aria-busy={isPending || undefined}>
      <input type="hidden" name="requestId" value={requestId} />
      <input type="hidden" name="friendId" value={friendId} />
      <Button type="submit" name="decision" value="approve" look="primary" size="filter" aria-label={words.approveLabel} disabled={isPending}>{isPending ? words.pending : words.approve}</Button>
      <Button type="submit" name="decision" value="refuse" look="danger" size="filter" aria-label={words.refuseLabel} disabled={isPending}>{words.refuse}</Button>
      <div role="alert" className="w-full empty:hidden">{state.status === "refused" && state.message && <Notice tone="danger">{state.message}</Notice>}</div>
    </form>
  );
}
