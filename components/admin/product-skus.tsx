"use client";

import { useState } from "react";
import { flushSync } from "react-dom";
import { Button } from "../ui/button";
import { Card } from "../ui/card";
import { Icon } from "../ui/icon";
import { Notice } from "../ui/notice";
import type { ProductChoices, SkuDraft } from "./product-draft";
import type { ProductWords } from "./product-words";
import type { FieldErrors } from "./rule-draft";
import { SkuFields, SkuHead } from "./sku-fields";
import type { Delivery } from "@/db/schema/catalog";

const SKUS_MAX = 50;

type ProductSkusProps = {
  skus: readonly SkuDraft[];
  delivery: Delivery;
  choices: ProductChoices;
  words: ProductWords;
  errors: FieldErrors;
  /** While it is being saved, lines neither come nor go. */
  isFixed: boolean;
  onChange: () => void;
};

/**
 * The saved SKUs come first, in their order. A row that was added becomes one of them when it is saved:
 * it keeps its fields, so that what is typed meanwhile stays, and sends its id from then on.
 */
export function ProductSkus({ skus, delivery, choices, words, errors, isFixed, onChange }: ProductSkusProps) {
  const [rows, setRows] = useState(() => Array.from({ length: Math.max(1, skus.length) }, (_, index) => index));

  function add() {
    flushSync(() => setRows([...rows, Math.max(...rows) + 1]));
    document.getElementById(`skus.${rows.length}.name`)?.focus();
    onChange();
  }
  function remove(key: number) {
    flushSync(() => setRows(rows.filter((row) => row !== key)));
    document.getElementById("add-sku")?.focus();
    onChange();
  }

  return (
    <Card as="section" aria-labelledby="skus-title">
      <h2 id="skus-title" className="mb-1 text-section font-semibold">{words.skus}</h2>
      <p className="mb-3 text-caption text-muted">{words.skusHint}</p>
      <SkuHead words={words.skuColumns} />
      <div className="grid gap-4 lg:gap-0">
        {rows.map((row, index) => (
          <SkuFields
            key={row} sku={skus[index] ?? null} index={index} delivery={delivery} choices={choices} words={words} errors={errors} onChange={onChange}
            onRemove={index >= skus.length && rows.length > 1 && !isFixed ? () => remove(row) : undefined}
          />
        ))}
      </div>
      {errors.skus && <Notice tone="danger" className="mt-4">{errors.skus}</Notice>}
      {rows.length < SKUS_MAX && <Button id="add-sku" size="dense" onClick={add} disabled={isFixed} className="mt-4"><Icon name="plus" size={16} />{words.addSku}</Button>}
    </Card>
  );
}
