"use client";

import type { HTMLInputTypeAttribute, ReactNode } from "react";
import { Button, type ButtonLook } from "./button";
import { TextField } from "./field";
import type { FormAction } from "./form-state";
import { Notice } from "./notice";
import { useFormAction } from "./use-form-action";

export type PlainField = {
  name: string;
  label: string;
  type?: HTMLInputTypeAttribute;
  autoComplete?: string;
  hint?: string;
  required?: boolean;
  optionalLabel?: string;
  defaultValue?: string;
  maxLength?: number;
  spellCheck?: boolean;
};

type PlainFormProps = {
  action: FormAction;
  fields: readonly PlainField[];
  hidden?: Readonly<Record<string, string>>;
  submit: string;
  pending: string;
  look?: ButtonLook;
  children?: ReactNode;
};

/** Labelled lines of text and one button. Errors stand at their field; what concerns the whole stands above the button. */
export function PlainForm({ action, fields, hidden = {}, submit, pending, look = { look: "primary", size: "cta", wide: true }, children }: PlainFormProps) {
  const { state, isPending, form } = useFormAction(action);
  return (
    <form {...form} className="grid gap-4">
      {Object.entries(hidden).map(([name, value]) => <input key={name} type="hidden" name={name} value={value} />)}
      {fields.map(({ name, defaultValue, ...field }) => (
        <TextField key={name} id={name} name={name} error={state.fields?.[name]} defaultValue={state.values?.[name] ?? defaultValue} {...field} />
      ))}
      <div role="alert">{state.status === "refused" && state.message && <Notice tone="danger">{state.message}</Notice>}</div>
      {state.status === "done" && state.message && <Notice tone="success" role="status">{state.message}</Notice>}
      {children}
      <Button type="submit" disabled={isPending} aria-busy={isPending || undefined} {...look}>{isPending ? pending : submit}</Button>
    </form>
  );
}
