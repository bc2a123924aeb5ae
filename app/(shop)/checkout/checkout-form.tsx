"use client";

import { useState } from "react";
import { CheckoutFields } from "./checkout-fields";
import type { CheckoutTerms } from "./checkout-terms";
import { useCheckout } from "./use-checkout";
import { Button } from "@/components/ui/button";
import type { FormAction } from "@/components/ui/form-state";
import { Notice } from "@/components/ui/notice";
import { useFormAction } from "@/components/ui/use-form-action";
import { fill, formatCash, formatPoints } from "@/lib/i18n";
import type { QuoteLine } from "@/lib/orders/quote";

type CheckoutFormProps = { action: FormAction; /** Made when the page was: the same order is made once, however often it is sent. */ requestId: string; lines: readonly QuoteLine[]; terms: CheckoutTerms; isFrozen: boolean };

/** Several products in one order: how it is paid, where it goes, what it comes to, and the one button. */
export function CheckoutForm({ action, requestId, lines, terms, isFrozen }: CheckoutFormProps) {
  const [firstRequestId] = useState(requestId);
  const { state, isPending, form } = useFormAction(action);
  const checkout = useCheckout(lines, terms);
  const { quote, pointsMissing } = checkout;
  const { locale, words } = terms;
  const key = state.code === "request_key_reused" ? requestId : firstRequestId;
  const isReady = quote !== null && quote.lines.length > 0 && pointsMissing === 0 && !isFrozen;
  return (
    <form {...form} className="grid gap-5">
      <input type="hidden" name="requestId" value={key} />
      <input type="hidden" name="version" value={quote?.version ?? ""} />
      <input type="hidden" name="lines" value={JSON.stringify(lines.map(({ offer, quantity }) => ({ skuId: offer.skuId, quantity })))} />
      <CheckoutFields checkout={checkout} terms={terms} deliveries={lines.map(({ offer }) => offer.delivery)} errors={state.fields ?? {}} />
      <div role="alert">{state.status === "refused" && state.message && <Notice tone="danger">{state.message}</Notice>}</div>
      <div className="fixed inset-x-0 bottom-[calc(57px+env(safe-area-inset-bottom))] z-10 flex items-center gap-4 border-t border-border bg-card px-4 py-3 lg:static lg:border-0 lg:bg-transparent lg:p-0">
        <p className="shrink-0 text-control leading-tight font-semibold text-points tabular-nums">
          {fill(words.unit, { points: formatPoints(locale, quote?.points ?? 0) })}
          {quote && quote.cashDueCents > 0 && <span className="block text-dense">+ {formatCash(locale, quote.cashDueCents)}</span>}
        </p>
        <Button type="submit" look="points" size="cta" className="grow shrink!" disabled={isPending || !isReady} aria-busy={isPending || undefined}>
          {isPending ? words.pending : pointsMissing > 0 ? fill(words.missing, { points: formatPoints(locale, pointsMissing) }) : words.confirm}
        </Button>
      </div>
    </form>
  );
}
