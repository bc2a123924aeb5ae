"use client";

import { RecoveryCodes, type RecoveryWords } from "@/components/recovery-codes";
import { Button } from "@/components/ui/button";
import { TextField } from "@/components/ui/field";
import type { FormAction } from "@/components/ui/form-state";
import { Notice } from "@/components/ui/notice";
import { useFormAction } from "@/components/ui/use-form-action";

export type ConfirmWords = RecoveryWords & { confirm: string; code: string; codeHint: string; submit: string; pending: string };

type ConfirmFormProps = { action: FormAction; next: string; words: ConfirmWords; /** The key and its QR code, which are gone once it is on. */ children: React.ReactNode };

/** The first code. Its answer brings the recovery codes, which take the form's place: they are shown this once. */
export function ConfirmForm({ action, next, words, children }: ConfirmFormProps) {
  const { state, isPending, form } = useFormAction(action);
  if (state.status === "done") return <RecoveryCodes codes={(state.values?.codes ?? "").split("\n")} next={next} words={words} />;
  return (
    <div className="grid gap-6">
      {children}
      <form {...form} className="grid gap-4">
        <h2 className="text-section font-semibold">{words.confirm}</h2>
        <TextField id="code" name="code" label={words.code} hint={words.codeHint} inputMode="numeric" autoComplete="one-time-code" required maxLength={10} error={state.fields?.code} />
        <div role="alert">{state.status === "refused" && state.message && <Notice tone="danger">{state.message}</Notice>}</div>
        <Button type="submit" disabled={isPending} aria-busy={isPending || undefined} look="primary" size="cta" wide>{isPending ? words.pending : words.submit}</Button>
      </form>
    </div>
  );
}
