"use client";

import { useState, useTransition, type ReactNode } from "react";
import { Icon } from "./ui/icon";

type TraceDetailsProps = {
  summary: string;
  /** What it is about, for those who do not see where it stands. */
  about: string;
  /** What is known without asking. */
  children: ReactNode;
  /** Asked for when it is first opened: a trace is long, and few are looked at. */
  load: () => Promise<ReactNode>;
  words: { pending: string; failed: string; again: string };
};

/** Opens to what is known at once, and to what is asked for then. */
export function TraceDetails({ summary, about, children, load, words }: TraceDetailsProps) {
  const [trace, setTrace] = useState<ReactNode>(null);
  const [status, setStatus] = useState<"unasked" | "asked" | "failed">("unasked");
  const [isPending, startTransition] = useTransition();

  function ask() {
    setStatus("asked");
    startTransition(async () => {
      try {
        setTrace(await load());
      } catch {
        setStatus("failed");
      }
    });
  }

  return (
    <details className="group mt-1" onToggle={(event) => event.currentTarget.open && status === "unasked" && ask()}>
      <summary aria-label={`${summary}: ${about}`} className="inline-flex min-h-6 list-none items-center gap-1 text-caption font-medium text-primary">
        {summary}
        <Icon name="chevron-down" size={16} className="transition-transform group-open:rotate-180" />
      </summary>
      <div className="mt-1 rounded-control bg-sunken px-3.5 py-1">
        {children}
        <div aria-live="polite">
          {isPending && <p className="py-2 text-caption text-muted">{words.pending}</p>}
          {status === "failed" && (
            <p className="py-2 text-caption text-danger">
              {words.failed} <button type="button" onClick={ask} className="min-h-6 font-medium underline">{words.again}</button>
            </p>
          )}
          {trace}
        </div>
      </div>
    </details>
  );
}
