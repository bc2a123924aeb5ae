"use client";

import { Button } from "@/components/ui/button";
import type { FormAction } from "@/components/ui/form-state";
import { toast } from "@/components/ui/toast";
import { useFormAction } from "@/components/ui/use-form-action";

type DeviceFormProps = { action: FormAction; hidden: Readonly<Record<string, string>>; label: string; submit: string; pending: string; wide?: boolean };

/** One button whose line is gone once it has worked: what was done is said in the corner. */
export function DeviceForm({ action, hidden, label, submit, pending, wide = false }: DeviceFormProps) {
  const { state, isPending, form } = useFormAction(async (before, data) => {
    const answer = await action(before, data);
    if (answer.status === "done" && answer.message) {
      toast(answer.message);
      document.querySelector<HTMLElement>("main h1")?.focus();
    }
    return answer;
  });
  return (
    <form {...form}>
      {Object.entries(hidden).map(([name, value]) => <input key={name} type="hidden" name={name} value={value} />)}
      <Button type="submit" size={wide ? "medium" : "dense"} wide={wide} aria-label={label} disabled={isPending} aria-busy={isPending || undefined}>{isPending ? pending : submit}</Button>
      <p role="alert" className="mt-1 text-caption text-danger empty:hidden">{state.status === "refused" ? state.message : ""}</p>
    </form>
  );
}
