"use client";

import { RecoveryCodes, type RecoveryWords } from "@/components/recovery-codes";
import { Button } from "@/components/ui/button";
import { TextField } from "@/components/ui/field";
import type { FormAction } from "@/components/ui/form-state";
import { Notice } from "@/components/ui/notice";
import { useFormAction } from "@/components/ui/use-form-action";

type FactorFormProps = { action: FormAction; isRequired: boolean; words: RecoveryWords & { renew: string; current: string; code: string; codeHint: string; replace: string; remove: string; required: string; pending: string } };

/** Password and code, and what they are for: another authenticator, other recovery codes, or none of it where the shop allows that. */
export function FactorForm({ action, isRequired, words }: FactorFormProps) {
  const { state, isPending, form } = useFormAction(action);
  const codes = state.status === "done" ? state.values?.codes : undefined;
  if (codes) return <RecoveryCodes codes={codes.split("\n")} next="/profile/security" words={words} />;
  return (
    <form {...form} className="grid gap-4">
      <TextField id="factor-current" name="current" type="password" label={words.current} autoComplete="current-password" required maxLength={200} error={state.fields?.current} />
      <TextField id="factor-code" name="code" label={words.code} hint={words.codeHint} autoComplete="one-time-code" required maxLength={40} spellCheck={false} error={state.fields?.code} />
      <div role="alert" className="empty:-mt-4">{state.status === "refused" && state.message && <Notice tone="danger">{state.message}</Notice>}</div>
      <div className="flex flex-wrap gap-3">
        <Button type="submit" name="intent" value="replace" look="primary" disabled={isPending} aria-busy={isPending || undefined}>{isPending ? words.pending : words.replace}</Button>
        <Button type="submit" name="intent" value="renew" disabled={isPending}>{words.renew}</Button>
        {!isRequired && <Button type="submit" name="intent" value="remove" look="danger" disabled={isPending}>{words.remove}</Button>}
      </div>
      {isRequired && <p className="text-dense text-muted">{words.required}</p>}
    </form>
  );
}
