"use client";

import type { ReactNode } from "react";
import { Button, type ButtonLook } from "../ui/button";
import { TextField } from "../ui/field";
import type { FormAction } from "../ui/form-state";
import { Notice } from "../ui/notice";
import { useCommand } from "./use-command";

export type CommandField = { name: string; /** Where a page has several forms with a field of this name. */ id?: string; label: string; hint?: string; maxLength?: number; autoComplete?: string; /** A day of the calendar, not before `min`. */ type?: "date"; min?: string; defaultValue?: string; suggestions?: readonly string[] };

type CommandFormProps = {
  action: FormAction;
  label: string;
  hidden: Readonly<Record<string, string | number>>;
  fields?: readonly CommandField[];
  submit: string;
  pending: string;
  look?: ButtonLook["look"];
  children?: ReactNode;
};

/**
 * One command of staff: its few fields and its button. What was refused is said here; what was done is said in the corner and at the
 * page's heading, because the form may be gone with the state that it changed. Where one command takes the place of another,
 * a key tells them apart, so that what one was refused is not said at the other.
 */
export function CommandForm({ action, label, hidden, fields = [], submit, pending, look = "primary", children }: CommandFormProps) {
  const { state, isPending, form } = useCommand(action);
  return (
    <form {...form} aria-label={label} className="flex flex-col gap-3.5">
      {Object.entries(hidden).map(([name, value]) => <input key={name} type="hidden" name={name} value={value} />)}
      {fields.map(({ name, suggestions, ...field }) => (
        <div key={name}>
          <TextField id={name} name={name} shape="dense" list={suggestions && `${field.id ?? name}-suggestions`} error={state.fields?.[name]} {...field} />
          {suggestions && <datalist id={`${field.id ?? name}-suggestions`}>{suggestions.map((each) => <option key={each} value={each} />)}</datalist>}
        </div>
      ))}
      {children}
      <div role="alert" className="empty:-mt-3.5">{state.status === "refused" && state.message && <Notice tone="danger">{state.message}</Notice>}</div>
      <Button type="submit" look={look} size="dense" className="self-start" disabled={isPending} aria-busy={isPending || undefined}>{isPending ? pending : submit}</Button>
    </form>
  );
}
