"use client";

import type { CheckoutWords } from "./checkout-words";
import { fill } from "@/lib/i18n";

const choice = "inline-flex min-h-11 cursor-pointer items-center rounded-control border border-input px-4 text-dense has-checked:border-primary has-checked:bg-primary-soft has-checked:font-semibold has-checked:text-primary has-focus-visible:outline-2 has-focus-visible:outline-offset-2 has-focus-visible:outline-primary";
const step = "pressable grid h-11 place-items-center rounded-control border border-input px-3 disabled:border-border disabled:text-muted";

type PaymentChoiceProps = { takesAllPoints: boolean; /** null: all in points. */ pointsToUse: number | null; min: number; max: number; onChange: (points: number | null) => void; words: CheckoutWords };

/**
 * A cash price: how many points take a part of it, by number or by button; no slider to drag.
 * What other prices of the order take in any case (`min`) is not asked for.
 */
export function PaymentChoice({ takesAllPoints, pointsToUse, min, max, onChange, words }: PaymentChoiceProps) {
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
            id="points-used" type="number" inputMode="numeric" min={0} max={max - min} value={pointsToUse - min}
            onChange={(event) => onChange(min + (Number.parseInt(event.target.value, 10) || 0))}
            className="number-plain h-11 w-28 rounded-control border border-input bg-card px-3 text-control tabular-nums"
          />
          <button type="button" onClick={() => onChange(min)} className={step}>{words.none}</button>
          <button type="button" onClick={() => onChange(max)} className={step}>{fill(words.most, { points: max - min })}</button>
        </div>
      )}
    </fieldset>
  );
}
