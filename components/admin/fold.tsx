"use client";

import clsx from "clsx";
import { useState, type ReactNode } from "react";
import { Icon } from "../ui/icon";
import type { FieldErrors } from "./rule-draft";

type FoldProps = {
  title: string;
  /** What is set inside, in a word or two. */
  summary?: string;
  errors: FieldErrors;
  /** Which errors are inside: it opens for them, so that the first can have the focus. */
  holds: (field: string) => boolean;
  children: ReactNode;
  className?: string;
};

/** A part of a form that most people leave alone. */
export function Fold({ title, summary, errors, holds, children, className }: FoldProps) {
  const [isOpen, setOpen] = useState(false);
  const [seen, setSeen] = useState(errors);
  if (seen !== errors) {
    setSeen(errors);
    if (Object.keys(errors).some(holds)) setOpen(true);
  }
  return (
    <details open={isOpen} onToggle={(event) => setOpen(event.currentTarget.open)} className={clsx("group/fold", className)}>
      <summary className="flex min-h-9 list-none items-center gap-2 rounded-control text-dense font-medium hover:text-primary">
        <Icon name="chevron-right" size={16} className="text-muted transition-transform group-open/fold:rotate-90" />
        <span>{title}</span>
        {summary && <span className="font-normal text-muted">{summary}</span>}
      </summary>
      <div className="pt-2">{children}</div>
    </details>
  );
}
