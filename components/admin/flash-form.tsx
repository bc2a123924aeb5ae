"use client";

import { useState } from "react";
import { Card } from "../ui/card";
import { TextField } from "../ui/field";
import type { FormAction } from "../ui/form-state";
import { Notice } from "../ui/notice";
import type { FlashFormWords } from "./flash-words";
import { GoodsSelect } from "./goods-select";
import { NumberField } from "./number-field";
import { TimeField } from "./rule-controls";
import { SaveBar } from "./save-bar";
import { useDraft } from "./use-draft";
import type { FindChoices, NamedChoice } from "./use-found";
import { useLeaveGuard } from "./use-leave-guard";
import { useSaveShortcut } from "./use-save-shortcut";

export type FlashDraft = {
  id?: number;
  phase: "soon" | "on" | "over";
  name: string;
  nameEn: string;
  pieces: number | "";
  pointsPrice: number | "";
  /** In yuan, or nothing. */
  cashPrice: string;
  limitPerUser: number;
  /** As the shop's wall clock shows it, and the instant as it is kept. */
  startsAt: string;
  endsAt: string;
  startsAtWas: string;
  endsAtWas: string;
};

type FlashFormProps = { sale: FlashDraft; /** What it can be of; chosen once. */ choices: readonly NamedChoice[]; find?: FindChoices | null; words: FlashFormWords; requestId: string; action: FormAction };
type PartProps = Pick<FlashFormProps, "sale" | "words"> & { errors: Readonly<Record<string, string>> };

/** A flash sale. To discard is to begin again from what is saved. */
export function FlashForm(props: FlashFormProps) {
  const [attempt, setAttempt] = useState(0);
  return <Draft key={attempt} {...props} onDiscard={() => setAttempt(attempt + 1)} />;
}

function Draft({ sale, choices, find = null, words, requestId, action, onDiscard }: FlashFormProps & { onDiscard: () => void }) {
  const isNew = sale.id === undefined;
  const { state, isReady, isDirty, form } = useDraft(action, requestId);
  const errors = state.fields ?? {};
  useLeaveGuard(isDirty, words.leave);
  useSaveShortcut({ form: form.ref, isWorthIt: isDirty || isNew, isReady });
  const part = { sale, words, errors };
  return (
    <form {...form} aria-label={words.form} className="grid min-w-0 gap-4">
      <input type="hidden" name="requestId" value={requestId} />
      {!isNew && <input type="hidden" name="saleId" value={sale.id} />}
      <input type="hidden" name="startsAtWas" value={sale.startsAtWas} />
      <input type="hidden" name="endsAtWas" value={sale.endsAtWas} />
      <div role="alert" className="empty:hidden">{state.status === "refused" && <Notice tone="danger">{state.message ?? words.checkFields}</Notice>}</div>
      {sale.phase === "on" && <Notice>{words.begunHint}</Notice>}
      <What {...part} choices={isNew ? choices : null} find={find} />
      {sale.phase === "on" ? <Fixed sale={sale} /> : <Offer {...part} />}
      <When {...part} />
      <SaveBar isShown={isDirty || isNew} isPending={!isReady} words={isNew ? words.createBar : words.bar} onDiscard={isNew ? undefined : onDiscard} />
    </form>
  );
}

function What({ sale, words, errors, choices, find }: PartProps & { choices: readonly NamedChoice[] | null; find: FindChoices | null }) {
  const line = (name: "name" | "nameEn") => (
    <TextField id={name} name={name} shape="dense" label={words[name]} defaultValue={sale[name]} maxLength={60} required={name === "name"} error={errors[name]} />
  );
  return (
    <Card as="section" aria-labelledby="what-title">
      <h2 id="what-title" className="mb-3 text-section font-semibold">{words.what}</h2>
      <div className="grid items-start gap-4 md:grid-cols-2">
        {choices && (
          <GoodsSelect name="shopSkuId" label={words.sku} hint={words.skuHint} none={words.choose} choices={choices} chosen={null} find={find} words={words} required error={errors.shopSkuId} className="md:col-span-2" />
        )}
        {line("name")}{line("nameEn")}
      </div>
    </Card>
  );
}

function Offer({ sale, words, errors }: PartProps) {
  return (
    <Card as="section" aria-labelledby="offer-title">
      <h2 id="offer-title" className="mb-3 text-section font-semibold">{words.offer}</h2>
      <div className="grid items-start gap-4 sm:grid-cols-2">
        <NumberField name="pieces" label={words.pieces} hint={words.piecesHint} unit={words.unit} defaultValue={sale.pieces} error={errors.pieces} />
        <NumberField name="limitPerUser" label={words.limitPerUser} hint={words.limitHint} unit={words.unit} defaultValue={sale.limitPerUser} error={errors.limitPerUser} />
        <NumberField name="pointsPrice" label={words.pointsPrice} unit={words.pts} defaultValue={sale.pointsPrice} error={errors.pointsPrice} />
        <NumberField name="cashPrice" label={words.cashPrice} hint={words.cashHint} unit={words.yuan} defaultValue={sale.cashPrice} error={errors.cashPrice} isDecimal />
      </div>
    </Card>
  );
}

/** What people have redeemed by is sent as it is. */
const Fixed = ({ sale }: { sale: FlashDraft }) =>
  (["pieces", "limitPerUser", "pointsPrice", "cashPrice"] as const).map((name) => <input key={name} type="hidden" name={name} value={sale[name]} />);

function When({ sale, words, errors }: PartProps) {
  return (
    <Card as="section" aria-labelledby="when-title">
      <h2 id="when-title" className="text-section font-semibold">{words.when}</h2>
      <p className="mb-3 text-caption text-muted">{words.zone} · {words.clock}</p>
      <div className="grid items-start gap-4 sm:grid-cols-2">
        {sale.phase === "on"
          ? <input type="hidden" name="startsAt" value={sale.startsAt} />
          : <TimeField type="datetime-local" name="startsAt" label={words.startsAt} defaultValue={sale.startsAt} error={errors.startsAt} />}
        <TimeField type="datetime-local" name="endsAt" label={words.endsAt} defaultValue={sale.endsAt} error={errors.endsAt} />
      </div>
    </Card>
  );
}
