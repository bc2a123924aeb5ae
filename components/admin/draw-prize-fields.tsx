"use client";

import { useState } from "react";
import { Button } from "../ui/button";
import { Field, Select, TextField } from "../ui/field";
import type { DrawWords } from "./draw-words";
import { NumberField } from "./number-field";
import type { PrizeKind } from "@/db/schema/draws";
import { fill } from "@/lib/i18n";
import { percentFromPpm } from "@/lib/draws/percent";

// The schema's own list would bring the database's library into the browser.
const KINDS = ["points", "coupon", "make_up_card", "nothing"] as const satisfies readonly PrizeKind[];

export type PrizeDraft = { id: number; name: string; nameEn: string; kind: PrizeKind; points: number; couponTemplateId: number | null; quantity: number; oddsPpm: number; stock: number | null };
export type CouponChoice = { id: number; name: string };

type PrizeFieldsProps = { prize: PrizeDraft | null; index: number; coupons: readonly CouponChoice[]; words: DrawWords; errors: Readonly<Record<string, string>>; onRemove?: () => void };

/** One prize: what it is, how likely, and how much of it there is. What its kind does not have is not shown and not sent. */
export function DrawPrizeFields({ prize, index, coupons, words, errors, onRemove }: PrizeFieldsProps) {
  const [kind, setKind] = useState<PrizeKind>(prize?.kind ?? "points");
  const at = (name: string) => `prizes.${index}.${name}`;
  const text = (name: "name" | "nameEn", label: string) => (
    <TextField id={at(name)} name={at(name)} shape="dense" label={label} defaultValue={prize?.[name]} maxLength={40} required={name === "name"} error={errors[at(name)]} />
  );
  const number = (name: "points" | "quantity" | "stock", label: string, value: number | string, hint?: string) => (
    <NumberField name={at(name)} label={label} hint={hint} defaultValue={value} error={errors[at(name)]} />
  );
  return (
    <fieldset className="rounded-card border border-border p-4 pt-2">
      <legend className="px-1 text-dense font-semibold">{fill(words.prize, { number: index + 1 })}</legend>
      {prize && <input type="hidden" name={at("prizeId")} value={prize.id} />}
      {prize && <input type="hidden" name={at("stockShown")} value={prize.stock ?? ""} />}
      <div className="grid gap-4">
        <div className="grid items-start gap-4 sm:grid-cols-2">{text("name", words.prizeName)}{text("nameEn", words.prizeNameEn)}</div>
        <div className="grid items-start gap-4 sm:grid-cols-2 lg:grid-cols-4">
          <Field id={at("kind")} label={words.kind} error={errors[at("kind")]}>
            {(wiring) => (
              <Select {...wiring} name={at("kind")} shape="dense" value={kind} onChange={(event) => setKind(event.target.value as PrizeKind)}>
                {KINDS.map((each) => <option key={each} value={each}>{words.kinds[each]}</option>)}
              </Select>
            )}
          </Field>
          {kind === "points" && number("points", words.points, prize?.points || "")}
          {kind === "make_up_card" && number("quantity", words.quantity, prize?.quantity ?? 1)}
          {kind === "coupon" && (
            <Field id={at("couponTemplateId")} label={words.coupon} error={errors[at("couponTemplateId")]}>
              {(wiring) => (
                <Select {...wiring} name={at("couponTemplateId")} shape="dense" defaultValue={prize?.couponTemplateId ?? ""}>
                  <option value="">{words.noCoupon}</option>
                  {coupons.map(({ id, name }) => <option key={id} value={id}>{name}</option>)}
                </Select>
              )}
            </Field>
          )}
          <NumberField name={at("odds")} label={words.odds} hint={words.oddsHint} unit={words.percent} isDecimal defaultValue={prize ? percentFromPpm(prize.oddsPpm) : ""} error={errors[at("oddsPpm")]} />
          {kind !== "nothing" && number("stock", words.stock, prize?.stock ?? "", words.stockHint)}
        </div>
        {onRemove && <div><Button look="quiet" size="filter" onClick={onRemove}>{words.remove}</Button></div>}
      </div>
    </fieldset>
  );
}
