"use client";

import { useEffect, useRef } from "react";
import type { DeskWords, FoundPickup } from "./desk-state";
import { ProductPicture } from "@/components/product-picture";
import { Button } from "@/components/ui/button";
import { Card } from "@/components/ui/card";
import type { FormAction } from "@/components/ui/form-state";
import { Notice } from "@/components/ui/notice";
import { useFormAction } from "@/components/ui/use-form-action";

type FoundProps = { found: FoundPickup; code: string; action: FormAction; words: DeskWords; onNext: () => void };

/** Whose order it is and what they get; the button is as large as a thumb. */
export function Found({ found, code, action, words, onNext }: FoundProps) {
  const { state, isPending, form } = useFormAction(action);
  const title = useRef<HTMLHeadingElement>(null);
  // It is read out, the keyboard of a phone makes way, and a scanner's second Enter hands nothing over.
  useEffect(() => title.current?.focus(), []);
  return (
    <Card as="section" aria-labelledby="found-title" className="grid gap-3">
      <div>
        <h2 ref={title} id="found-title" tabIndex={-1} className="text-section font-semibold">{found.title}</h2>
        <p className="text-dense">{found.person}</p>
        {found.point && <p className="text-caption text-muted">{found.point}</p>}
      </div>
      <ul className="grid gap-2">
        {found.items.map((item) => (
          <li key={item.line} className="flex items-center gap-3">
            <ProductPicture picture={item.picture} className="size-12! shrink-0 rounded-control border border-border" />
            <span className="min-w-0 grow text-body font-medium">{item.name}{item.sku && <span className="block text-caption font-normal text-muted">{item.sku}</span>}</span>
            <b className="shrink-0 text-section tabular-nums">{item.pieces}</b>
          </li>
        ))}
      </ul>
      <div role="alert" className="empty:hidden">
        {found.obstacle && <Notice tone="warning">{found.obstacle}</Notice>}
        {state.status === "refused" && state.message && <Notice tone="danger">{state.message}</Notice>}
      </div>
      <div role="status" className="empty:hidden">{state.status === "done" && <Notice tone="success">{state.message}</Notice>}</div>
      {found.obstacle === null && state.status !== "done" ? (
        <form {...form}>
          <input type="hidden" name="requestId" value={found.requestId} />
          <input type="hidden" name="code" value={code} />
          <input type="hidden" name="number" value={found.number} />
          <Button type="submit" look="primary" size="cta" wide disabled={isPending} aria-busy={isPending || undefined}>{isPending ? words.handing : words.hand}</Button>
        </form>
      ) : <Button size="medium" wide onClick={onNext}>{words.next}</Button>}
    </Card>
  );
}
