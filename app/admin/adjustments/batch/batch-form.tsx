"use client";

import type { Route } from "next";
import Link from "next/link";
import { unstable_rethrow } from "next/navigation";
import { useRef, useState, useTransition, type FormEvent, type RefObject } from "react";
import { NOTHING_CHECKED, type BatchState } from "./batch-state";
import { DataTable, type Column } from "@/components/admin/data-table";
import { useErrorCopy } from "@/components/error-copy";
import { Button } from "@/components/ui/button";
import { Card } from "@/components/ui/card";
import { Field, Select, Textarea } from "@/components/ui/field";
import { Notice } from "@/components/ui/notice";

type Words = typeof import("@/messages/zh-CN/adminAdjustments.json")["file"] & { choose: string };
type Step = (form: FormData) => Promise<BatchState>;
type BatchFormProps = { check: Step; send: Step; requestId: string; /** The one that is chosen at first. */ reason: string; reasons: readonly { value: string; label: string }[]; words: Words };

/** A file of adjustments: checked row by row first, submitted when that was seen. Whatever is changed in between is checked again. */
export function BatchForm({ check, send, requestId, reason, reasons, words }: BatchFormProps) {
  const [state, setState] = useState<BatchState>(NOTHING_CHECKED);
  const [isPending, startTransition] = useTransition();
  const noAnswer = useErrorCopy()?.noAnswer;
  const form = useRef<HTMLFormElement>(null);
  const result = useRef<HTMLHeadingElement>(null);

  function take(step: Step) {
    if (isPending || !form.current) return;
    const sent = new FormData(form.current);
    startTransition(async () => {
      const answer = await step(sent).catch((error: unknown): BatchState => {
        unstable_rethrow(error);
        return { step: "refused", message: noAnswer };
      });
      setState(answer);
      requestAnimationFrame(() => (answer.step === "checked" ? result.current : form.current?.querySelector<HTMLElement>("[aria-invalid]"))?.focus());
    });
  }

  function onSubmit(event: FormEvent) {
    event.preventDefault();
    take(check);
  }

  const errors = state.step === "refused" ? (state.fields ?? {}) : {};
  return (
    <div className="grid gap-4">
      <Card as="section" aria-label={words.file}>
        <form ref={form} onSubmit={onSubmit} onInput={() => setState(NOTHING_CHECKED)} noValidate aria-label={words.file} className="grid gap-4 sm:max-w-2xl">
          <input type="hidden" name="requestId" value={requestId} />
          <Field id="file" label={words.file} hint={words.fileHint} error={errors.file ?? errors.text}>
            {(wiring) => <input {...wiring} type="file" name="file" accept=".csv,.txt,text/csv,text/plain" className="min-h-9 w-full min-w-0 text-dense file:me-3 file:h-9 file:rounded-control file:border file:border-input file:bg-card file:px-3.5 file:text-dense file:font-medium" />}
          </Field>
          <Field id="reason" label={words.reason} error={errors.reason} className="sm:max-w-80">
            {(wiring) => (
              <Select {...wiring} name="reason" shape="dense" defaultValue={reason}>
                <option value="" disabled>{words.choose}</option>
                {reasons.map(({ value, label }) => <option key={value} value={value}>{label}</option>)}
              </Select>
            )}
          </Field>
          <Field id="note" label={words.note} hint={words.noteHint} error={errors.note}>
            {(wiring) => <Textarea {...wiring} name="note" shape="dense" rows={2} maxLength={200} autoComplete="off" />}
          </Field>
          <div role="alert" className="empty:hidden">{state.step === "refused" && state.message && <Notice tone="danger">{state.message}</Notice>}</div>
          <Button type="submit" look={state.step === "checked" && state.submit ? "secondary" : "primary"} size="dense" className="justify-self-start" disabled={isPending} aria-busy={isPending || undefined}>
            {isPending && state.step !== "checked" ? words.checking : words.check}
          </Button>
        </form>
      </Card>
      {state.step === "checked" && <Checked state={state} words={words} isPending={isPending} onSubmit={() => take(send)} heading={result} />}
    </div>
  );
}

type Seen = Extract<BatchState, { step: "checked" }>;
type CheckedProps = { state: Seen; words: Words; isPending: boolean; onSubmit: () => void; heading: RefObject<HTMLHeadingElement | null> };

function Checked({ state, words, isPending, onSubmit, heading }: CheckedProps) {
  const problems: Column<Seen["problems"][number]>[] = [
    { key: "line", label: words.line, phone: "pair", cell: ({ line }) => <span className="tabular-nums">{line}</span> },
    { key: "who", label: words.who, phone: "title", cell: ({ who }) => <span className="break-all">{who || "—"}</span> },
    { key: "problem", label: words.problem, phone: "line", cell: ({ problem }) => <span className="text-danger">{problem}</span> },
  ];
  const sample: Column<Seen["sample"][number]>[] = [
    { key: "line", label: words.line, phone: "pair", cell: ({ line }) => <span className="tabular-nums">{line}</span> },
    { key: "who", label: words.who, phone: "title", cell: ({ who }) => <span className="break-all">{who || "—"}</span> },
    { key: "points", label: words.points, phone: "corner", end: true, cell: ({ points }) => <span className="font-semibold tabular-nums">{points}</span> },
    { key: "expires", label: words.expires, phone: "pair", cell: ({ expires }) => expires },
    { key: "note", label: words.rowNote, phone: "line", cell: ({ note }) => <span className="break-words">{note}</span> },
  ];
  return (
    <Card as="section" padded={false} aria-labelledby="result-title" className="overflow-hidden">
      <div className="grid gap-4 p-4">
        <h2 id="result-title" ref={heading} tabIndex={-1} className="text-section font-semibold">{words.result}</h2>
        <dl className="grid grid-cols-2 gap-4 sm:grid-cols-4">
          {state.figures.map(({ label, value, isBad }) => (
            <div key={label}>
              <dt className="text-caption text-muted">{label}</dt>
              <dd className={isBad ? "text-title font-semibold text-danger tabular-nums" : "text-title font-semibold tabular-nums"}>{value}</dd>
            </div>
          ))}
        </dl>
        <Notice tone={state.tone} role="status">{state.verdict}{state.known && <> <Link href={state.known.href as Route} className="font-medium underline">{state.known.label}</Link></>}</Notice>
        {state.submit && <Button look="primary" size="dense" className="justify-self-start" onClick={onSubmit} disabled={isPending} aria-busy={isPending || undefined}>{isPending ? words.submitting : state.submit}</Button>}
      </div>
      {state.problems.length > 0
        ? <><DataTable caption={words.problemCaption} columns={problems} rows={state.problems} keyOf={({ line }) => line} />{state.moreProblems && <p className="border-t border-border px-4 py-2.5 text-caption text-muted">{state.moreProblems}</p>}</>
        : <DataTable caption={words.sampleCaption} columns={sample} rows={state.sample} keyOf={({ line }) => line} />}
    </Card>
  );
}
