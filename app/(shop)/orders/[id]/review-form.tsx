"use client";

import { useState } from "react";
import { Button } from "@/components/ui/button";
import { Field, Textarea } from "@/components/ui/field";
import type { FormAction } from "@/components/ui/form-state";
import { Icon } from "@/components/ui/icon";
import { Notice } from "@/components/ui/notice";
import { toast } from "@/components/ui/toast";
import { useFormAction } from "@/components/ui/use-form-action";

type Words = { form: string; rating: string; choices: Record<1 | 2 | 3 | 4 | 5, string>; body: string; bodyHint: string; submit: string; pending: string };

type ReviewFormProps = {
  action: FormAction;
  orderId: string;
  productId: number;
  requestId: string;
  bodyMax: number;
  /** Where the reader is taken when the form has gone with what it did. */
  doneAt: string;
  words: Words;
};

const RATINGS = [1, 2, 3, 4, 5] as const;

/** Stars and a few words. Each star is a radio button that fills those before it. */
export function ReviewForm({ action, orderId, productId, requestId, bodyMax, doneAt, words }: ReviewFormProps) {
  const { state, isPending, form } = useFormAction(async (before, data) => {
    const answer = await action(before, data);
    if (answer.status === "done") {
      if (answer.message) toast(answer.message);
      document.getElementById(doneAt)?.focus();
    }
    return answer;
  });
  const bodyId = `review-body-${productId}`;
  return (
    <form {...form} aria-label={words.form} className="grid gap-4 pt-2">
      {Object.entries({ requestId, orderId, productId }).map(([name, value]) => <input key={name} type="hidden" name={name} value={value} />)}
      <StarChoice name={`review-rating-${productId}`} words={words} error={state.fields?.rating} />
      <Field id={bodyId} label={words.body} hint={words.bodyHint} error={state.fields?.body}>
        {(wiring) => <Textarea {...wiring} name="body" rows={4} maxLength={bodyMax} defaultValue={state.values?.body} />}
      </Field>
      <div role="alert" className="empty:hidden">{state.status === "refused" && state.message && <Notice tone="danger">{state.message}</Notice>}</div>
      <Button type="submit" look="primary" className="justify-self-start" disabled={isPending} aria-busy={isPending || undefined}>{isPending ? words.pending : words.submit}</Button>
    </form>
  );
}

function StarChoice({ name, words, error }: { name: string; words: Words; error?: string }) {
  const [rating, setRating] = useState(0);
  const errorId = `${name}-error`;
  return (
    <fieldset className="grid gap-1.5" aria-describedby={error ? errorId : undefined}>
      <legend className="text-caption font-medium">{words.rating}</legend>
      <div className="-ms-2 flex items-center">
        {RATINGS.map((each) => (
          <label key={each} className="relative grid size-11 place-items-center rounded-control has-focus-visible:outline-2 has-focus-visible:outline-primary">
            <input
              type="radio" name="rating" value={each} checked={rating === each} onChange={() => setRating(each)} aria-label={words.choices[each]}
              aria-invalid={error && each === 1 ? true : undefined} className="peer absolute inset-0 size-full cursor-pointer opacity-0"
            />
            <Icon name="star" size={24} filled={each <= rating} className={each <= rating ? "text-points" : "text-input peer-checked:text-points"} />
          </label>
        ))}
        <span aria-hidden="true" className="ms-2 text-caption text-muted">{rating > 0 && words.choices[rating as keyof Words["choices"]]}</span>
      </div>
      {error && <p id={errorId} className="flex items-start gap-1.5 text-caption text-danger"><Icon name="alert" size={16} className="mt-0.5" />{error}</p>}
    </fieldset>
  );
}
