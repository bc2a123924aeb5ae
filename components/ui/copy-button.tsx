"use client";

import { useState } from "react";

type CopyButtonProps = { text: string; label: string; copiedLabel: string; className?: string };

/** Copies `text` and says so where the eye and the screen reader are. */
export function CopyButton({ text, label, copiedLabel, className }: CopyButtonProps) {
  const [copied, setCopied] = useState(false);
  async function copy() {
    await navigator.clipboard.writeText(text);
    setCopied(true);
    setTimeout(() => setCopied(false), 2000);
  }
  return (
    <button type="button" onClick={copy} className={className ?? "inline-flex min-h-6 items-center rounded-chip px-1.5 text-caption font-medium text-primary hover:bg-primary-soft"}>
      <span aria-live="polite">{copied ? copiedLabel : label}</span>
    </button>
  );
}
