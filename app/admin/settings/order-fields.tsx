"use client";

import { Amount, Part, Switch, Whole, type FieldsProps } from "./fields";

export function OrderFields(props: FieldsProps) {
  const { orders: words } = props.words;
  return (
    <>
      <Part id="payment" title={words.payment}>
        <div className="grid items-start gap-4 sm:grid-cols-2">
          <Whole {...props} name="paymentMinutes" label={words.paymentMinutes} hint={words.paymentMinutesHint} unit="minutes" />
          <Whole {...props} name="lowStock" label={words.lowStock} hint={words.lowStockHint} unit="pieces" />
        </div>
      </Part>
      <Part id="delivery" title={words.delivery}>
        <div className="grid items-start gap-4 sm:grid-cols-2">
          <Amount {...props} name="deliveryCents" label={words.deliveryFee} hint={words.deliveryFeeHint} />
          <Amount {...props} name="freeDeliveryFromCents" label={words.freeDelivery} hint={words.freeDeliveryHint} />
          <Whole {...props} name="receivedAfterDays" label={words.receivedAfter} hint={words.receivedAfterHint} unit="days" />
        </div>
      </Part>
    </>
  );
}

export function PeopleFields({ policy, words: { people: words } }: FieldsProps) {
  return (
    <Part id="signUp" title={words.signUp}>
      <Switch name="verifyEmail" label={words.verifyEmail} hint={words.verifyEmailHint} isOn={policy.verifyEmail} />
    </Part>
  );
}
