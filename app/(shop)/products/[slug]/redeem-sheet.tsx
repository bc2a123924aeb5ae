"use client";

import { useId, useState } from "react";
import { AddressFields } from "./address-fields";
import type { OfferView } from "./offer-view";
import { OfferChoice, PaymentChoice, QuantityStepper } from "./redeem-choices";
import type { RedeemOffer } from "./redeem-form";
import { RedeemSummary } from "./redeem-summary";
import { Button } from "@/components/ui/button";
import { Notice } from "@/components/ui/notice";
import { Sheet } from "@/components/ui/sheet";
import { useFormAction } from "@/components/ui/use-form-action";
import { maxDiscountPoints, quoteFor, type Quote } from "@/lib/catalog/price";
import { fill, formatCash, formatPoints } from "@/lib/i18n";

const NOTHING: Quote = { points: 0, totalCents: 0, discountCents: 0, cashDueCents: 0 };

type RedeemSheetProps = RedeemOffer & { isOpen: boolean; onClose: () => void };

/** Choose, see what it costs and what is left, confirm. */
export default function RedeemSheet({ isOpen, onClose, action, requestId, delivery, offers, pointsPerYuan, pointsAvailable, lots, address, locale, words }: RedeemSheetProps) {
  const formId = useId();
  const [firstRequestId] = useState(requestId);
  const [offerId, setOfferId] = useState(offers[0]!.id);
  const [wantedQuantity, setQuantity] = useState(1);
  /** null: all in points, the price's own way. */
  const [wantedPoints, setPoints] = useState<number | null>(null);
  const { state, isPending, form } = useFormAction(action);

  const offer = offers.find(({ id }) => id === offerId) ?? offers[0]!;
  const quantity = Math.min(Math.max(1, wantedQuantity), Math.max(1, offer.quantityMax));
  const pointsMax = maxDiscountPoints(offer, quantity, pointsPerYuan);
  const pointsToUse = pointsChosen(offer, wantedPoints, pointsMax, pointsAvailable);
  const quoted = quoteFor(offer, quantity, pointsToUse, pointsPerYuan);
  const quote = quoted.ok ? quoted.value : NOTHING;
  const missing = quote.points - pointsAvailable;
  // That key already stands for another wish of this person: the page brought a new one with its answer.
  const key = state.code === "request_key_reused" ? requestId : firstRequestId;

  return (
    <Sheet
      open={isOpen} onClose={onClose} title={words.title} closeLabel={words.close}
      footer={
        <div className="flex items-center gap-4">
          <p className="shrink-0 text-control leading-tight font-semibold text-points tabular-nums">
            {fill(words.unit, { points: formatPoints(locale, quote.points) })}
            {quote.cashDueCents > 0 && <span className="block text-dense">+ {formatCash(locale, quote.cashDueCents)}</span>}
          </p>
          <Button type="submit" form={formId} look="points" size="cta" className="grow shrink!" disabled={isPending || missing > 0 || !quoted.ok} aria-busy={isPending || undefined}>
            {isPending ? words.pending : missing > 0 ? fill(words.missing, { points: formatPoints(locale, missing) }) : words.confirm}
          </Button>
        </div>
      }
    >
      <form {...form} id={formId} className="grid gap-5">
        <input type="hidden" name="requestId" value={key} />
        <input type="hidden" name="expectedPoints" value={quote.points} />
        <input type="hidden" name="expectedCashDueCents" value={quote.cashDueCents} />
        <input type="hidden" name="pointsToUse" value={offer.priceMode === "cash_discount" ? (pointsToUse ?? "") : ""} />
        <OfferChoice offers={offers} chosen={offer.id} onChoose={setOfferId} words={words} />
        <QuantityStepper quantity={quantity} max={offer.quantityMax} onChange={setQuantity} words={words} />
        {offer.priceMode === "cash_discount" && (
          <PaymentChoice takesAllPoints={offer.pointsPrice > 0} pointsToUse={pointsToUse ?? null} max={Math.min(pointsMax, pointsAvailable)} onChange={setPoints} words={words} />
        )}
        {delivery === "shipped" && <AddressFields address={address} errors={state.fields ?? {}} words={words.address} />}
        <RedeemSummary quote={quote} pointsAvailable={pointsAvailable} lots={lots} locale={locale} words={words} />
        <div role="alert">{state.status === "refused" && state.message && <Notice tone="danger">{state.message}</Notice>}</div>
      </form>
    </Sheet>
  );
}

/** What is sent as `pointsToUse`: only a cash price leaves a choice, and never more than is allowed or there. */
function pointsChosen(offer: OfferView, wanted: number | null, max: number, available: number): number | undefined {
  if (offer.priceMode !== "cash_discount") return undefined;
  if (wanted === null && offer.pointsPrice > 0) return undefined;
  return Math.max(0, Math.min(wanted ?? max, max, available));
}
