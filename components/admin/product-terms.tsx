"use client";

import { Card } from "../ui/card";
import { Fold } from "./fold";
import type { ProductChoices, ProductDraft } from "./product-draft";
import type { ProductWords } from "./product-words";
import { ChoiceList, TickList, TimeField } from "./rule-controls";
import type { FieldErrors } from "./rule-draft";
import { fill } from "@/lib/i18n";

type ProductTermsProps = { product: ProductDraft; choices: ProductChoices; words: ProductWords; errors: FieldErrors };

/** When a product can be redeemed and by whom: any time and by everybody, unless it is said here. */
export function ProductTerms({ product, choices, words, errors }: ProductTermsProps) {
  const isTimed = product.onSaleFrom !== "" || product.onSaleUntil !== "";
  const isGated = product.gateLevelId !== null || product.gateSegmentIds.length > 0;
  return (
    <div className="grid gap-4 lg:grid-cols-2 lg:items-start">
      <Card>
        <Fold title={words.when} summary={isTimed ? words.whenSet : words.whenNone} errors={errors} holds={(field) => field === "onSaleFrom" || field === "onSaleUntil"}>
          <div className="grid items-start gap-4 sm:grid-cols-2">
            <TimeField type="datetime-local" name="onSaleFrom" label={words.onSaleFrom} defaultValue={product.onSaleFrom} error={errors.onSaleFrom} />
            <TimeField type="datetime-local" name="onSaleUntil" label={words.onSaleUntil} defaultValue={product.onSaleUntil} error={errors.onSaleUntil} />
          </div>
          <p className="mt-2 text-caption text-muted">{fill(words.windowHint, { zone: choices.zone })}</p>
        </Fold>
      </Card>
      <Card>
        <Fold title={words.who} summary={isGated ? words.whoSet : words.whoNone} errors={errors} holds={(field) => field.startsWith("gates")}>
          <Gates product={product} choices={choices} words={words} errors={errors} />
        </Fold>
      </Card>
    </div>
  );
}

function Gates({ product, choices, words, errors }: ProductTermsProps) {
  if (choices.levels.length === 0 && choices.segments.length === 0) return <p className="text-dense text-muted">{words.noAudiences}</p>;
  return (
    <div className="grid gap-4">
      <p className="text-caption text-muted">{words.whoHint}</p>
      {choices.levels.length > 0 && (
        <ChoiceList
          name="gateLevel" label={words.gateLevel} defaultValue={product.gateLevelId ?? ""} error={errors.gates}
          options={[{ value: "", label: words.gateNoLevel }, ...choices.levels.map(({ id, name }) => ({ value: id, label: fill(words.levelAndAbove, { name }) }))]}
        />
      )}
      {choices.segments.length > 0 && (
        <TickList name="gateSegments" legend={words.gateSegments} options={choices.segments.map(({ id, name }) => ({ value: id, label: name }))} ticked={product.gateSegmentIds} />
      )}
    </div>
  );
}
