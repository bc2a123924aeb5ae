"use client";

import type { OfferView } from "./offer-view";
import type { RedeemWords } from "./redeem-words";
import { fill } from "@/lib/i18n";

const choice = "inline-flex min-h-11 cursor-pointer items-center rounded-control border border-input px-4 text-dense has-checked:border-primary has-checked:bg-primary-soft has-checked:font-semibold has-checked:text-primary has-focus-visible:outline-2 has-focus-visible:outline-offset-2 has-focus-visible:outline-primary";

type OfferChoiceProps = { offers: readonly OfferView[]; chosen: number; onChoose: (id: number) => void; words: RedeemWords };

/** The variants; a product with one needs no question. */
export function OfferChoice({ offers, chosen, onChoose, words }: OfferChoiceProps) {
  if (offers.length === 1) return <input type="hidden" name="skuId" value={chosen} />;
  return (
    <fieldset>
      <legend className="mb-2 text-caption font-medium">{words.variant}</legend>
      <div className="flex flex-wrap gap-2">
        {offers.map((offer) => (
          <label key={offer.id} className={choice}>
            <input type="radio" name="skuId" value={offer.id} checked={offer.id === chosen} onChange={() => onChoose(offer.id)} className="sr-only" />
            {offer.name}
          </label>
        ))}
      </div>
    </fieldset>
  );
}

const step = "pressable grid size-11 place-items-center rounded-control border border-input disabled:border-border disabled:text-muted";

type QuantityStepperProps = { quantity: number; max: number; onChange: (quantity: number) => void; words: RedeemWords };

export function QuantityStepper({ quantity, max, onChange, words }: QuantityStepperProps) {
  return (
    <div className="flex items-center justify-between gap-4">
      <label htmlFor="quantity" className="text-caption font-medium">{words.quantity}</label>
      <div className="flex items-center gap-2">
        <button type="button" aria-label={words.fewer} disabled={quantity <= 1} onClick={() => onChange(quantity - 1)} className={step}>−</button>
        <input
          id="quantity" name="quantity" type="number" inputMode="numeric" min={1} max={max} value={quantity}
          onChange={(event) => onChange(Number.parseInt(event.target.value, 10) || 1)}
          className="number-plain h-11 w-16 rounded-control border border-input bg-card text-center text-control tabular-nums"
        />
        <button type="button" aria-label={words.oneMore} disabled={quantity >= max} onClick={() => onChange(quantity + 1)} className={step}>+</button>
      </div>
    </div>
  );
}

type PaymentChoiceProps = { takesAllPoints: boolean; /** null: all in points. */ pointsToUse: number | null; max: number; onChange: (points: number | null) => void; words: RedeemWords };

/** A cash price: how many points take a part of it, by number or by button; no slider to drag. */
export function PaymentChoice({ takesAllPoints, pointsToUse, max, onChange, words }: PaymentChoiceProps) {
  return (
    <fieldset className="grid gap-3">
      <legend className="mb-2 text-caption font-medium">{words.payWith}</legend>
      {takesAllPoints && (
        <div className="flex flex-wrap gap-2">
          <label className={choice}>
            <input type="radio" name="payment" checked={pointsToUse === null} onChange={() => onChange(null)} className="sr-only" />
            {words.allPoints}
          </label>
          <label className={choice}>
            <input type="radio" name="payment" checked={pointsToUse !== null} onChange={() => onChange(max)} className="sr-only" />
            {words.cashAndPoints}
          </label>
        </div>
      )}
      {pointsToUse !== null && (
        <div className="flex flex-wrap items-center gap-2">
          <label htmlFor="points-used" className="text-caption text-muted">{words.pointsToUse}</label>
          <input
            id="points-used" type="number" inputMode="numeric" min={0} max={max} value={pointsToUse}
            onChange={(event) => onChange(Number.parseInt(event.target.value, 10) || 0)}
            className="number-plain h-11 w-28 rounded-control border border-input bg-card px-3 text-control tabular-nums"
          />
          <button type="button" onClick={() => onChange(0)} className={step.replace("size-11", "h-11 px-3")}>{words.none}</button>
          <button type="button" onClick={() => onChange(max)} className={step.replace("size-11", "h-11 px-3")}>{fill(words.most, { points: max })}</button>
        </div>
      )}
    </fieldset>
  );
}
