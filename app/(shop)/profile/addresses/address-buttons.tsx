"use client";

import { Button } from "@/components/ui/button";
import type { FormAction } from "@/components/ui/form-state";
import { Notice } from "@/components/ui/notice";
import { useFormAction } from "@/components/ui/use-form-action";

type Words = { makeDefault: string; makeDefaultOne: string; remove: string; removeOne: string; pending: string };
type AddressButtonsProps = { action: FormAction; id: number; isDefault: boolean; words: Words };

/** What can be done with an address in one press. A list has many of them, so each button's name says which it belongs to. */
export function AddressButtons({ action, id, isDefault, words }: AddressButtonsProps) {
  const { state, isPending, form } = useFormAction(action);
  return (
    <form {...form} className="flex grow flex-wrap justify-between gap-2">
      <input type="hidden" name="id" value={id} />
      {isDefault ? <span /> : (
        <Button type="submit" name="press" value="default" aria-label={words.makeDefaultOne} disabled={isPending} size="dense">{words.makeDefault}</Button>
      )}
      <Button type="submit" name="press" value="remove" aria-label={words.removeOne} disabled={isPending} aria-busy={isPending || undefined} look="danger" size="dense">
        {isPending ? words.pending : words.remove}
      </Button>
      <div role="alert" className="w-full empty:hidden">{state.status === "refused" && state.message && <Notice tone="danger">{state.message}</Notice>}</div>
      <div role="status" className="sr-only">{state.status === "done" && state.message}</div>
    </form>
  );
}
