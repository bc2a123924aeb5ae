"use client";

import clsx from "clsx";
import { useState } from "react";
import { Button } from "../ui/button";
import { Field, Input, Select } from "../ui/field";
import { NumberField } from "./number-field";
import type { ProductChoices, SkuDraft } from "./product-draft";
import type { ProductWords } from "./product-words";
import type { FieldErrors } from "./rule-draft";
import { DiscountFields, HandOverFields, SkuTerms } from "./sku-terms";
import type { Delivery, PriceMode } from "@/db/schema/catalog";
import { yuanFromCents } from "@/lib/catalog/yuan";
import { fill } from "@/lib/i18n";

// The schema's own list would bring the database's library into the browser.
const PRICE_MODES = ["points", "points_cash", "cash_discount"] as const satisfies readonly PriceMode[];

/** A card on a phone; from 1024 px on a row of the table under `SkuHead`. */
const columns = "lg:grid-cols-[minmax(0,1.3fr)_10rem_minmax(0,1fr)_minmax(0,1fr)_minmax(0,0.75fr)_3rem]";
const inTable = "lg:[&>label]:sr-only";

/** The heads of the columns, for the eye: each field has its own label. */
export function SkuHead({ words }: { words: ProductWords["skuColumns"] }) {
  return (
    <div aria-hidden="true" className={clsx("hidden gap-3 border-b border-border pb-2 text-caption font-medium text-muted lg:grid", columns)}>
      <span>{words.name}</span><span>{words.priceMode}</span><span>{words.points}</span><span>{words.cash}</span><span>{words.stock}</span><span>{words.isActive}</span>
    </div>
  );
}

export type SkuPartProps = {
  sku: SkuDraft | null;
  /** The name of a field of this SKU. */
  at: (name: string) => string;
  choices: ProductChoices;
  words: ProductWords;
  errors: FieldErrors;
};

type SkuFieldsProps = Omit<SkuPartProps, "at"> & {
  index: number;
  delivery: Delivery;
  onChange: () => void;
  /** Only what was never saved can go. */
  onRemove?: () => void;
};

/** One SKU: what it is called, how it is paid, whether it is on sale; what else can be said of it is folded. */
export function SkuFields({ sku, index, delivery, choices, words, errors, onChange, onRemove }: SkuFieldsProps) {
  const at = (name: string) => `skus.${index}.${name}`;
  const [mode, setMode] = useState<PriceMode>(sku?.priceMode ?? "points");
  const [hasCodes, setHasCodes] = useState(sku?.hasCodes ?? false);
  const part: SkuPartProps = { sku, at, choices, words, errors };
  return (
    <fieldset className="rounded-card border border-border p-4 pt-2 lg:rounded-none lg:border-0 lg:border-b lg:px-0 lg:pt-3 lg:pb-3">
      <legend className="px-1 text-dense font-semibold lg:sr-only">{fill(words.sku.title, { number: index + 1 })}</legend>
      {sku?.id !== undefined && <input type="hidden" name={at("skuId")} value={sku.id} />}
      <div className={clsx("grid grid-cols-2 items-start gap-4 lg:gap-3", columns)}>
        <Names {...part} />
        <Field id={at("priceMode")} label={words.sku.priceMode} error={errors[at("priceMode")]} className={clsx("col-span-2 lg:col-span-1", inTable)}>
          {(wiring) => (
            <Select {...wiring} name={at("priceMode")} shape="dense" defaultValue={mode} onChange={(event) => setMode(event.target.value as PriceMode)} className="truncate ps-2.5! pe-6!">
              {PRICE_MODES.map((each) => <option key={each} value={each}>{words.modes[each]}</option>)}
            </Select>
          )}
        </Field>
        <Prices {...part} mode={mode} />
        <Stock {...part} hasCodes={delivery === "virtual" && hasCodes} />
        <OnSale {...part} />
      </div>
      <p className="mt-2 text-caption text-muted">{fill(words.modeMeans[mode], { rate: choices.pointsPerYuan })}</p>
      {mode === "cash_discount" && <DiscountFields {...part} />}
      <HandOverFields {...part} delivery={delivery} hasCodes={hasCodes} onCodes={setHasCodes} />
      <div className="mt-1 flex flex-wrap items-start justify-between gap-3">
        <SkuTerms {...part} mode={mode} onChange={onChange} />
        {onRemove && <Button look="quiet" size="filter" onClick={onRemove}>{words.sku.remove}</Button>}
      </div>
    </fieldset>
  );
}

function Names({ sku, at, words, errors }: SkuPartProps) {
  const line = (name: "name" | "nameEn") => (
    <Field id={at(name)} label={words.sku[name]} error={errors[at(name)]} className={inTable}>
      {(wiring) => <Input {...wiring} name={at(name)} shape="dense" defaultValue={sku?.[name]} maxLength={60} placeholder={words.sku.placeholders[name]} />}
    </Field>
  );
  return (
    <div className="col-span-2 grid gap-4 sm:grid-cols-2 lg:col-span-1 lg:grid-cols-1 lg:gap-2">
      {line("name")}
      {line("nameEn")}
    </div>
  );
}

function Prices({ sku, at, words, errors, mode }: SkuPartProps & { mode: PriceMode }) {
  const cash = sku && sku.cashPriceCents > 0 ? yuanFromCents(sku.cashPriceCents) : "";
  return (
    <>
      <NumberField
        name={at("pointsPrice")} label={mode === "cash_discount" ? words.sku.pointsInstead : words.sku.pointsPrice} unit={words.points} className={inTable}
        hint={mode === "cash_discount" ? words.sku.pointsInsteadHint : undefined} defaultValue={sku?.pointsPrice ?? (mode === "cash_discount" ? 0 : "")} error={errors[at("pointsPrice")]}
      />
      {mode === "points" ? <span aria-hidden="true" className="hidden h-9 items-center text-muted lg:flex">—</span> : (
        <NumberField name={at("cashYuan")} label={words.sku.cashPrice} unit={words.yuan} isDecimal className={inTable} defaultValue={cash} error={errors[at("cashPriceCents")]} />
      )}
    </>
  );
}

/** What is there is changed by moves, with a reason: only a new SKU says what it begins with. */
function Stock({ sku, at, words, errors, hasCodes }: SkuPartProps & { hasCodes: boolean }) {
  if (sku?.id !== undefined) return <p className="flex min-h-9 items-center gap-2 text-dense tabular-nums"><span className="text-caption text-muted lg:sr-only">{words.sku.stock}</span>{fill(words.sku.stockOf, { stock: sku.stock })}</p>;
  if (hasCodes) return <p className="flex min-h-9 items-center text-caption text-muted">{words.sku.stockLater}</p>;
  return <NumberField name={at("initialStock")} label={words.sku.initialStock} className={inTable} defaultValue={0} error={errors[at("initialStock")]} />;
}

function OnSale({ sku, at, words, errors }: SkuPartProps) {
  const error = errors[at("isActive")];
  return (
    <div className="lg:contents">
      <label className="flex min-h-9 cursor-pointer items-center gap-2.5 text-dense">
        <input
          type="checkbox" id={at("isActive")} name={at("isActive")} defaultChecked={sku?.isActive ?? true} className="size-6 accent-primary"
          aria-invalid={error ? true : undefined} aria-describedby={error ? at("isActive-error") : undefined}
        />
        <span className="lg:sr-only">{words.sku.isActive}</span>
      </label>
      {error && <p id={at("isActive-error")} className="mt-1 text-caption text-danger lg:col-span-full">{error}</p>}
    </div>
  );
}
