"use client";

import { useActionState } from "react";
import { Badge } from "../ui/badge";
import { Button } from "../ui/button";
import { Card } from "../ui/card";
import { Field, Textarea } from "../ui/field";
import { Notice } from "../ui/notice";
import { DataTable, type Column } from "./data-table";
import { NOTHING_READ, type ImportRow, type ImportState, type ImportWords } from "./import-words";

type Step = (state: ImportState, form: FormData) => Promise<ImportState>;
type FileImportProps = { check: Step; send: Step; requestId: string; words: ImportWords };

/** A table from a file or pasted: checked row by row first, taken in when that was seen. */
export function FileImport({ check, send, requestId, words }: FileImportProps) {
  const [state, step, isPending] = useActionState(async (before: ImportState, form: FormData) => (form.get("step") === "send" ? send(before, form) : check(before, form)), NOTHING_READ);
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

type CheckedProps = { state: ImportState; step: (form: FormData) => void; isPending: boolean; requestId: string; words: ImportWords };

function Checked({ state, step, isPending, requestId, words }: CheckedProps) {
  const columns: Column<ImportRow>[] = [
    { key: "row", label: words.row, phone: "pair", end: true, cell: ({ row }) => row },
    ...words.columns.map((label, index): Column<ImportRow> => ({ key: label, label, phone: index === 0 ? "title" : "pair", cell: ({ cells }) => <span className="break-words">{cells[index] || "—"}</span> })),
    { key: "verdict", label: words.verdict, phone: "corner", cell: ({ verdict, tone }) => <Badge tone={tone} progress={tone === "success" || tone === "neutral" ? "done" : "ended"}>{verdict}</Badge> },
  ];
  return (
    <Card as="section" padded={false} aria-labelledby="result-title" className="overflow-hidden">
      <div className="flex flex-wrap items-center justify-between gap-3 p-4">
        <div>
          <h2 id="result-title" className="text-section font-semibold">{words.result}</h2>
          <p role="status" className="text-dense text-muted tabular-nums">{state.summary}</p>
          {state.sums && <p className="text-dense font-medium tabular-nums">{state.sums}</p>}
        </div>
        {state.ready > 0 && (
          <form action={step}>
            <input type="hidden" name="requestId" value={requestId} />
            <input type="hidden" name="step" value="send" />
            <input type="hidden" name="fileName" value={state.fileName} />
            <input type="hidden" name="text" value={state.text} />
            <Button type="submit" look="primary" size="dense" disabled={isPending} aria-busy={isPending || undefined}>{isPending ? words.confirming : state.confirm}</Button>
          </form>
        )}
      </div>
      <DataTable caption={words.caption} columns={columns} rows={state.rows} keyOf={({ row }) => row} />
    </Card>
  );
}
