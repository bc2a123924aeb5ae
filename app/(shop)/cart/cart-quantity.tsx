"use client";

import { useOptimistic, useState, useTransition } from "react";
import { useErrorCopy } from "@/components/error-copy";

type CartQuantityProps = {
  action: (skuId: number, quantity: number, requestId: string) => Promise<string | null>;
  skuId: number;
  quantity: number;
  max: number;
  words: { label: string; fewer: string; oneMore: string; remove: string };
};

const step = "pressable grid size-11 place-items-center rounded-control border border-input disabled:border-border disabled:text-muted";

/** How many of it, by buttons; shown at once and taken back when the answer is no. */
export function CartQuantity({ action, skuId, quantity, max, words }: CartQuantityProps) {
  const [shown, show] = useOptimistic(quantity);
  const [refusal, setRefusal] = useState<string | null>(null);
  const [isPending, start] = useTransition();
  const noAnswer = useErrorCopy()?.noAnswer ?? "";

  const change = (to: number) =>
    start(async () => {
      show(to);
      setRefusal(await action(skuId, to, crypto.randomUUID()).catch(() => noAnswer));
    });

  return (
    <div className="mt-2 flex flex-wrap items-center gap-2" role="group" aria-label={words.label}>
      <button type="button" aria-label={words.fewer} disabled={isPending || shown <= 1} onClick={() => change(shown - 1)} className={step}>−</button>
      <output className="min-w-8 text-center text-control tabular-nums">{shown}</output>
      <button type="button" aria-label={words.oneMore} disabled={isPending || shown >= max} onClick={() => change(shown + 1)} className={step}>+</button>
      <button type="button" disabled={isPending} onClick={() => change(0)} className="pressable ms-auto inline-flex min-h-11 items-center px-2 text-caption font-medium text-primary">{words.remove}</button>
      <span role="alert" className="basis-full text-caption text-danger empty:hidden">{refusal}</span>
    </div>
  );
}
