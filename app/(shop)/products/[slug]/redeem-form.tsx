"use client";

import { useId, useState, type ReactNode } from "react";
import { AddressFields } from "./address-fields";
import type { OfferView } from "./offer-view";
import { OfferChoice, PaymentChoice, QuantityStepper } from "./redeem-choices";
import { RedeemSummary } from "./redeem-summary";
import type { RedeemWords } from "./redeem-words";
import { Button, buttonClass } from "@/components/ui/button";
import type { FormAction } from "@/components/ui/form-state";
import { Notice } from "@/components/ui/notice";
import { Sheet } from "@/components/ui/sheet";
import { useFormAction } from "@/components/ui/use-form-action";
import { maxDiscountPoints, quoteFor, type Quote } from "@/lib/catalog/price";
import { fill, formatCash, formatPoints, type Locale } from "@/lib/i18n";

export type Address = { recipient: string; phone: string; region: string; street: string; postcode: string };
export type LotOffer = { id: number; pointsGranted: number; pointsRemaining: number; expiresAt: Date; label: string };

type RedeemFormProps = {
  action: FormAction;
  /** Made when the page was: the same redemption is granted once, however often it is sent. */
  requestId: string;
  slug: string;
  delivery: "shipped" | "virtual";
  offers: readonly OfferView[];
  pointsPerYuan: number;
  pointsAvailable: number;
  lots: readonly LotOffer[];
  address: Address | null;
  locale: Locale;
  words: RedeemWords;
  price: ReactNode;
  startOpen: boolean;
};

const NOTHING: Quote = { points: 0, totalCents: 0, discountCents: 0, cashDueCents: 0 };

/** The redeem button and its sheet: choose, see what it costs and what is left, confirm. */
export function RedeemForm({ action, requestId, slug, delivery, offers, pointsPerYuan, pointsAvailable, lots, address, locale, words, price, startOpen }: RedeemFormProps) {
  const formId = useId();
  const [isOpen, setOpen] = useState(startOpen);
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
    <>
      <div className="fixed inset-x-0 bottom-[calc(57px+env(safe-area-inset-bottom))] z-10 flex items-center gap-4 border-t border-border bg-card px-4 py-3 lg:static lg:mt-5 lg:border-0 lg:bg-transparent lg:p-0">
        <span className="lg:hidden">{price}</span>
        {/* Without scripts it is a link to the same page with its sheet open. */}
        <a
          href={`/products/${slug}?redeem=1`} role="button" aria-haspopup="dialog"
          onClick={(event) => { event.preventDefault(); setOpen(true); }}
          onKeyDown={(event) => { if (event.key === " ") { event.preventDefault(); setOpen(true); } }}
          className={buttonClass({ look: "points", size: "cta" }, "grow lg:grow-0 lg:px-10")}
        >
          {words.open}
        </a>
      </div>
      <Sheet
        open={isOpen} onClose={() => setOpen(false)} title={words.title} closeLabel={words.close}
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
    </>
  );
}

/** What is sent as `pointsToUse`: only a cash price leaves a choice, and never more than is allowed or there. */
function pointsChosen(offer: OfferView, wanted: number | null, max: number, available: number): number | undefined {
  if (offer.priceMode !== "cash_discount") return undefined;
  if (wanted === null && offer.pointsPrice > 0) return undefined;
  return Math.max(0, Math.min(wanted ?? max, max, available));
}
