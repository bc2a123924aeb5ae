"use client";

import type { ReactNode } from "react";
import { useCommand } from "@/components/admin/use-command";
import { Button, type ButtonLook } from "@/components/ui/button";
import { CopyButton } from "@/components/ui/copy-button";
import { Field, Input, Select, TextField } from "@/components/ui/field";
import type { FormAction } from "@/components/ui/form-state";
import { Notice } from "@/components/ui/notice";

export type LinkWords = { lead: string; link: string; copy: string; copied: string; pending: string };

type LinkCommandProps = {
  action: FormAction;
  label: string;
  hidden: Readonly<Record<string, string | number>>;
  submit: string;
  look?: ButtonLook["look"];
  words: LinkWords;
  /** Whom to invite, and as what; absent where that is known. */
  asks?: { email: string; role: string; choose: string; roles: readonly { value: string; label: string }[] };
  children?: ReactNode;
};

/** A command whose answer is mail on its way, or, where none can be sent, a link to hand over. */
export function LinkCommand({ action, label, hidden, submit, look = "primary", words, asks, children }: LinkCommandProps) {
  const { state, isPending, form } = useCommand(action);
  const link = state.status === "done" ? state.values?.link : undefined;
  return (
    <form {...form} aria-label={label} className="flex flex-col gap-3.5">
      {Object.entries(hidden).map(([name, value]) => <input key={name} type="hidden" name={name} value={value} />)}
      {asks && (
        <div className="grid items-start gap-3.5 sm:grid-cols-2">
          <TextField id="email" name="email" type="email" shape="dense" label={asks.email} autoComplete="off" maxLength={254} spellCheck={false} error={state.fields?.email} />
          <Field id="roleId" label={asks.role} error={state.fields?.roleId}>
            {(wiring) => (
              <Select {...wiring} name="roleId" shape="dense" defaultValue="">
                <option value="" disabled>{asks.choose}</option>
                {asks.roles.map(({ value, label: name }) => <option key={value} value={value}>{name}</option>)}
              </Select>
            )}
          </Field>
        </div>
      )}
      {children}
      <div role="alert" className="empty:-mt-3.5">{state.status === "refused" && state.message && <Notice tone="danger">{state.message}</Notice>}</div>
      <Button type="submit" look={look} size="dense" className="self-start" disabled={isPending} aria-busy={isPending || undefined}>{isPending ? words.pending : submit}</Button>
      {link && (
        <div role="status" className="grid gap-2">
          <p className="text-dense">{words.lead}</p>
          <div className="flex items-center gap-2">
            <Input shape="dense" readOnly value={link} aria-label={words.link} className="font-mono" onFocus={(event) => event.currentTarget.select()} />
            <CopyButton text={link} label={words.copy} copiedLabel={words.copied} />
          </div>
        </div>
      )}
    </form>
  );
}
