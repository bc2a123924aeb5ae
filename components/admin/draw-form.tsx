"use client";

import { useState, type RefObject } from "react";
import { Card } from "../ui/card";
import { Field, Textarea, TextField } from "../ui/field";
import type { FormAction } from "../ui/form-state";
import { Notice } from "../ui/notice";
import { DrawMeter, type Tally } from "./draw-meter";
import type { CouponChoice, PrizeDraft } from "./draw-prize-fields";
import { DrawPrizes } from "./draw-prizes";
import type { DrawWords } from "./draw-words";
import { NumberField } from "./number-field";
import { SaveBar } from "./save-bar";
import { StatusCard } from "./status-card";
import { useDraft } from "./use-draft";
import { useLeaveGuard } from "./use-leave-guard";
import { useSaveShortcut } from "./use-save-shortcut";
import type { DrawStatus } from "@/db/schema/draws";
import { ppmFromPercent } from "@/lib/draws/percent";

export type DrawDraft = {
  id?: number;
  slug: string;
  name: string;
  nameEn: string;
  rules: string;
  rulesEn: string;
  status: DrawStatus;
  /** Programme days, "YYYY-MM-DD", or nothing. */
  firstDay: string;
  lastDay: string;
  spinPoints: number;
  freeSpinsPerDay: number;
  spinsPerDay: number;
  prizes: PrizeDraft[];
};

type DrawFormProps = { draw: DrawDraft; coupons: readonly CouponChoice[]; words: DrawWords; requestId: string; action: FormAction };
type PartProps = { draw: DrawDraft; words: DrawWords; errors: Readonly<Record<string, string>> };

const STATUSES = ["draft", "active", "archived"] as const satisfies readonly DrawStatus[];

/** A draw with its prizes. To discard is to begin again from what is saved; so is what comes back from a save. */
export function DrawForm(props: DrawFormProps) {
  const [attempt, setAttempt] = useState(0);
  return <Draft key={`${attempt} ${props.draw.prizes.map(({ id }) => id).join()}`} {...props} onDiscard={() => setAttempt(attempt + 1)} />;
}

function Draft({ draw, coupons, words, requestId, action, onDiscard }: DrawFormProps & { onDiscard: () => void }) {
  const isNew = draw.id === undefined;
  const { state, isReady, isDirty, check, form } = useDraft(action, requestId);
  const [tally, setTally] = useState(() => tallyOfDraft(draw));
  const errors = state.fields ?? {};
  useLeaveGuard(isDirty, words.leave);
  useSaveShortcut({ form: form.ref, isWorthIt: isDirty || isNew, isReady });
  const recount = () => {
    check();
    setTally(tallyOf(form.ref) ?? tally);
  };
  const part = { draw, words, errors };
  return (
    <form {...form} onInput={recount} aria-label={words.form}>
      <input type="hidden" name="requestId" value={requestId} />
      {!isNew && <input type="hidden" name="drawId" value={draw.id} />}
      <div role="alert">{state.status === "refused" && <Notice tone="danger" className="mb-4">{state.message ?? words.checkFields}</Notice>}</div>
      <div className="grid gap-4 lg:grid-cols-[minmax(0,2fr)_minmax(0,1fr)] lg:items-start">
        <div className="grid min-w-0 gap-4">
          <Texts {...part} />
          <DrawPrizes prizes={draw.prizes} coupons={coupons} words={words} errors={errors} isFixed={!isReady} onChange={recount} />
        </div>
        <div className="grid min-w-0 gap-4">
          <StatusCard title={words.status} statuses={STATUSES} current={draw.status} names={words.statuses} means={words.statusMeans} error={errors.status} />
          <DrawMeter tally={tally} words={words} />
          <Price {...part} />
          <Time {...part} />
        </div>
      </div>
      <SaveBar isShown={isDirty || isNew} isPending={!isReady} words={isNew ? words.createBar : words.bar} onDiscard={isNew ? undefined : onDiscard} />
    </form>
  );
}

