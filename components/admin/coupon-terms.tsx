"use client";

import { useState } from "react";
import { Card } from "../ui/card";
import { Field, Select, TextField } from "../ui/field";
import { Choice } from "./choice";
import type { CouponPartProps } from "./coupon-form";
import { GoodsSelect } from "./goods-select";
import { NumberField } from "./number-field";
import { ScopePicker } from "./scope-picker";

// The schema's own lists would bring the database's library into the browser.
const KINDS = ["amount", "percent", "free_delivery", "gift"] as const;
const UNITS = ["cash", "points"] as const;
const SCOPES = ["all", "categories", "products"] as const;
const VALIDITIES = ["days", "until"] as const;

/** What it takes off or brings. A field that the kind does not have is not shown, and is sent as nothing. */
export function CouponEffect({ coupon, choices, finders, words, errors }: CouponPartProps) {
  const [kind, setKind] = useState(coupon.kind);
  const [unit, setUnit] = useState(coupon.unit);
  const isCash = unit === "cash";
  const inUnit = { unit: isCash ? words.yuan : words.points, isDecimal: isCash };
  return (
    <Card as="section" aria-labelledby="effect-title">
      <h2 id="effect-title" className="mb-3 text-section font-semibold">{words.effect}</h2>
      <fieldset className="mb-4">
        <legend className="mb-1.5 text-caption font-medium">{words.kind}</legend>
        <div className="grid gap-2 sm:grid-cols-2">
          {KINDS.map((each) => <Choice key={each} name="kind" value={each} checked={kind === each} onChange={() => setKind(each)} title={words.kinds[each]} explanation={words.kindMeans[each]} />)}
        </div>
        {errors.kind && <p className="mt-1.5 text-caption text-danger">{errors.kind}</p>}
      </fieldset>
      <div className="grid items-start gap-4 sm:grid-cols-2">
        <Field id="unit" label={words.unit} error={errors.unit}>
          {(wiring) => (
            <Select {...wiring} name="unit" shape="dense" value={unit} onChange={(event) => setUnit(event.target.value as typeof unit)}>
              {UNITS.map((each) => <option key={each} value={each}>{words.units[each]}</option>)}
            </Select>
          )}
        </Field>
        {kind === "amount" && <NumberField name="amount" label={words.amount} {...inUnit} defaultValue={coupon.amount} error={errors.amount} />}
        {kind === "percent" && (
          <>
            <NumberField name="percent" label={words.percent} hint={words.percentHint} unit={words.percentUnit} defaultValue={coupon.percent} error={errors.percent} />
            <NumberField name="amountMax" label={words.amountMax} hint={words.amountMaxHint} {...inUnit} defaultValue={coupon.amountMax} error={errors.amountMax} />
          </>
        )}
        {kind === "gift" && (
          <GoodsSelect name="giftSkuId" label={words.gift} none={words.noGift} choices={choices.gifts} chosen={coupon.giftSkuId} find={finders.gifts} words={words} error={errors.giftSkuId} />
        )}
        <NumberField name="minSpend" label={words.minSpend} hint={words.minSpendHint} {...inUnit} defaultValue={coupon.minSpend} error={errors.minSpend} />
      </div>
    </Card>
  );
}

/** Which goods it is good for. */
export function CouponScopeFields({ coupon, choices, finders, words, errors }: CouponPartProps) {
  const [scope, setScope] = useState(coupon.scope);
  const picker = { words, error: errors.scopeIds };
  return (
    <Card as="section" aria-labelledby="scope-title">
      <h2 id="scope-title" className="mb-3 text-section font-semibold">{words.scope}</h2>
      <div role="radiogroup" aria-labelledby="scope-title" className="grid gap-2 sm:grid-cols-3">
        {SCOPES.map((each) => <Choice key={each} name="scope" value={each} checked={scope === each} onChange={() => setScope(each)} title={words.scopes[each]} explanation={words.scopeMeans[each]} />)}
      </div>
      {scope === "categories" && <ScopePicker {...picker} name="categoryIds" label={words.scopes.categories} choices={choices.categories} chosen={coupon.scope === "categories" ? coupon.scopeIds : []} />}
      {scope === "products" && <ScopePicker {...picker} name="productIds" label={words.scopes.products} choices={choices.products} find={finders.products} chosen={coupon.scope === "products" ? coupon.scopeIds : []} />}
    </Card>
  );
}

/** For how long. Of one that was given out only the last day can move, and only later. */
export function CouponValidity({ coupon, words, errors }: CouponPartProps) {
  const [validity, setValidity] = useState(coupon.validity);
  const isFixed = coupon.isIssued;
  return (
    <Card as="section" aria-labelledby="validity-title">
      <h2 id="validity-title" className="mb-3 text-section font-semibold">{words.validity}</h2>
      <div role="radiogroup" aria-labelledby="validity-title" className="mb-4 grid gap-2 sm:grid-cols-2">
        {VALIDITIES.filter((each) => !isFixed || each === validity).map((each) => (
          <Choice key={each} name="validity" value={each} checked={validity === each} onChange={() => setValidity(each)} title={words.validities[each]} explanation={words.validityMeans[each]} />
        ))}
      </div>
      <div className="grid items-start gap-4 sm:grid-cols-2">
        <TextField id="validFrom" name="validFrom" type="date" shape="dense" label={words.validFrom} hint={words.validFromHint} defaultValue={coupon.validFrom} readOnly={isFixed} error={errors.validFrom} />
        {validity === "days"
          ? <NumberField name="validDays" label={words.validDays} defaultValue={coupon.validDays} error={errors.validDays} />
          : <TextField id="validUntil" name="validUntil" type="date" shape="dense" label={words.validUntil} hint={isFixed ? words.validUntilHint : undefined} defaultValue={coupon.validUntil} error={errors.validUntil ?? errors.validDays} />}
      </div>
    </Card>
  );
}
