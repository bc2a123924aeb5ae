"use client";

import { useEffect, useRef } from "react";
import { CopyButton } from "./ui/copy-button";

export type RecoveryWords = { codesTitle: string; codesLead: string; codesCopy: string; copied: string; codesDone: string };

/** Codes for the day without the phone, shown this once. */
export function RecoveryCodes({ codes, next, words }: { codes: readonly string[]; next: string; words: RecoveryWords }) {
  const heading = useRef<HTMLHeadingElement>(null);
  useEffect(() => heading.current?.focus(), []);
  return (
    <section aria-labelledby="codes-title" className="grid gap-4">
      <h2 ref={heading} id="codes-title" tabIndex={-1} className="text-section font-semibold outline-none">{words.codesTitle}</h2>
      <p className="text-body text-muted">{words.codesLead}</p>
      <ul className="grid grid-cols-2 gap-x-6 gap-y-2 rounded-card border border-border bg-sunken p-4 font-mono text-body">
        {codes.map((code) => <li key={code} className="tabular-nums">{code}</li>)}
      </ul>
      <CopyButton text={codes.join("\n")} label={words.codesCopy} copiedLabel={words.copied} className="inline-flex min-h-11 items-center justify-center rounded-control border border-input px-4 text-body font-medium hover:bg-sunken" />
      {/* A whole request: what was kept of other pages in this tab is of before. */}
      <a href={next} className="pressable inline-flex h-12 w-full items-center justify-center rounded-full border border-primary bg-primary px-5 text-control font-semibold text-on-primary hover:bg-primary/90">{words.codesDone}</a>
    </section>
  );
}
