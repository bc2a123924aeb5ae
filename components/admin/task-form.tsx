"use client";

import { useState } from "react";
import { Card } from "../ui/card";
import { Field, Select, Textarea, TextField } from "../ui/field";
import type { FormAction } from "../ui/form-state";
import { Notice } from "../ui/notice";
import { Choice } from "./choice";
import { NumberField } from "./number-field";
import { SaveBar } from "./save-bar";
import { TaskAside } from "./task-aside";
import type { TaskWords } from "./task-words";
import { useDraft } from "./use-draft";
import { useLeaveGuard } from "./use-leave-guard";
import { useSaveShortcut } from "./use-save-shortcut";
import type { TaskMetric, TaskPeriod } from "@/db/schema/loyalty";
import type { Perk } from "@/db/schema/points";
import type { Task } from "@/lib/tasks/task";

export type TaskDraft = Omit<Task, "id" | "startsAt" | "endsAt"> & {
  id?: number;
  name: string;
  nameEn: string;
  description: string;
  descriptionEn: string;
  /** Programme days, "YYYY-MM-DD", or nothing. */
  firstDay: string;
  lastDay: string;
  status: "draft" | "active" | "archived";
  position: number;
  /** Somebody has claimed it: what it counts cannot change. */
  isClaimed: boolean;
};

type TaskFormProps = { task: TaskDraft; before: readonly { id: number; name: string }[]; words: TaskWords; requestId: string; action: FormAction };
export type TaskPartProps = { task: TaskDraft; words: TaskWords; errors: Readonly<Record<string, string>> };

/** What people work on and what they get. To discard is to begin again from what is saved. */
export function TaskForm(props: TaskFormProps) {
  const [attempt, setAttempt] = useState(0);
  return <Draft key={attempt} {...props} onDiscard={() => setAttempt(attempt + 1)} />;
}

function Draft({ task, before, words, requestId, action, onDiscard }: TaskFormProps & { onDiscard: () => void }) {
  const isNew = task.id === undefined;
  const { state, isReady, isDirty, form } = useDraft(action, requestId);
  const errors = state.fields ?? {};
  useLeaveGuard(isDirty, words.leave);
  useSaveShortcut({ form: form.ref, isWorthIt: isDirty || isNew, isReady });
  const part = { task, words, errors };
  return (
    <form {...form} aria-label={words.form}>
      <input type="hidden" name="requestId" value={requestId} />
      {!isNew && <input type="hidden" name="taskId" value={task.id} />}
      <div role="alert">{state.status === "refused" && <Notice tone="danger" className="mb-4">{state.message ?? words.checkFields}</Notice>}</div>
      <div className="grid gap-4 lg:grid-cols-[minmax(0,2fr)_minmax(0,1fr)] lg:items-start">
        <div className="grid min-w-0 gap-4">
          <Texts {...part} />
          <Counts {...part} />
          <Reward {...part} />
        </div>
        <TaskAside {...part} before={before} />
      </div>
      <SaveBar isShown={isDirty || isNew} isPending={!isReady} words={isNew ? words.createBar : words.bar} onDiscard={isNew ? undefined : onDiscard} />
    </form>
  );
}

function Texts({ task, words, errors }: TaskPartProps) {
  const line = (name: "name" | "nameEn") => (
    <TextField id={name} name={name} shape="dense" label={words[name]} defaultValue={task[name]} maxLength={60} required={name === "name"} error={errors[name]} />
  );
  const text = (name: "description" | "descriptionEn") => (
    <Field id={name} label={words[name]} hint={words.descriptionHint} error={errors[name]}>
      {(wiring) => <Textarea {...wiring} name={name} shape="dense" rows={3} defaultValue={task[name]} maxLength={200} />}
    </Field>
  );
  return (
    <Card as="section" aria-labelledby="texts-title">
      <h2 id="texts-title" className="mb-3 text-section font-semibold">{words.texts}</h2>
      <div className="grid items-start gap-4 md:grid-cols-2">{line("name")}{line("nameEn")}{text("description")}{text("descriptionEn")}</div>
    </Card>
  );
}

