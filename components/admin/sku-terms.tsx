"use client";

import { Field, Select } from "../ui/field";
import { Notice } from "../ui/notice";
import { Fold } from "./fold";
import { NumberField } from "./number-field";
import { OwnPrices } from "./own-prices";
import type { SkuDraft } from "./product-draft";
import { TimeField } from "./rule-controls";
import type { SkuPartProps } from "./sku-fields";
import type { Delivery, PriceMode } from "@/db/schema/catalog";
import { fill } from "@/lib/i18n";

/** How much of the cash price points can take. */
export function DiscountFields({ sku, at, choices, words, errors }: SkuPartProps) {
  const number = (name: "discountPointsMax" | "discountPointsMin" | "discountShareMax" | "discountPointsPerYuan", label: string, hint: string, unit: string, value: number | string) => (
    <NumberField name={at(name)} label={label} hint={hint} unit={unit} defaultValue={value} error={errors[at(name)]} />
  );
  return (
    <div className="mt-3 grid grid-cols-2 items-start gap-4 rounded-control bg-bg p-3 xl:grid-cols-4">
      {number("discountPointsMax", words.sku.discountMax, words.sku.discountMaxHint, words.points, sku?.discountPointsMax ?? 0)}
      {number("discountPointsMin", words.sku.discountMin, words.sku.discountMinHint, words.points, sku?.discountPointsMin ?? 0)}
      {number("discountShareMax", words.sku.discountShare, words.sku.discountShareHint, words.sku.percent, sku?.discountShareMax ?? 100)}
      {number("discountPointsPerYuan", words.sku.discountRatio, fill(words.sku.discountRatioHint, { rate: choices.pointsPerYuan }), words.points, sku?.discountPointsPerYuan ?? "")}
    </div>
  );
}

type HandOverProps = SkuPartProps & { delivery: Delivery; hasCodes: boolean; onCodes: (hasCodes: boolean) => void };

/** What the buyer is handed: a code of the pool, or a coupon. */
export function HandOverFields({ sku, at, choices, words, errors, delivery, hasCodes, onCodes }: HandOverProps) {
  if (delivery === "virtual") return <Codes at={at} words={words} error={errors[at("hasCodes")]} hasCodes={hasCodes} onCodes={onCodes} />;
  if (delivery !== "coupon") return null;
  const error = errors[at("couponTemplateId")];
  return (
    <div className="mt-3 max-w-md">
      <Field id={at("couponTemplateId")} label={words.sku.coupon} error={error}>
        {(wiring) => (
          <Select {...wiring} name={at("couponTemplateId")} shape="dense" defaultValue={sku?.couponTemplateId ?? ""}>
            <option value="">{words.sku.noCoupon}</option>
            {choices.templates.map(({ id, name, isActive }) => <option key={id} value={id}>{isActive ? name : fill(words.sku.couponOff, { name })}</option>)}
          </Select>
        )}
      </Field>
      {choices.templates.length === 0 && <Notice tone="warning" className="mt-2">{words.sku.noCoupons}</Notice>}
    </div>
  );
}

function Codes({ at, words, error, hasCodes, onCodes }: Pick<HandOverProps, "at" | "words" | "hasCodes" | "onCodes"> & { error?: string }) {
  return (
    <div className="mt-3">
      <label className="flex cursor-pointer items-start gap-2.5 text-dense">
        <input
          type="checkbox" id={at("hasCodes")} name={at("hasCodes")} checked={hasCodes} onChange={(event) => onCodes(event.target.checked)} className="size-6 shrink-0 accent-primary"
          aria-invalid={error ? true : undefined} aria-describedby={error ? at("hasCodes-error") : undefined}
        />
        <span>
          {words.sku.hasCodes}
          <span className="block text-caption text-muted">{words.sku.hasCodesHint}</span>
        </span>
      </label>
      {error && <p id={at("hasCodes-error")} className="mt-1 text-caption text-danger">{error}</p>}
    </div>
  );
}

const FOLDED = ["limitPerOrder", "limitPerUser", "limitPerDay", "lowStock", "onSaleFrom", "onSaleUntil"] as const;

/** What most SKUs leave as it is: limits, an alert, dates, and prices for some people. */
export function SkuTerms({ sku, at, choices, words, errors, mode, onChange }: SkuPartProps & { mode: PriceMode; onChange: () => void }) {
  const number = (name: "limitPerOrder" | "limitPerUser" | "limitPerDay" | "lowStock", value: number | string, hint?: string) => (
    <NumberField name={at(name)} label={words.sku[name]} hint={hint} defaultValue={value} error={errors[at(name)]} />
  );
  return (
    <Fold
      title={words.sku.more} summary={sku && isSet(sku) ? words.sku.moreSet : undefined} errors={errors} className="min-w-0 grow"
      holds={(field) => FOLDED.some((each) => field === at(each)) || field.startsWith(at("prices."))}
    >
      <div className="grid gap-5 pb-2">
        <div className="grid grid-cols-2 items-start gap-4 xl:grid-cols-4">
          {number("limitPerOrder", sku?.limitPerOrder ?? 99)}
          {number("limitPerUser", sku?.limitPerUser ?? 0, words.sku.limitPerUserHint)}
          {number("limitPerDay", sku?.limitPerDay ?? 0, words.sku.limitPerDayHint)}
          {number("lowStock", sku?.lowStock ?? "", fill(words.sku.lowStockHint, { count: choices.lowStock }))}
        </div>
        <fieldset>
          <legend className="mb-1.5 text-caption font-medium">{words.sku.window}</legend>
          <div className="grid items-start gap-4 sm:grid-cols-2">
            <TimeField type="datetime-local" name={at("onSaleFrom")} label={words.onSaleFrom} defaultValue={sku?.onSaleFrom} error={errors[at("onSaleFrom")]} />
            <TimeField type="datetime-local" name={at("onSaleUntil")} label={words.onSaleUntil} defaultValue={sku?.onSaleUntil} error={errors[at("onSaleUntil")]} />
          </div>
          <p className="mt-1.5 text-caption text-muted">{fill(words.windowHint, { zone: choices.zone })}</p>
        </fieldset>
        <OwnPrices prices={sku?.prices ?? []} at={at} mode={mode} choices={choices} words={words} errors={errors} onChange={onChange} />
      </div>
    </Fold>
  );
}

const isSet = ({ limitPerUser, limitPerDay, limitPerOrder, lowStock, onSaleFrom, onSaleUntil, prices }: SkuDraft): boolean =>
  limitPerUser > 0 || limitPerDay > 0 || limitPerOrder !== 99 || lowStock !== null || onSaleFrom !== "" || onSaleUntil !== "" || prices.length > 0;
