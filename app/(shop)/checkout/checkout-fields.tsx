"use client";

import { AddressFields } from "./address-fields";
import { CheckoutSummary } from "./checkout-summary";
import type { CheckoutTerms } from "./checkout-terms";
import { PaymentChoice } from "./payment-choice";
import type { Checkout } from "./use-checkout";
import { Field, Select } from "@/components/ui/field";
import { fill, formatPoints } from "@/lib/i18n";
import type { Delivery } from "@/db/schema/catalog";

type CheckoutFieldsProps = { checkout: Checkout; terms: CheckoutTerms; deliveries: readonly Delivery[]; errors: Record<string, string> };

/** Everything between what is wanted and its confirmation: how it is paid, which coupon, where it goes, what it comes to. */
export function CheckoutFields({ checkout, terms, deliveries, errors }: CheckoutFieldsProps) {
  const { choice, pointsToUse, coupon } = checkout;
  const { words } = terms;
  const brought = coupon?.gift ? [...deliveries, coupon.gift.delivery] : deliveries;
  return (
    <>
      <input type="hidden" name="pointsToUse" value={choice ? (pointsToUse ?? "") : ""} />
      <input type="hidden" name="couponId" value={coupon?.publicId ?? ""} />
      {choice && <PaymentChoice {...choice} pointsToUse={pointsToUse ?? null} onChange={checkout.choosePoints} words={words} />}
      {checkout.pointsFewest !== null && <p role="status" className="-mt-3 text-caption text-danger">{fill(words.fewest, { points: formatPoints(terms.locale, checkout.pointsFewest) })}</p>}
      {terms.coupons.length > 0 && <CouponChoice checkout={checkout} words={words} />}
      {brought.includes("shipped") && <AddressFields address={terms.address} errors={errors} words={words.address} />}
      {brought.includes("pickup") && <PickupChoice terms={terms} error={errors.pickupPointId} />}
      {checkout.quote && <CheckoutSummary quote={checkout.quote} coupon={coupon} terms={terms} isSent={brought.includes("shipped")} />}
    </>
  );
}

/** The best one is chosen already; those that do nothing here are not offered. */
function CouponChoice({ checkout: { coupon, coupons, chooseCoupon }, words }: { checkout: Checkout; words: CheckoutTerms["words"] }) {
  return (
    <Field id="coupon" label={words.coupon}>
      {(wiring) => (
        <Select {...wiring} value={coupon?.publicId ?? ""} disabled={coupons.length === 0} onChange={(event) => chooseCoupon(event.target.value || null)}>
          <option value="">{coupons.length === 0 ? words.couponOff : words.couponNone}</option>
          {coupons.map(({ publicId, label }) => <option key={publicId} value={publicId}>{label}</option>)}
        </Select>
      )}
    </Field>
  );
}

function PickupChoice({ terms: { pickupPoints, words }, error }: { terms: CheckoutTerms; error?: string }) {
  if (pickupPoints.length === 0) return <p role="alert" className="text-dense text-danger">{words.pickupClosed}</p>;
  return (
    <fieldset className="grid gap-2" aria-describedby={error ? "pickup-error" : undefined}>
      <legend className="mb-2 text-caption font-medium">{words.pickup}</legend>
      {pickupPoints.map(({ id, name, detail }, index) => (
        <label key={id} className="flex min-h-11 cursor-pointer items-start gap-3 rounded-card border border-border px-4 py-3 has-checked:border-primary has-checked:bg-primary-soft has-focus-visible:outline-2 has-focus-visible:outline-offset-2 has-focus-visible:outline-primary">
          <input type="radio" name="pickupPointId" value={id} defaultChecked={index === 0} className="mt-1 size-6 shrink-0 accent-primary" />
          <span className="min-w-0 text-dense"><b className="font-semibold">{name}</b><span className="block text-caption text-muted">{detail}</span></span>
        </label>
      ))}
      {error && <p id="pickup-error" className="text-caption text-danger">{error}</p>}
    </fieldset>
  );
}
