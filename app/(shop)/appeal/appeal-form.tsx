"use client";

import { Button } from "@/components/ui/button";
import { Field, Textarea } from "@/components/ui/field";
import type { FormAction } from "@/components/ui/form-state";
import { Notice } from "@/components/ui/notice";
import { toast } from "@/components/ui/toast";
import { useFormAction } from "@/components/ui/use-form-action";

type AppealFormProps = { action: FormAction; requestId: string; max: number; words: { body: string; hint: string; send: string; sending: string } };

/** What a frozen person has to say. When it is sent the form is gone, and the page's heading has the focus. */
export function AppealForm({ action, requestId, max, words }: AppealFormProps) {
  const { state, isPending, form } = useFormAction(async (before, data) => {
    const answer = await action(before, data);
    if (answer.status === "done") {
      if (answer.message) toast(answer.message);
      document.querySelector<HTMLElement>("main h1")?.focus();
    }
    return answer;
  });
  return (
    <form {...form} className="grid gap-4" aria-label={words.body}>
      <input type="hidden" name="requestId" value={requestId} />
      <Field id="body" label={words.body} hint={words.hint} error={state.fields?.body}>
        {(wiring) => <Textarea {...wiring} name="body" rows={7} maxLength={max} required defaultValue={state.values?.body} />}
      </Field>
      <div role="alert" className="empty:hidden">{state.status === "refused" && state.message && <Notice tone="danger">{state.message}</Notice>}</div>
      <Button type="submit" look="primary" size="cta" className="justify-self-start" disabled={isPending} aria-busy={isPending || undefined}>{isPending ? words.sending : words.send}</Button>
    </form>
  );
}