function Texts({ draw, words, errors }: PartProps) {
  const line = (name: "name" | "nameEn") => (
    <TextField id={name} name={name} shape="dense" label={words[name]} defaultValue={draw[name]} maxLength={60} required={name === "name"} error={errors[name]} />
  );
  const text = (name: "rules" | "rulesEn") => (
    <Field id={name} label={words[name]} error={errors[name]}>
      {(wiring) => <Textarea {...wiring} name={name} shape="dense" rows={4} defaultValue={draw[name]} maxLength={1_000} />}
    </Field>
  );
  return (
    <Card as="section" aria-labelledby="texts-title">
      <h2 id="texts-title" className="mb-3 text-section font-semibold">{words.texts}</h2>
      <div className="grid items-start gap-4 md:grid-cols-2">{line("name")}{line("nameEn")}{text("rules")}{text("rulesEn")}</div>
      <TextField
        id="slug" name={draw.id === undefined ? "slug" : undefined} shape="dense" label={words.slug} hint={words.slugHint} defaultValue={draw.slug} readOnly={draw.id !== undefined}
        maxLength={60} spellCheck={false} autoCapitalize="none" error={errors.slug} className="mt-4"
      />
    </Card>
  );
}

function Price({ draw, words, errors }: PartProps) {
  return (
    <Card as="section" aria-labelledby="spins-title">
      <h2 id="spins-title" className="mb-3 text-section font-semibold">{words.spins}</h2>
      <div className="grid gap-4">
        <NumberField name="spinPoints" label={words.spinPoints} hint={words.spinPointsHint} unit={words.unit} defaultValue={draw.spinPoints} error={errors.spinPoints} />
        <NumberField name="freeSpinsPerDay" label={words.freeSpinsPerDay} defaultValue={draw.freeSpinsPerDay} error={errors.freeSpinsPerDay} />
        <NumberField name="spinsPerDay" label={words.spinsPerDay} hint={words.spinsPerDayHint} defaultValue={draw.spinsPerDay} error={errors.spinsPerDay} />
      </div>
    </Card>
  );
}

function Time({ draw, words, errors }: PartProps) {
  return (
    <Card as="section" aria-labelledby="time-title">
      <h2 id="time-title" className="mb-3 text-section font-semibold">{words.time}</h2>
      <div className="grid gap-4">
        <TextField id="startsAt" name="startsAt" type="date" shape="dense" label={words.startsAt} hint={words.startsAtHint} defaultValue={draw.firstDay} error={errors.startsAt} />
        <TextField id="endsAt" name="endsAt" type="date" shape="dense" label={words.endsAt} hint={words.endsAtHint} defaultValue={draw.lastDay} error={errors.endsAt} />
      </div>
    </Card>
  );
}

const tallyOfDraft = ({ prizes, spinPoints }: DrawDraft): Tally => ({
  sumPpm: prizes.reduce((sum, { oddsPpm }) => sum + oddsPpm, 0), points: prizes.reduce((sum, { oddsPpm, points }) => sum + oddsPpm * points, 0) / 1_000_000, price: spinPoints,
});

/** The same of what is typed. What is no number yet counts as nothing. */
function tallyOf({ current: element }: RefObject<HTMLFormElement | null>): Tally | null {
  if (!element) return null;
  const fields = new FormData(element);
  const number = (name: string): number => Number(fields.get(name)) || 0;
  const tally: Tally = { sumPpm: 0, points: 0, price: number("spinPoints") };
  for (let index = 0; fields.has(`prizes.${index}.odds`); index++) {
    const ppm = ppmFromPercent(String(fields.get(`prizes.${index}.odds`)));
    if (typeof ppm !== "number") continue;
    tally.sumPpm += ppm;
    tally.points += (ppm * number(`prizes.${index}.points`)) / 1_000_000;
  }
  return tally;
}
