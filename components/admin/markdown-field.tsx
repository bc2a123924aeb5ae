"use client";

import { useRef, useState, useTransition } from "react";
import { Field, Textarea } from "../ui/field";
import type { ProductWords } from "./product-words";

export type PreviewMarkdown = (source: string) => Promise<string | null>;

type MarkdownFieldProps = {
  name: string;
  label: string;
  hint: string;
  error?: string;
  defaultValue: string;
  maxLength: number;
  words: ProductWords["markdown"];
  /** The text as the shop will show it; null when no answer came. */
  preview: PreviewMarkdown;
};

/** A text in Markdown, with what becomes of it at the press of a button. */
export function MarkdownField({ name, label, hint, error, defaultValue, maxLength, words, preview }: MarkdownFieldProps) {
  const text = useRef<HTMLTextAreaElement>(null);
  const [shown, setShown] = useState<{ html: string } | { problem: string } | null>(null);
  const [isPending, startTransition] = useTransition();
  const isWriting = (shown === null && !isPending) || error !== undefined;

  const look = () =>
    startTransition(async () => {
      const html = await preview(text.current?.value ?? "").catch(() => null);
      setShown(html === null ? { problem: words.failed } : { html });
    });

  return (
    <div className="min-w-0">
      <Field id={name} label={label} hint={isWriting ? hint : undefined} error={error}>
        {(wiring) => <Textarea {...wiring} ref={text} name={name} shape="dense" rows={8} defaultValue={defaultValue} maxLength={maxLength} hidden={!isWriting} />}
      </Field>
      {!isWriting && (
        <div role="status" className="min-h-40 rounded-control border border-border bg-bg px-3 py-2.5">
          {isPending && <p className="text-dense text-muted">{words.pending}</p>}
          {!isPending && shown && "problem" in shown && <p className="text-dense text-danger">{shown.problem}</p>}
          {!isPending && shown && "html" in shown && <Preview html={shown.html} empty={words.empty} />}
        </div>
      )}
      <div role="group" aria-label={`${label}: ${words.view}`} className="mt-2 flex">
        <button type="button" className="segment px-3" aria-pressed={isWriting} onClick={() => setShown(null)}>{words.write}</button>
        <button type="button" className="segment px-3" aria-pressed={!isWriting} onClick={look}>{words.preview}</button>
      </div>
    </div>
  );
}

/** Sanitized by the server, as the shop's own pages are. */
const Preview = ({ html, empty }: { html: string; empty: string }) =>
  html === "" ? <p className="text-dense text-muted">{empty}</p> : <div className="markdown" dangerouslySetInnerHTML={{ __html: html }} />;
