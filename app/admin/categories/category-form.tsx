"use client";

import { useState } from "react";
import { NumberField } from "@/components/admin/number-field";
import { ChoiceList } from "@/components/admin/rule-controls";
import { SaveBar } from "@/components/admin/save-bar";
import { useDraft } from "@/components/admin/use-draft";
import { useLeaveGuard } from "@/components/admin/use-leave-guard";
import { useSaveShortcut } from "@/components/admin/use-save-shortcut";
import { Card } from "@/components/ui/card";
import { TextField } from "@/components/ui/field";
import type { FormAction } from "@/components/ui/form-state";
import { Notice } from "@/components/ui/notice";
import type { CategoryWords } from "./form-parts";

export type CategoryDraft = { id?: number; slug: string; name: string; nameEn: string; parentId: number | null; place: number | null };

type CategoryFormProps = { category: CategoryDraft; parents: readonly { id: number; name: string }[]; words: CategoryWords; requestId: string; action: FormAction };

/** The place is among neighbours, who may be others in another parent. */
const MADE = ["slug", "place"];

/** A category and where it stands. To discard is to begin again from what is saved. */
export function CategoryForm(props: CategoryFormProps) {
  const [attempt, setAttempt] = useState(0);
  return <Draft key={attempt} {...props} onDiscard={() => setAttempt(attempt + 1)} />;
}

function Draft({ category, parents, words, requestId, action, onDiscard }: CategoryFormProps & { onDiscard: () => void }) {
  const isNew = category.id === undefined;
  const { state, isReady, isDirty, form } = useDraft(action, requestId, MADE);
  const errors = state.fields ?? {};
  useLeaveGuard(isDirty, words.leave);
  useSaveShortcut({ form: form.ref, isWorthIt: isDirty || isNew, isReady });
  const line = (name: "name" | "nameEn") => (
    <TextField id={name} name={name} shape="dense" label={words[name]} defaultValue={category[name]} maxLength={60} required={name === "name"} error={errors[name]} />
  );
  return (
    <form {...form} aria-label={words.form}>
      <input type="hidden" name="requestId" value={requestId} />
      {!isNew && <input type="hidden" name="categoryId" value={category.id} />}
      <div role="alert">{state.status === "refused" && <Notice tone="danger" className="mb-4">{state.message ?? words.checkFields}</Notice>}</div>
      <div className="grid gap-4 lg:grid-cols-[minmax(0,2fr)_minmax(0,1fr)] lg:items-start">
        <Card as="section" aria-labelledby="texts-title">
          <h2 id="texts-title" className="mb-3 text-section font-semibold">{words.texts}</h2>
          <div className="grid items-start gap-4 md:grid-cols-2">
            {line("name")}
            {line("nameEn")}
            <TextField
              id="slug" name="slug" shape="dense" label={words.slug} hint={words.slugHint} defaultValue={category.slug} maxLength={60} spellCheck={false} autoCapitalize="none" error={errors.slug}
            />
          </div>
        </Card>
        <Card as="section" aria-labelledby="place-title">
          <h2 id="place-title" className="mb-3 text-section font-semibold">{words.place}</h2>
          <div className="grid gap-4">
            <ChoiceList
              name="parentId" label={words.parent} defaultValue={category.parentId ?? ""} error={errors.parentId}
              options={[{ value: "", label: words.top }, ...parents.map(({ id, name }) => ({ value: id, label: name }))]}
            />
            <NumberField name="place" label={words.placeNumber} hint={words.placeHint} defaultValue={category.place ?? ""} error={errors.place} />
          </div>
        </Card>
      </div>
      <SaveBar isShown={isDirty || isNew} isPending={!isReady} words={isNew ? words.createBar : words.bar} onDiscard={isNew ? undefined : onDiscard} />
    </form>
  );
}
