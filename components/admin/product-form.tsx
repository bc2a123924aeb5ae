"use client";

import { useState } from "react";
import { flushSync } from "react-dom";
import { Button } from "../ui/button";
import { Card } from "../ui/card";
import { Field, Select, Textarea, TextField } from "../ui/field";
import type { FormAction } from "../ui/form-state";
import { Icon } from "../ui/icon";
import { Notice } from "../ui/notice";
import { Choice } from "./choice";
import { PicturePicker } from "./picture-picker";
import type { ProductWords } from "./product-words";
import { SaveBar } from "./save-bar";
import { StatusCard } from "./status-card";
import { SkuFields, type SkuDraft } from "./sku-fields";
import { useDraft } from "./use-draft";
import { useLeaveGuard } from "./use-leave-guard";
import { useSaveShortcut } from "./use-save-shortcut";
import type { Delivery, ProductStatus } from "@/db/schema/catalog";

export type ProductDraft = {
  id?: number;
  slug: string;
  name: string;
  nameEn: string;
  description: string;
  descriptionEn: string;
  categoryId: number | null;
  picture: string;
  delivery: Delivery;
  status: ProductStatus;
  skus: SkuDraft[];
};

type ProductFormProps = {
  product: ProductDraft;
  categories: readonly { id: number; name: string }[];
  pointsPerYuan: number;
  words: ProductWords;
  requestId: string;
  action: FormAction;
};

const STATUSES = ["draft", "active", "archived"] as const satisfies readonly ProductStatus[];
const DELIVERIES = ["shipped", "virtual"] as const satisfies readonly Delivery[];
const SKUS_MAX = 50;

/** A product and its SKUs. To discard is to begin again from what is saved. */
export function ProductForm(props: ProductFormProps) {
  const [attempt, setAttempt] = useState(0);
  return <Draft key={attempt} {...props} onDiscard={() => setAttempt(attempt + 1)} />;
}

function Draft({ product, categories, pointsPerYuan, words, requestId, action, onDiscard }: ProductFormProps & { onDiscard: () => void }) {
  const isNew = product.id === undefined;
  const { state, isReady, isDirty, check, form } = useDraft(action, requestId);
  const errors = state.fields ?? {};
  useLeaveGuard(isDirty, words.leave);
  useSaveShortcut({ form: form.ref, isWorthIt: isDirty || isNew, isReady });
  return (
    <form {...form} aria-label={words.form}>
      <input type="hidden" name="requestId" value={requestId} />
      {!isNew && <input type="hidden" name="productId" value={product.id} />}
      <div role="alert">{state.status === "refused" && <Notice tone="danger" className="mb-4">{state.message ?? words.checkFields}</Notice>}</div>
      <div className="grid gap-4 lg:grid-cols-[minmax(0,2fr)_minmax(0,1fr)] lg:items-start">
        <div className="grid min-w-0 gap-4">
          <Texts product={product} words={words} errors={errors} />
          <Skus skus={product.skus} words={words} pointsPerYuan={pointsPerYuan} errors={errors} isFixed={!isReady} onChange={check} />
        </div>
        <Aside product={product} categories={categories} words={words} errors={errors} />
      </div>
      <SaveBar isShown={isDirty || isNew} isPending={!isReady} words={isNew ? words.createBar : words.bar} onDiscard={isNew ? undefined : onDiscard} />
    </form>
  );
}

type PartProps = { product: ProductDraft; words: ProductWords; errors: Readonly<Record<string, string>> };

function Texts({ product, words, errors }: PartProps) {
  const line = (name: "name" | "nameEn") => (
    <TextField id={name} name={name} shape="dense" label={words[name]} defaultValue={product[name]} maxLength={100} required={name === "name"} error={errors[name]} />
  );
  const text = (name: "description" | "descriptionEn") => (
    <Field id={name} label={words[name]} error={errors[name]}>
      {(wiring) => <Textarea {...wiring} name={name} shape="dense" rows={5} defaultValue={product[name]} maxLength={5000} />}
    </Field>
  );
  return (
    <Card as="section" aria-labelledby="texts-title">
      <h2 id="texts-title" className="mb-3 text-section font-semibold">{words.texts}</h2>
      <div className="mb-4 grid items-start gap-4 md:grid-cols-2">{line("name")}{line("nameEn")}{text("description")}{text("descriptionEn")}</div>
      <PicturePicker legend={words.picture} hint={words.pictureHint} names={words.pictures} picture={product.picture} />
    </Card>
  );
}

type SkusProps = {
  skus: readonly SkuDraft[];
  words: ProductWords;
  pointsPerYuan: number;
  errors: Readonly<Record<string, string>>;
  /** While it is being saved, lines neither come nor go. */
  isFixed: boolean;
  onChange: () => void;
};

/**
 * The saved SKUs come first, in their order. A row that was added becomes one of them when it is saved:
 * it keeps its fields, so that what is typed meanwhile stays, and sends its id from then on.
 */
function Skus({ skus, words, pointsPerYuan, errors, isFixed, onChange }: SkusProps) {
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
      <div className="grid gap-4">
        {rows.map((row, index) => (
          <SkuFields
            key={row} sku={skus[index] ?? null} index={index} words={words} pointsPerYuan={pointsPerYuan} errors={errors}
            onRemove={index >= skus.length && rows.length > 1 && !isFixed ? () => remove(row) : undefined}
          />
        ))}
      </div>
      {errors.skus && <Notice tone="danger" className="mt-4">{errors.skus}</Notice>}
      {rows.length < SKUS_MAX && <Button id="add-sku" size="dense" onClick={add} disabled={isFixed} className="mt-4"><Icon name="plus" size={16} />{words.addSku}</Button>}
    </Card>
  );
}

function Aside({ product, categories, words, errors }: PartProps & Pick<ProductFormProps, "categories">) {
  return (
    <div className="grid min-w-0 gap-4">
      <StatusCard title={words.status} statuses={STATUSES} current={product.status} names={words.statuses} means={words.statusMeans} />
      <Card as="section" aria-labelledby="delivery-title">
        <h2 id="delivery-title" className="mb-3 text-section font-semibold">{words.delivery}</h2>
        <div role="radiogroup" aria-labelledby="delivery-title" className="grid gap-2">
          {DELIVERIES.map((delivery) => (
            <Choice
              key={delivery} name="delivery" value={delivery} defaultChecked={product.delivery === delivery}
              title={words.deliveries[delivery]} explanation={words.deliveryMeans[delivery]}
            />
          ))}
        </div>
      </Card>
      <Card as="section" aria-labelledby="place-title">
        <h2 id="place-title" className="mb-3 text-section font-semibold">{words.place}</h2>
        <div className="grid gap-4">
          <Field id="categoryId" label={words.category} error={errors.categoryId}>
            {(wiring) => (
              <Select {...wiring} name="categoryId" shape="dense" defaultValue={product.categoryId ?? ""}>
                <option value="">{words.noCategory}</option>
                {categories.map(({ id, name }) => <option key={id} value={id}>{name}</option>)}
              </Select>
            )}
          </Field>
          <TextField
            id="slug" name="slug" shape="dense" label={words.slug} hint={words.slugHint} defaultValue={product.slug} maxLength={80}
            spellCheck={false} autoCapitalize="none" error={errors.slug}
          />
        </div>
      </Card>
    </div>
  );
}