// The schema's own lists would bring the database's library into the browser.
const METRICS = ["profile", "redemptions", "paid_orders", "check_ins", "visits", "friends_visited", "friends_joined", "reviews", "custom"] as const satisfies readonly TaskMetric[];
const PERIODS = ["once", "daily", "weekly", "campaign"] as const satisfies readonly TaskPeriod[];
const PERKS = ["make_up_card", "streak_freeze"] as const satisfies readonly Perk[];

/** A field that the choice does not have is not shown, and is sent as nothing. */
function Counts({ task, words, errors }: TaskPartProps) {
  const [metric, setMetric] = useState(task.metric);
  const [period, setPeriod] = useState(task.period);
  const hasWindow = metric !== "profile" && (period === "once" || period === "campaign");
  return (
    <Card as="section" aria-labelledby="counts-title">
      <h2 id="counts-title" className="mb-3 text-section font-semibold">{words.counts}</h2>
      {task.isClaimed && <Notice className="mb-4">{words.fixed}</Notice>}
      <div className="grid items-start gap-4 sm:grid-cols-2">
        <Field id="metric" label={words.metric} error={errors.metric}>
          {(wiring) => (
            <Select {...wiring} name="metric" shape="dense" value={metric} onChange={(event) => setMetric(event.target.value as TaskMetric)}>
              {METRICS.filter((each) => !task.isClaimed || each === task.metric).map((each) => <option key={each} value={each}>{words.metrics[each]}</option>)}
            </Select>
          )}
        </Field>
        <NumberField name="target" label={words.target} defaultValue={task.target} error={errors.target} />
        {metric === "custom" && (
          <TextField
            id="eventName" name="eventName" shape="dense" label={words.eventName} hint={words.eventNameHint} defaultValue={task.eventName ?? ""} maxLength={40}
            readOnly={task.isClaimed} spellCheck={false} autoCapitalize="none" error={errors.eventName}
          />
        )}
        {hasWindow && <NumberField name="windowDays" label={words.windowDays} hint={words.windowDaysHint} defaultValue={task.windowDays ?? ""} error={errors.windowDays} />}
      </div>
      <fieldset className="mt-4">
        <legend className="mb-1.5 text-caption font-medium">{words.period}</legend>
        <div className="grid gap-2 sm:grid-cols-2">
          {PERIODS.filter((each) => !task.isClaimed || each === task.period).map((each) => (
            <Choice key={each} name="period" value={each} checked={period === each} onChange={() => setPeriod(each)} title={words.periods[each]} explanation={words.periodMeans[each]} />
          ))}
        </div>
        {errors.period && <p className="mt-1.5 text-caption text-danger">{errors.period}</p>}
      </fieldset>
    </Card>
  );
}

function Reward({ task, words, errors }: TaskPartProps) {
  const [perk, setPerk] = useState(task.rewardPerk);
  return (
    <Card as="section" aria-labelledby="reward-title">
      <h2 id="reward-title" className="mb-3 text-section font-semibold">{words.reward}</h2>
      <div className="grid items-start gap-4 sm:grid-cols-3">
        <NumberField name="rewardPoints" label={words.rewardPoints} unit={words.points} defaultValue={task.rewardPoints} error={errors.rewardPoints} />
        <Field id="rewardPerk" label={words.rewardPerk} error={errors.rewardPerk}>
          {(wiring) => (
            <Select {...wiring} name="rewardPerk" shape="dense" value={perk ?? ""} onChange={(event) => setPerk((event.target.value || null) as Perk | null)}>
              <option value="">{words.noPerk}</option>
              {PERKS.map((each) => <option key={each} value={each}>{words.perks[each]}</option>)}
            </Select>
          )}
        </Field>
        {perk && <NumberField name="rewardPerkQuantity" label={words.rewardPerkQuantity} defaultValue={task.rewardPerkQuantity || 1} error={errors.rewardPerkQuantity} />}
      </div>
      <label className="mt-4 flex min-h-6 items-start gap-2.5 text-dense">
        <input type="checkbox" name="rollsBack" defaultChecked={task.rollsBack} className="size-6 shrink-0 accent-primary" />
        <span>
          <span className="block font-medium">{words.rollsBack}</span>
          <span className="block text-caption text-muted">{words.rollsBackHint}</span>
        </span>
      </label>
    </Card>
  );
}
