"use client";

import type { RedeemableOffer } from "./redeem-form";
import type { RedeemWords } from "./redeem-words";

const choice = "inline-flex min-h-11 cursor-pointer items-center rounded-control border border-input px-4 text-dense has-checked:border-primary has-checked:bg-primary-soft has-checked:font-semibold has-checked:text-primary has-focus-visible:outline-2 has-focus-visible:outline-offset-2 has-focus-visible:outline-primary";

type OfferChoiceProps = { offers: readonly RedeemableOffer[]; chosen: number; onChoose: (id: number) => void; words: RedeemWords };

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
