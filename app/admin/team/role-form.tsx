"use client";

import { useState } from "react";
import { SaveBar } from "@/components/admin/save-bar";
import { useDraft } from "@/components/admin/use-draft";
import { useLeaveGuard } from "@/components/admin/use-leave-guard";
import { useSaveShortcut } from "@/components/admin/use-save-shortcut";
import { Card } from "@/components/ui/card";
import { TextField } from "@/components/ui/field";
import type { FormAction } from "@/components/ui/form-state";
import { Notice } from "@/components/ui/notice";

export type RoleTopic = { key: string; label: string; permissions: readonly { value: string; label: string; isChosen: boolean; /** Nobody gives what they do not have. */ isGivable: boolean }[] };

export type RoleFormWords = {
  name: string; nameHint: string; permissions: string; permissionsHint: string; notYours: string; leave: string; checkFields: string;
  bar: { unsaved: string; discard: string; save: string; pending: string; shortcut: string };
};

type RoleFormProps = { id?: number; name: string; topics: readonly RoleTopic[]; words: RoleFormWords; requestId: string; action: FormAction };

/** A custom role: its name, and a box for each permission. To discard is to begin again from what is saved. */
export function RoleForm(props: RoleFormProps) {
  const [attempt, setAttempt] = useState(0);
  return <Draft key={attempt} {...props} onDiscard={() => setAttempt(attempt + 1)} />;
}

function Draft({ id, name, topics, words, requestId, action, onDiscard }: RoleFormProps & { onDiscard: () => void }) {
  const isNew = id === undefined;
  const { state, isReady, isDirty, form } = useDraft(action, requestId);
  useLeaveGuard(isDirty, words.leave);
  useSaveShortcut({ form: form.ref, isWorthIt: isDirty || isNew, isReady });
  const error = state.fields?.permissions;
  return (
    <form {...form} className="grid gap-4">
      <input type="hidden" name="requestId" value={requestId} />
      {!isNew && <input type="hidden" name="id" value={id} />}
      <div role="alert">{state.status === "refused" && <Notice tone="danger">{state.message ?? words.checkFields}</Notice>}</div>
      <Card as="section" aria-label={words.name}>
        <TextField id="name" name="name" shape="dense" label={words.name} hint={words.nameHint} defaultValue={name} maxLength={40} required autoComplete="off" error={state.fields?.name} className="max-w-96" />
      </Card>
      <Card as="section" aria-labelledby="permissions-title">
        <h2 id="permissions-title" className="text-section font-semibold">{words.permissions}</h2>
        <p className="mb-4 text-caption text-muted">{words.permissionsHint}</p>
        {error && <p role="alert" className="mb-3 text-caption text-danger">{error}</p>}
        <div className="grid gap-x-6 gap-y-5 sm:grid-cols-2">
          {topics.map((topic) => (
            <fieldset key={topic.key}>
              <legend className="mb-1.5 text-caption font-medium text-muted">{topic.label}</legend>
              {topic.permissions.map(({ value, label, isChosen, isGivable }) => (
                <label key={value} className="flex min-h-9 items-center gap-2.5 text-dense">
                  <input type="checkbox" name="permissions" value={value} defaultChecked={isChosen} disabled={!isGivable} className="size-6 shrink-0 accent-primary" />
                  <span className={isGivable ? undefined : "text-muted"}>{label}{!isGivable && <span className="block text-caption">{words.notYours}</span>}</span>
                </label>
              ))}
            </fieldset>
          ))}
        </div>
      </Card>
      <SaveBar isShown={isDirty || isNew} isPending={!isReady} words={words.bar} onDiscard={isNew ? undefined : onDiscard} />
    </form>
  );
}
