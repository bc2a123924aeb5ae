"use client";

import { useActionState } from "react";
import type { CheckedRow, ImportState, ImportWords } from "./import-state";
import { DataTable, type Column } from "@/components/admin/data-table";
import { Badge, type Tone } from "@/components/ui/badge";
import { Button } from "@/components/ui/button";
import { Card } from "@/components/ui/card";
import { Field, Textarea } from "@/components/ui/field";
import { Notice } from "@/components/ui/notice";

type Step = (state: ImportState, form: FormData) => Promise<ImportState>;
type ImportFormProps = { check: Step; send: Step; requestId: string; words: ImportWords };

const NOTHING: ImportState = { step: "idle", text: "", rows: [], ready: 0, summary: "", confirm: "" };

/** A table of parcels: checked row by row first, sent when that was seen. */
export function ImportForm({ check, send, requestId, words }: ImportFormProps) {
  const [state, step, isPending] = useActionState(async (before: ImportState, form: FormData) => (form.get("step") === "send" ? send(before, form) : check(before, form)), NOTHING);
  return (
    <div className="grid gap-4">
      <Card as="section">
        <form action={step} className="grid gap-3.5">
          <input type="hidden" name="requestId" value={requestId} />
          <label className="grid gap-1.5 text-caption font-medium">
            {words.file}
            <input type="file" name="file" accept=".csv,.txt,text/csv,text/plain" className="min-h-9 text-dense font-normal file:me-3 file:h-9 file:rounded-control file:border file:border-input file:bg-card file:px-3.5 file:text-dense file:font-medium" />
          </label>
          <Field id="text" label={words.text} hint={words.textHint}>
            {(wiring) => <Textarea key={state.text} {...wiring} name="text" shape="dense" rows={5} spellCheck={false} defaultValue={state.text} className="font-mono" />}
          </Field>
          <div role="alert" className="empty:-mt-3.5">{state.step === "refused" && state.message && <Notice tone="danger">{state.message}</Notice>}</div>
          <div role="status" className="empty:-mt-3.5">{state.step === "done" && <Notice tone="success">{state.message}</Notice>}</div>
          <Button type="submit" look={state.ready > 0 ? "secondary" : "primary"} size="dense" className="justify-self-start" disabled={isPending} aria-busy={isPending || undefined}>{isPending ? words.checking : words.check}</Button>
        </form>
      </Card>
      {state.step === "checked" && <Checked state={state} step={step} isPending={isPending} requestId={requestId} words={words} />}
    </div>
  );
}

const tones: Record<CheckedRow["verdict"], Tone> = { ready: "success", sent: "neutral", incomplete: "danger", too_long: "danger", unknown: "danger", repeated: "warning", not_shippable: "warning" };

type CheckedProps = { state: ImportState; step: (form: FormData) => void; isPending: boolean; requestId: string; words: ImportFormProps["words"] };

function Checked({ state, step, isPending, requestId, words }: CheckedProps) {
  const columns: Column<CheckedRow>[] = [
    { key: "row", label: words.columns.row, phone: "pair", end: true, cell: ({ row }) => row },
    { key: "number", label: words.columns.number, phone: "title", cell: ({ number }) => <span className="font-mono text-caption">{number || "—"}</span> },
    { key: "carrier", label: words.columns.carrier, phone: "pair", cell: ({ carrier }) => carrier || "—" },
    { key: "trackingNumber", label: words.columns.trackingNumber, phone: "line", cell: ({ trackingNumber }) => <span className="font-mono text-caption break-all">{trackingNumber || "—"}</span> },
    { key: "verdict", label: words.columns.verdict, phone: "corner", cell: ({ verdict }) => <Badge tone={tones[verdict]} progress={verdict === "ready" || verdict === "sent" ? "done" : "ended"}>{words.verdicts[verdict]}</Badge> },
  ];
  return (
    <Card as="section" padded={false} aria-labelledby="result-title" className="overflow-hidden">
      <div className="flex flex-wrap items-center justify-between gap-3 p-4">
        <div>
          <h2 id="result-title" className="text-section font-semibold">{words.result}</h2>
          <p role="status" className="text-dense text-muted tabular-nums">{state.summary}</p>
        </div>
        {state.ready > 0 && (
          <form action={step}>
            <input type="hidden" name="requestId" value={requestId} />
            <input type="hidden" name="step" value="send" />
            <input type="hidden" name="text" value={state.text} />
            <Button type="submit" look="primary" size="dense" disabled={isPending} aria-busy={isPending || undefined}>{isPending ? words.confirming : state.confirm}</Button>
          </form>
        )}
      </div>
      <DataTable caption={words.caption} columns={columns} rows={state.rows} keyOf={({ row }) => row} />
    </Card>
  );
}
