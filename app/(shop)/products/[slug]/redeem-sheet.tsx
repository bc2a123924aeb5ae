"use client";

import { useId, useState } from "react";
import { CheckoutFields } from "../../checkout/checkout-fields";
import { useCheckout } from "../../checkout/use-checkout";
import { OfferChoice, QuantityStepper } from "./redeem-choices";
import type { RedeemOffer } from "./redeem-form";
import { Button } from "@/components/ui/button";
import { Notice } from "@/components/ui/notice";
import { Sheet } from "@/components/ui/sheet";
import { useFormAction } from "@/components/ui/use-form-action";
import { fill, formatCash, formatPoints } from "@/lib/i18n";

type RedeemSheetProps = RedeemOffer & { isOpen: boolean; onClose: () => void };

/** Choose, see what it costs and what is left, confirm. */
export default function RedeemSheet({ isOpen, onClose, action, requestId, offers, terms, words }: RedeemSheetProps) {
  const formId = useId();
  const [firstRequestId] = useState(requestId);
  const [offerId, setOfferId] = useState(offers[0]!.id);
  const [wantedQuantity, setQuantity] = useState(1);
  const { state, isPending, form } = useFormAction(action);

  const offer = offers.find(({ id }) => id === offerId) ?? offers[0]!;
  const quantity = Math.min(Math.max(1, wantedQuantity), Math.max(1, offer.quantityMax));
  const checkout = useCheckout([{ offer: offer.quoted, quantity }], terms);
  const { quote, pointsMissing } = checkout;
  // That key already stands for another wish of this person: the page brought a new one with its answer.
  const key = state.code === "request_key_reused" ? requestId : firstRequestId;
  const { locale } = terms;

  return (
    <Sheet
      open={isOpen} onClose={onClose} title={words.title} closeLabel={words.close}
      footer={
        <div className="flex items-center gap-4">
          <p className="shrink-0 text-control leading-tight font-semibold text-points tabular-nums">
            {fill(terms.words.unit, { points: formatPoints(locale, quote?.points ?? 0) })}
            {quote && quote.cashDueCents > 0 && <span className="block text-dense">+ {formatCash(locale, quote.cashDueCents)}</span>}
          </p>
          <Button type="submit" form={formId} look="points" size="cta" className="grow shrink!" disabled={isPending || pointsMissing > 0 || !quote} aria-busy={isPending || undefined}>
            {isPending ? terms.words.pending : pointsMissing > 0 ? fill(terms.words.missing, { points: formatPoints(locale, pointsMissing) }) : terms.words.confirm}
          </Button>
        </div>
      }
    >
      <form {...form} id={formId} className="grid gap-5">
        <input type="hidden" name="requestId" value={key} />
        <input type="hidden" name="expectedPoints" value={quote?.points ?? 0} />
        <input type="hidden" name="expectedCashDueCents" value={quote?.cashDueCents ?? 0} />
        <OfferChoice offers={offers} chosen={offer.id} onChoose={setOfferId} words={words} />
        <QuantityStepper quantity={quantity} max={offer.quantityMax} onChange={setQuantity} words={words} />
        <CheckoutFields checkout={checkout} terms={terms} deliveries={[offer.quoted.delivery]} errors={state.fields ?? {}} />
        <div role="alert">{state.status === "refused" && state.message && <Notice tone="danger">{state.message}</Notice>}</div>
      </form>
    </Sheet>
  );
}
