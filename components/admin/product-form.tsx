"use client";

import { useState } from "react";
import { Card } from "../ui/card";
import { Field, Select, TextField } from "../ui/field";
import type { FormAction } from "../ui/form-state";
import { Notice } from "../ui/notice";
import { Choice } from "./choice";
import { MarkdownField, type PreviewMarkdown } from "./markdown-field";
import { PicturePicker } from "./picture-picker";
import type { ProductChoices, ProductDraft } from "./product-draft";
import { ProductSkus } from "./product-skus";
import { ProductTerms } from "./product-terms";
import type { ProductWords } from "./product-words";
import type { FieldErrors } from "./rule-draft";
import { SaveBar } from "./save-bar";
import { StatusCard } from "./status-card";
import { useDraft } from "./use-draft";
import { useLeaveGuard } from "./use-leave-guard";
import { useSaveShortcut } from "./use-save-shortcut";
import type { Delivery, ProductStatus } from "@/db/schema/catalog";

type ProductFormProps = {
  product: ProductDraft;
  choices: ProductChoices;
  words: ProductWords;
  requestId: string;
  action: FormAction;
  preview: PreviewMarkdown;
};

const STATUSES = ["draft", "active", "archived"] as const satisfies readonly ProductStatus[];
const DELIVERIES = ["shipped", "pickup", "virtual", "coupon"] as const satisfies readonly Delivery[];
const NO_ERRORS: FieldErrors = {};
const MADE = ["slug"];

/** A product and its SKUs. To discard is to begin again from what is saved. */
export function ProductForm(props: ProductFormProps) {
  const [attempt, setAttempt] = useState(0);
  return <Draft key={attempt} {...props} onDiscard={() => setAttempt(attempt + 1)} />;
}

function Draft({ product, choices, words, requestId, action, preview, onDiscard }: ProductFormProps & { onDiscard: () => void }) {
  const isNew = product.id === undefined;
  const [delivery, setDelivery] = useState(product.delivery);
  // What this form has seen: a page that was read again meanwhile may know more than its fields do.
  const [version, setVersion] = useState(product.version);
  const { state, isReady, isDirty, check, form } = useDraft(async (before, data) => {
    const answer = await action(before, data);
    if (answer.status === "done") setVersion(answer.values?.version);
    return answer;
  }, requestId, MADE);
  const errors = state.fields ?? NO_ERRORS;
  useLeaveGuard(isDirty, words.leave);
  useSaveShortcut({ form: form.ref, isWorthIt: isDirty || isNew, isReady });
  return (
    <form {...form} aria-label={words.form}>
      <input type="hidden" name="requestId" value={requestId} />
      {!isNew && <input type="hidden" name="productId" value={product.id} />}
      {version && <input type="hidden" name="$version" value={version} />}
      <div role="alert">{state.status === "refused" && <Notice tone="danger" className="mb-4">{state.message ?? words.checkFields}</Notice>}</div>
      <div className="grid gap-4">
        <div className="grid gap-4 lg:grid-cols-[minmax(0,2fr)_minmax(0,1fr)] lg:items-start">
          <div className="grid min-w-0 gap-4">
            <Texts product={product} words={words} errors={errors} preview={preview} />
            <Place product={product} choices={choices} words={words} errors={errors} />
          </div>
          <Aside product={product} words={words} onDelivery={setDelivery} />
        </div>
        <ProductSkus skus={product.skus} delivery={delivery} choices={choices} words={words} errors={errors} isFixed={!isReady} onChange={check} />
        <ProductTerms product={product} choices={choices} words={words} errors={errors} />
      </div>
      <SaveBar isShown={isDirty || isNew} isPending={!isReady} words={isNew ? words.createBar : words.bar} onDiscard={isNew ? undefined : onDiscard} />
    </form>
  );
}

type PartProps = { product: ProductDraft; words: ProductWords; errors: FieldErrors };

function Texts({ product, words, errors, preview }: PartProps & Pick<ProductFormProps, "preview">) {
  const line = (name: "name" | "nameEn") => (
    <TextField id={name} name={name} shape="dense" label={words[name]} defaultValue={product[name]} maxLength={100} required={name === "name"} error={errors[name]} />
  );
  const text = (name: "description" | "descriptionEn") => (
    <MarkdownField
      name={name} label={words[name]} hint={words.descriptionHint} defaultValue={product[name]} maxLength={5000} error={errors[name]} words={words.markdown} preview={preview}
    />
  );
  return (
    <Card as="section" aria-labelledby="texts-title" className="min-w-0">
      <h2 id="texts-title" className="mb-3 text-section font-semibold">{words.texts}</h2>
      <div className="mb-4 grid items-start gap-4 md:grid-cols-2">{line("name")}{line("nameEn")}{text("description")}{text("descriptionEn")}</div>
      <PicturePicker legend={words.picture} hint={words.pictureHint} names={words.pictures} picture={product.picture} />
    </Card>
  );
}

function Place({ product, choices, words, errors }: PartProps & Pick<ProductFormProps, "choices">) {
  return (
    <Card as="section" aria-labelledby="place-title">
      <h2 id="place-title" className="mb-3 text-section font-semibold">{words.place}</h2>
      <div className="grid items-start gap-4 md:grid-cols-2">
        <Field id="categoryId" label={words.category} error={errors.categoryId}>
          {(wiring) => (
            <Select {...wiring} name="categoryId" shape="dense" defaultValue={product.categoryId ?? ""}>
              <option value="">{words.noCategory}</option>
              {choices.categories.map(({ id, name }) => <option key={id} value={id}>{name}</option>)}
            </Select>
          )}
        </Field>
        <TextField
          id="slug" name="slug" shape="dense" label={words.slug} hint={words.slugHint} defaultValue={product.slug} maxLength={80}
          spellCheck={false} autoCapitalize="none" error={errors.slug}
        />
      </div>
    </Card>
  );
}

type AsideProps = Pick<PartProps, "product" | "words"> & { onDelivery: (delivery: Delivery) => void };

function Aside({ product, words, onDelivery }: AsideProps) {
  return (
    <div className="grid min-w-0 gap-4">
      <StatusCard title={words.status} statuses={STATUSES} current={product.status} names={words.statuses} means={words.statusMeans} />
      <Card as="section" aria-labelledby="delivery-title">
        <h2 id="delivery-title" className="mb-3 text-section font-semibold">{words.delivery}</h2>
        <div role="radiogroup" aria-labelledby="delivery-title" className="grid gap-2">
          {DELIVERIES.map((delivery) => (
            <Choice
              key={delivery} name="delivery" value={delivery} defaultChecked={product.delivery === delivery} onChange={() => onDelivery(delivery)}
              title={words.deliveries[delivery]} explanation={words.deliveryMeans[delivery]}
            />
          ))}
        </div>
      </Card>
    </div>
  );
}
