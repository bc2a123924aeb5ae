"use client";

import { useEffect, useRef } from "react";
import { Button } from "@/components/ui/button";
import { CopyButton } from "@/components/ui/copy-button";
import { TextField } from "@/components/ui/field";
import type { FormAction } from "@/components/ui/form-state";
import { Notice } from "@/components/ui/notice";
import { useFormAction } from "@/components/ui/use-form-action";

export type ConfirmWords = { confirm: string; code: string; codeHint: string; submit: string; pending: string; codesTitle: string; codesLead: string; codesCopy: string; copied: string; codesDone: string };

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

function RecoveryCodes({ codes, next, words }: { codes: readonly string[]; next: string; words: ConfirmWords }) {
  const heading = useRef<HTMLHeadingElement>(null);
  useEffect(() => heading.current?.focus(), []);
  return (
    <section aria-labelledby="codes-title" className="grid gap-4">
      <h2 ref={heading} id="codes-title" tabIndex={-1} className="text-section font-semibold outline-none">{words.codesTitle}</h2>
      <p className="text-body text-muted">{words.codesLead}</p>
      <ul className="grid grid-cols-2 gap-x-6 gap-y-2 rounded-card border border-border bg-sunken p-4 font-mono text-body">
        {codes.map((code) => <li key={code} className="tabular-nums">{code}</li>)}
      </ul>
      <CopyButton text={codes.join("\n")} label={words.codesCopy} copiedLabel={words.copied} className="inline-flex min-h-11 items-center justify-center rounded-control border border-input px-4 text-body font-medium hover:bg-sunken" />
      {/* A whole request: the back office was closed a moment ago, and what was kept of it in this tab says so still. */}
      <a href={next} className="pressable inline-flex h-12 w-full items-center justify-center rounded-full border border-primary bg-primary px-5 text-control font-semibold text-on-primary hover:bg-primary/90">{words.codesDone}</a>
    </section>
  );
}
