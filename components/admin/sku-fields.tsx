"use client";

import { useState } from "react";
import { Button } from "../ui/button";
import { TextField } from "../ui/field";
import { Notice } from "../ui/notice";
import { Choice } from "./choice";
import { NumberField } from "./number-field";
import type { ProductWords } from "./product-words";
import type { PriceMode } from "@/db/schema/catalog";
import { yuanFromCents } from "@/lib/catalog/yuan";
import { fill } from "@/lib/i18n";

// The schema's own list would bring the database's library into the browser.
const PRICE_MODES = ["points", "points_cash", "cash_discount"] as const satisfies readonly PriceMode[];

export type SkuDraft = {
  id?: number;
  name: string;
  nameEn: string;
  priceMode: PriceMode;
  pointsPrice: number;
  cashPriceCents: number;
  discountPointsMax: number;
  limitPerOrder: number;
  limitPerUser: number;
  isActive: boolean;
  stock: number;
};

type SkuFieldsProps = {
  sku: SkuDraft | null;
  index: number;
  words: ProductWords;
  pointsPerYuan: number;
  errors: Readonly<Record<string, string>>;
  /** Only what was never saved can go. */
  onRemove?: () => void;
};

/** One SKU: what it is called, how it is paid, how many one person gets. */
export function SkuFields({ sku, index, words, pointsPerYuan, errors, onRemove }: SkuFieldsProps) {
  const at = (name: string) => `skus.${index}.${name}`;
  const text = (name: "name" | "nameEn") => (
    <TextField
      id={at(name)} name={at(name)} shape="dense" label={words.sku[name]} hint={name === "name" ? words.sku.nameHint : undefined}
      defaultValue={sku?.[name]} maxLength={60} error={errors[at(name)]}
    />
  );
  return (
    <fieldset className="rounded-card border border-border p-4 pt-2">
      <legend className="px-1 text-dense font-semibold">{fill(words.sku.title, { number: index + 1 })}</legend>
      {sku?.id !== undefined && <input type="hidden" name={at("skuId")} value={sku.id} />}
      <div className="grid gap-4">
        <div className="grid items-start gap-4 sm:grid-cols-2">{text("name")}{text("nameEn")}</div>
        <PriceFields sku={sku} at={at} words={words} pointsPerYuan={pointsPerYuan} errors={errors} />
        <div className="grid items-start gap-4 sm:grid-cols-3">
          <NumberField name={at("limitPerOrder")} label={words.sku.limitPerOrder} defaultValue={sku?.limitPerOrder ?? 99} error={errors[at("limitPerOrder")]} />
          <NumberField name={at("limitPerUser")} label={words.sku.limitPerUser} hint={words.sku.limitPerUserHint} defaultValue={sku?.limitPerUser ?? 0} error={errors[at("limitPerUser")]} />
          {sku?.id === undefined && <NumberField name={at("initialStock")} label={words.sku.initialStock} defaultValue={0} error={errors[at("initialStock")]} />}
        </div>
        <div className="flex flex-wrap items-center justify-between gap-3">
          <label className="flex min-h-6 cursor-pointer items-center gap-2.5 text-dense">
            <input type="checkbox" name={at("isActive")} defaultChecked={sku?.isActive ?? true} className="size-6 accent-primary" />
            {words.sku.isActive}
          </label>
          {onRemove && <Button look="quiet" size="filter" onClick={onRemove}>{words.sku.remove}</Button>}
        </div>
      </div>
    </fieldset>
  );
}

type PriceFieldsProps = Pick<SkuFieldsProps, "sku" | "words" | "pointsPerYuan" | "errors"> & { at: (name: string) => string };

function PriceFields({ sku, at, words, pointsPerYuan, errors }: PriceFieldsProps) {
  const [mode, setMode] = useState<PriceMode>(sku?.priceMode ?? "points");
  const cash = sku && sku.cashPriceCents > 0 ? yuanFromCents(sku.cashPriceCents) : "";
  return (
    <>
      <fieldset className="grid gap-2">
        <legend className="mb-1.5 text-caption font-medium">{words.sku.priceMode}</legend>
        <div className="grid gap-2 md:grid-cols-3">
          {PRICE_MODES.map((each) => (
            <Choice
              key={each} name={at("priceMode")} value={each} defaultChecked={each === mode} onChange={() => setMode(each)}
              title={words.modes[each]} explanation={fill(words.modeMeans[each], { rate: pointsPerYuan })}
            />
          ))}
        </div>
      </fieldset>
      <div className="grid items-start gap-4 sm:grid-cols-3">
        <NumberField
          name={at("pointsPrice")} label={mode === "cash_discount" ? words.sku.pointsInstead : words.sku.pointsPrice} unit={words.points}
          hint={mode === "cash_discount" ? words.sku.pointsInsteadHint : undefined} defaultValue={sku?.pointsPrice ?? (mode === "cash_discount" ? 0 : "")} error={errors[at("pointsPrice")]}
        />
        {mode !== "points" && (
          <NumberField name={at("cashYuan")} label={words.sku.cashPrice} unit={words.yuan} isDecimal defaultValue={cash} error={errors[at("cashPriceCents")]} />
        )}
        {mode === "cash_discount" && (
          <NumberField
            name={at("discountPointsMax")} label={words.sku.discountMax} unit={words.points} hint={words.sku.discountMaxHint}
            defaultValue={sku?.discountPointsMax ?? 0} error={errors[at("discountPointsMax")]}
          />
        )}
      </div>
      {errors[at("priceMode")] && <Notice tone="danger">{errors[at("priceMode")]}</Notice>}
    </>
  );
}
