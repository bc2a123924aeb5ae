"use client";

import type { Route } from "next";
import Link from "next/link";
import { MailSent, type MailWords } from "../mail-form";
import { Button } from "@/components/ui/button";
import { TextField } from "@/components/ui/field";
import type { FormAction } from "@/components/ui/form-state";
import { Notice } from "@/components/ui/notice";
import { useFormAction } from "@/components/ui/use-form-action";

export type SignInWords = { email: string; password: string; signIn: string; forgot: string; pending: string; again: string };

type SignInFormProps = { action: FormAction; again: FormAction; hidden: Readonly<Record<string, string>>; words: SignInWords; mail: MailWords };

/** Whoever gave the right password and did not open the first link yet is offered another one in the same place. */
export function SignInForm({ action, again, hidden, words, mail }: SignInFormProps) {
  const { state, isPending, form } = useFormAction(action);
  if (state.status === "done") return <MailSent state={state} again={again} hidden={hidden} words={mail} />;
  const isUnverified = state.code === "email_unverified";
  return (
    <form {...form} className="grid gap-4">
      {Object.entries(hidden).map(([name, value]) => <input key={name} type="hidden" name={name} value={value} />)}
      <TextField
        id="email" name="email" label={words.email} type="email" autoComplete="username" required maxLength={254} spellCheck={false}
        error={state.fields?.email} defaultValue={state.values?.email}
      />
      <TextField id="password" name="password" label={words.password} type="password" autoComplete="current-password" required maxLength={200} error={state.fields?.password} />
      <div role="alert">{state.status === "refused" && state.message && <Notice tone={isUnverified ? "warning" : "danger"}>{state.message}</Notice>}</div>
      <Button type="submit" disabled={isPending} aria-busy={isPending || undefined} look="primary" size="cta" wide>{isPending ? words.pending : words.signIn}</Button>
      {isUnverified && <Button type="submit" name="again" value="1" disabled={isPending} wide>{words.again}</Button>}
      <Link href={"/forgot-password" as Route} className="inline-flex min-h-6 items-center justify-self-center text-dense font-medium text-primary underline underline-offset-3">{words.forgot}</Link>
    </form>
  );
}
