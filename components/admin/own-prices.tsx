"use client";

import { useState } from "react";
import { flushSync } from "react-dom";
import { Button } from "../ui/button";
import { Field, Select } from "../ui/field";
import { Icon } from "../ui/icon";
import { NumberField } from "./number-field";
import type { OwnPriceDraft, ProductChoices } from "./product-draft";
import type { ProductWords } from "./product-words";
import type { FieldErrors } from "./rule-draft";
import type { PriceMode } from "@/db/schema/catalog";
import { yuanFromCents } from "@/lib/catalog/yuan";
import { fill } from "@/lib/i18n";

type OwnPricesProps = {
  prices: readonly OwnPriceDraft[];
  /** The name of a field of this SKU. */
  at: (name: string) => string;
  mode: PriceMode;
  choices: ProductChoices;
  words: ProductWords;
  errors: FieldErrors;
  onChange: () => void;
};

const PRICES_MAX = 20;

/** What the SKU costs for some people. A row that is taken away takes its price with it when the product is saved. */
export function OwnPrices({ prices, at, mode, choices, words, errors, onChange }: OwnPricesProps) {
  const [rows, setRows] = useState(() => prices.map((price, key) => ({ key, price: price as OwnPriceDraft | null })));
  const focus = (id: string) => document.getElementById(id)?.focus();

  function add() {
    flushSync(() => setRows([...rows, { key: Math.max(-1, ...rows.map(({ key }) => key)) + 1, price: null }]));
    focus(at(`prices.${rows.length}.audience`));
    onChange();
  }
  function remove(key: number) {
    flushSync(() => setRows(rows.filter((row) => row.key !== key)));
    focus(at("addPrice"));
    onChange();
  }

  return (
    <div>
      <p className="text-caption font-medium">{words.sku.own}</p>
      <p className="mb-2 text-caption text-muted">{words.sku.ownHint}</p>
      <div className="grid gap-3">
        {rows.map(({ key, price }, index) => (
          <OwnPrice key={key} price={price} index={index} at={at} mode={mode} choices={choices} words={words} errors={errors} onRemove={() => remove(key)} />
        ))}
      </div>
      {rows.length < PRICES_MAX && <Button id={at("addPrice")} size="filter" onClick={add} className={rows.length > 0 ? "mt-3" : undefined}><Icon name="plus" size={16} />{words.sku.addOwn}</Button>}
    </div>
  );
}

type OwnPriceProps = Omit<OwnPricesProps, "prices" | "onChange"> & { price: OwnPriceDraft | null; index: number; onRemove: () => void };

function OwnPrice({ price, index, at, mode, choices, words, errors, onRemove }: OwnPriceProps) {
  const field = (name: string): string => at(`prices.${index}.${name}`);
  const cash = price && price.cashPriceCents > 0 ? yuanFromCents(price.cashPriceCents) : "";
  return (
    <div className="grid items-start gap-3 rounded-control bg-bg p-3 sm:grid-cols-[minmax(0,1.4fr)_minmax(0,1fr)_minmax(0,1fr)_auto]">
      <Field id={field("audience")} label={words.sku.ownAudience} error={errors[field("audienceId")] ?? errors[field("kind")]}>
        {(wiring) => (
          <Select {...wiring} name={field("audience")} shape="dense" defaultValue={price ? `${price.kind}:${price.audienceId}` : ""}>
            <option value="">{words.sku.ownChoose}</option>
            {choices.levels.length > 0 && (
              <optgroup label={words.sku.ownLevels}>{choices.levels.map(({ id, name }) => <option key={id} value={`level:${id}`}>{fill(words.levelAndAbove, { name })}</option>)}</optgroup>
            )}
            {choices.segments.length > 0 && <optgroup label={words.sku.ownSegments}>{choices.segments.map(({ id, name }) => <option key={id} value={`segment:${id}`}>{name}</option>)}</optgroup>}
          </Select>
        )}
      </Field>
      <NumberField name={field("pointsPrice")} label={words.sku.ownPoints} unit={words.points} defaultValue={price?.pointsPrice ?? (mode === "cash_discount" ? 0 : "")} error={errors[field("pointsPrice")]} />
      {mode === "points" ? <span className="max-sm:hidden" /> : (
        <NumberField name={field("cashYuan")} label={words.sku.ownCash} unit={words.yuan} isDecimal defaultValue={cash} error={errors[field("cashPriceCents")]} />
      )}
      <Button look="quiet" size="dense" onClick={onRemove} aria-label={fill(words.sku.removeOwnLabel, { number: index + 1 })} className="sm:mt-6.5">{words.sku.removeOwn}</Button>
    </div>
  );
}
