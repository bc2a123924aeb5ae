"use client";

import { useEffect, useRef } from "react";
import { Button } from "@/components/ui/button";
import { TextField } from "@/components/ui/field";
import type { FormAction, FormState } from "@/components/ui/form-state";
import { Icon } from "@/components/ui/icon";
import { Notice } from "@/components/ui/notice";
import { PlainForm, type PlainField } from "@/components/ui/plain-form";
import { useFormAction } from "@/components/ui/use-form-action";

export type MailWords = { title: string; hint: string; again: string; pending: string };

type MailFormProps = {
  action: FormAction;
  /** Sends the same mail once more. */
  again: FormAction;
  fields: readonly PlainField[];
  hidden?: Readonly<Record<string, string>>;
  submit: string;
  words: MailWords;
};

/** A form whose answer comes by mail: then it makes room for what to do next. */
export function MailForm({ action, again, fields, hidden = {}, submit, words }: MailFormProps) {
  const { state, isPending, form } = useFormAction(action);
  if (state.status === "done") return <MailSent state={state} again={again} hidden={hidden} words={words} />;
  return (
    <form {...form} className="grid gap-4">
      {Object.entries(hidden).map(([name, value]) => <input key={name} type="hidden" name={name} value={value} />)}
      {fields.map(({ name, defaultValue, ...field }) => (
        <TextField key={name} id={name} name={name} error={state.fields?.[name]} defaultValue={state.values?.[name] ?? defaultValue} {...field} />
      ))}
      <div role="alert">{state.status === "refused" && state.message && <Notice tone="danger">{state.message}</Notice>}</div>
      <Button type="submit" disabled={isPending} aria-busy={isPending || undefined} look="primary" size="cta" wide>{isPending ? words.pending : submit}</Button>
    </form>
  );
}

/** Where to look now. The focus moves here, since the form that had it is gone. */
export function MailSent({ state, again, hidden, words }: { state: FormState; again: FormAction; hidden: Readonly<Record<string, string>>; words: MailWords }) {
  const heading = useRef<HTMLHeadingElement>(null);
  useEffect(() => heading.current?.focus(), []);
  return (
    <section aria-labelledby="mail-sent" className="rounded-hero border border-border bg-card p-5">
      <span aria-hidden="true" className="mb-3 grid size-12 place-items-center rounded-full bg-primary-soft text-primary"><Icon name="mail" size={24} /></span>
      <h2 ref={heading} id="mail-sent" tabIndex={-1} className="text-section font-semibold outline-none">{words.title}</h2>
      <p role="status" className="mt-1 text-body break-words">{state.message}</p>
      <p className="mt-2 mb-5 text-dense text-muted">{words.hint}</p>
      <PlainForm action={again} fields={[]} hidden={{ ...hidden, email: state.values?.email ?? "" }} submit={words.again} pending={words.pending} look={{ look: "secondary", wide: true }} />
    </section>
  );
}
