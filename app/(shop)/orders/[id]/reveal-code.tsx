"use client";

import { Button } from "@/components/ui/button";
import { CopyButton } from "@/components/ui/copy-button";
import type { FormAction } from "@/components/ui/form-state";
import { Notice } from "@/components/ui/notice";
import { useFormAction } from "@/components/ui/use-form-action";

type RevealCodeProps = {
  action: FormAction;
  orderId: string;
  codeId: number;
  name: string;
  /** When it was first seen, in words. */
  seen: string | null;
  words: { reveal: string; pending: string; shown: string; copy: string; copied: string };
};

/** One code behind a button: until it is pressed the code is not in the page. */
export function RevealCode({ action, orderId, codeId, name, seen, words }: RevealCodeProps) {
  const { state, isPending, form } = useFormAction(action);
  const code = state.values?.code;
  return (
    <div className="grid gap-2 rounded-control bg-sunken px-3.5 py-2.5">
      <form {...form} className="flex min-h-11 items-center justify-between gap-3">
        <input type="hidden" name="orderId" value={orderId} />
        <input type="hidden" name="codeId" value={codeId} />
        <span className="min-w-0 text-dense font-medium">{name}{seen && <span className="block text-caption font-normal text-muted">{seen}</span>}</span>
        {code === undefined && (
          <Button type="submit" look="primary" disabled={isPending} aria-busy={isPending || undefined} aria-label={`${words.reveal}: ${name}`}>{isPending ? words.pending : words.reveal}</Button>
        )}
      </form>
      <div role="status" className="empty:hidden">
        {code !== undefined && (
          <p className="flex flex-wrap items-center justify-between gap-2">
            <span className="sr-only">{words.shown}</span>
            <code className="min-w-0 font-mono text-body font-semibold break-all select-all">{code}</code>
            <CopyButton text={code} label={words.copy} copiedLabel={words.copied} className="inline-flex min-h-11 items-center rounded-control px-3 text-dense font-medium text-primary hover:bg-primary-soft" />
          </p>
        )}
      </div>
      <div role="alert" className="empty:hidden">{state.status === "refused" && state.message && <Notice tone="danger">{state.message}</Notice>}</div>
    </div>
  );
}
