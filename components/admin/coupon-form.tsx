"use client";

import { useEffect, useState } from "react";
import { Card } from "../ui/card";
import { TextField } from "../ui/field";
import type { FormAction } from "../ui/form-state";
import { Notice } from "../ui/notice";
import { CouponAside } from "./coupon-aside";
import type { CouponChoices, CouponDraft, CouponFinders } from "./coupon-draft";
import { CouponEffect, CouponScopeFields, CouponValidity } from "./coupon-terms";
import type { CouponWords } from "./coupon-words";
import type { PreviewAction, RulePreview } from "./rule-draft";
import { SaveBar } from "./save-bar";
import { useDraft } from "./use-draft";
import { useLeaveGuard } from "./use-leave-guard";
import { useRulePreview } from "./use-rule-preview";
import { useSaveShortcut } from "./use-save-shortcut";

type CouponFormProps = { coupon: CouponDraft; choices: CouponChoices; finders: CouponFinders; words: CouponWords; requestId: string; first: RulePreview; action: FormAction; preview: PreviewAction };
export type CouponPartProps = { coupon: CouponDraft; choices: CouponChoices; finders: CouponFinders; words: CouponWords; errors: Readonly<Record<string, string>> };

/** What a coupon does and who can have it. To discard is to begin again from what is saved. */
export function CouponForm(props: CouponFormProps) {
  const [attempt, setAttempt] = useState(0);
  return <Draft key={attempt} {...props} onDiscard={() => setAttempt(attempt + 1)} />;
}

function Draft({ coupon, choices, finders, words, requestId, first, action, preview: ask, onDiscard }: CouponFormProps & { onDiscard: () => void }) {
  const isNew = coupon.id === undefined;
  const { state, isReady, isDirty, form } = useDraft(action, requestId);
  const { preview, refresh } = useRulePreview(form.ref, { first, ask });
  const errors = state.fields ?? {};
  useLeaveGuard(isDirty, words.leave);
  useSaveShortcut({ form: form.ref, isWorthIt: isDirty || isNew, isReady });
  // Its first call says that the page came with the sentence of what is saved.
  useEffect(() => refresh(), [refresh]);
  const part = { coupon, choices, finders, words, errors };
  function onInput() {
    form.onInput();
    refresh();
  }
  return (
    <form {...form} onInput={onInput} aria-label={words.form}>
      <input type="hidden" name="requestId" value={requestId} />
      {!isNew && <input type="hidden" name="couponId" value={coupon.id} />}
      <div role="alert">{state.status === "refused" && <Notice tone="danger" className="mb-4">{state.message ?? words.checkFields}</Notice>}</div>
      <div className="grid gap-4 lg:grid-cols-[minmax(0,2fr)_minmax(0,1fr)] lg:items-start">
        <div className="grid min-w-0 gap-4">
          <Names {...part} />
          {coupon.isIssued ? <FixedTerms {...part} /> : <><CouponEffect {...part} /><CouponScopeFields {...part} /></>}
          <CouponValidity {...part} />
        </div>
        <CouponAside {...part} sentence={preview.sentence} />
      </div>
      <SaveBar isShown={isDirty || isNew} isPending={!isReady} words={isNew ? words.createBar : words.bar} onDiscard={isNew ? undefined : onDiscard} />
    </form>
  );
}

function Names({ coupon, words, errors }: CouponPartProps) {
  const line = (name: "name" | "nameEn") => (
    <TextField id={name} name={name} shape="dense" label={words[name]} defaultValue={coupon[name]} maxLength={60} required={name === "name"} error={errors[name]} />
  );
  return (
    <Card as="section" aria-labelledby="texts-title">
      <h2 id="texts-title" className="mb-3 text-section font-semibold">{words.texts}</h2>
      <div className="grid items-start gap-4 md:grid-cols-2">{line("name")}{line("nameEn")}</div>
    </Card>
  );
}

/** Terms that cannot change are sent as they are. */
function FixedTerms({ coupon, words }: CouponPartProps) {
  const { kind, unit, amount, percent, amountMax, minSpend, giftSkuId, scope, scopeIds } = coupon;
  return (
    <Card as="section" aria-labelledby="effect-title">
      <h2 id="effect-title" className="mb-3 text-section font-semibold">{words.effect}</h2>
      <Notice>{words.fixed}</Notice>
      {Object.entries({ kind, unit, amount, percent, amountMax, minSpend, giftSkuId: giftSkuId ?? "", scope }).map(([name, value]) => <input key={name} type="hidden" name={name} value={value} />)}
      {scopeIds.map((id) => <input key={id} type="hidden" name={scope === "categories" ? "categoryIds" : "productIds"} value={id} />)}
    </Card>
  );
}
