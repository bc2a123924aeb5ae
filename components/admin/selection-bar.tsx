"use client";

import clsx from "clsx";
import { useEffect, useRef, useState, type ReactNode } from "react";
import { Button } from "../ui/button";
import type { FormAction } from "../ui/form-state";
import { Notice } from "../ui/notice";
import { Sheet } from "../ui/sheet";
import { useCommand } from "./use-command";

export type BulkChoice = { key: string; label: string; /** What will happen, in a sentence. */ hint: string; isGrave: boolean; fields: readonly BulkField[] };
/** What an operation has to be told: a text, or one of a list. */
export type BulkField = { name: string; label: string; hint?: string; options?: readonly { value: number; label: string }[]; maxLength?: number };
export type SelectionWords = { bar: string; chosen: string; allMatching: string; chooseAll: string; clear: string; export: string; close: string; run: string; pending: string; onRows: string; queued: string; choose: string };

type SelectionBarProps = {
  choices: readonly BulkChoice[];
  words: SelectionWords;
  /** All rows that match, and the list's address that says which. */
  total: number;
  query: string;
  action: FormAction;
  exportTo?: string;
  /** More than this runs on while its page shows how far it is. */
  atOnce: number;
  /** Rows of this page. */
  shown: number;
  children: ReactNode;
};

const said = (sentence: string, count: number): string => sentence.replace("{count}", count.toLocaleString());

/** Rows that are ticked, and what can be done to all of them. The boxes are the table's own. */
export function SelectionBar({ choices, words, total, query, action, exportTo, atOnce, shown, children }: SelectionBarProps) {
  const frame = useRef<HTMLDivElement>(null);
  const [ids, setIds] = useState<readonly string[]>([]);
  const [isAll, setAll] = useState(false);
  const [open, setOpen] = useState<BulkChoice | null>(null);

  const boxes = () => [...(frame.current?.querySelectorAll<HTMLInputElement>("input[data-row]") ?? [])];
  function recount() {
    const all = boxes();
    const ticked = all.filter((box) => box.checked);
    const head = frame.current?.querySelector<HTMLInputElement>("input[data-all]");
    if (head) {
      head.checked = all.length > 0 && ticked.length === all.length;
      head.indeterminate = ticked.length > 0 && ticked.length < all.length;
    }
    setIds(ticked.map((box) => box.value));
    if (ticked.length < all.length) setAll(false);
  }
  function tick(isTicked: boolean) {
    for (const box of boxes()) box.checked = isTicked;
    setAll(false);
    recount();
  }
  const count = isAll ? total : ids.length;
  const isWhole = ids.length > 0 && ids.length === shown && total > ids.length;
  const scope: Readonly<Record<string, string>> = isAll ? { scope: "matching", query } : { scope: "chosen", ids: ids.join(",") };
  const file = exportTo && `${exportTo}?${isAll ? query : new URLSearchParams({ ids: ids.join(",") }).toString()}`;
  return (
    <div
      ref={frame}
      onChange={(event) => {
        const box = event.target as unknown as HTMLInputElement;
        if (box.matches("[data-all]")) tick(box.checked);
        else if (box.matches("[data-row]")) recount();
      }}
    >
      {children}
      <p role="status" className="sr-only">{count > 0 ? said(isAll ? words.allMatching : words.chosen, count) : ""}</p>
      {count > 0 && (
        <div role="group" aria-label={words.bar} className="entering fixed inset-x-3 bottom-4 z-20 flex justify-center lg:start-[232px]">
          <div className="flex max-w-full flex-wrap items-center gap-1.5 rounded-card bg-fg px-4 py-2 text-bg shadow-sheet">
            <span className="me-1 text-dense tabular-nums">{said(isAll ? words.allMatching : words.chosen, count)}</span>
            {isWhole && !isAll && <button type="button" onClick={() => setAll(true)} className={barButton}>{said(words.chooseAll, total)}</button>}
            {choices.map((choice) => <button key={choice.key} type="button" onClick={() => setOpen(choice)} className={barButton}>{choice.label}</button>)}
            {file && <a href={file} download className={barButton}>{words.export}</a>}
            <button type="button" onClick={() => tick(false)} aria-label={words.clear} className={clsx(barButton, "w-9 px-0!")}>
              <svg width="16" height="16" viewBox="0 0 24 24" fill="none" stroke="currentColor" strokeWidth="2" strokeLinecap="round" aria-hidden="true"><path d="M6 6l12 12M18 6 6 18" /></svg>
            </button>
          </div>
        </div>
      )}
      <Sheet open={open !== null} onClose={() => setOpen(null)} title={open?.label ?? ""} closeLabel={words.close}>
        {open && <RunForm key={open.key} choice={open} words={words} hidden={{ operation: open.key, ...scope }} count={count} isLong={count > atOnce} action={action} onDone={() => { setOpen(null); tick(false); }} />}
      </Sheet>
    </div>
  );
}

const barButton = "pressable inline-flex h-9 items-center justify-center rounded-control px-3 text-dense font-semibold whitespace-nowrap hover:bg-bg/15 focus-visible:outline-bg";

type RunFormProps = { choice: BulkChoice; words: SelectionWords; hidden: Readonly<Record<string, string>>; count: number; isLong: boolean; action: FormAction; onDone: () => void };

function RunForm({ choice, words, hidden, count, isLong, action, onDone }: RunFormProps) {
  const [requestId] = useState(() => crypto.randomUUID());
  const { state, isPending, form } = useCommand(action);
  useEffect(() => {
    if (state.status === "done") onDone();
  }, [state]); // eslint-disable-line react-hooks/exhaustive-deps
  return (
    <form {...form} aria-label={choice.label} className="grid gap-4">
      {Object.entries({ requestId, ...hidden }).map(([name, value]) => <input key={name} type="hidden" name={name} value={value} />)}
      <p className="text-dense">{choice.hint} {said(words.onRows, count)}</p>
      {isLong && <p className="text-caption text-muted">{words.queued}</p>}
      {choice.fields.map((field) => <FieldOf key={field.name} field={field} error={state.fields?.[field.name]} choose={words.choose} />)}
      <div role="alert" className="empty:-mt-4">{state.status === "refused" && <Notice tone="danger">{state.message ?? Object.values(state.fields ?? {})[0]}</Notice>}</div>
      <Button type="submit" look={choice.isGrave ? "danger" : "primary"} size="dense" className="justify-self-start" disabled={isPending} aria-busy={isPending || undefined}>{isPending ? words.pending : words.run}</Button>
    </form>
  );
}

function FieldOf({ field: { name, label, hint, options, maxLength }, error, choose }: { field: BulkField; error: string | undefined; choose: string }) {
  const wiring = { id: `bulk-${name}`, name, "aria-invalid": error ? (true as const) : undefined, "aria-describedby": error ? `bulk-${name}-error` : undefined, className: "min-h-9 w-full rounded-control border border-input bg-card px-3 text-dense aria-invalid:border-danger" };
  return (
    <label className="grid gap-1.5 text-caption font-medium">
      {label}
      {options ? (
        <select {...wiring} defaultValue=""><option value="">{choose}</option>{options.map(({ value, label: each }) => <option key={value} value={value}>{each}</option>)}</select>
      ) : <input {...wiring} maxLength={maxLength} autoComplete="off" />}
      {hint && <span className="font-normal text-muted">{hint}</span>}
      {error && <span id={`bulk-${name}-error`} className="font-normal text-danger">{error}</span>}
    </label>
  );
}
