"use client";

import { useErrorCopy } from "./error-copy";
import { Button, buttonClass } from "./ui/button";

type ErrorPanelProps = { error: unknown; retry: () => void };

/** A defect: what to do next, and the number under which the server logged it. */
export function ErrorPanel({ error, retry }: ErrorPanelProps) {
  const copy = useErrorCopy();
  const digest = error instanceof Error && "digest" in error ? String(error.digest) : null;
  if (!copy) return null;
  return (
    <div role="alert" className="mx-auto flex max-w-md flex-col items-center px-6 py-16 text-center">
      <svg width="120" height="120" viewBox="0 0 120 120" aria-hidden="true" className="mb-3">
        <circle cx="60" cy="60" r="50" className="fill-warning-soft" />
        <path d="M40 48h40v30a14 14 0 0 1-14 14H54a14 14 0 0 1-14-14zM80 54h7a9 9 0 0 1 0 18h-7M62 48l-6 12 9 6-8 14M50 36c-3-5 4-7 0-13M68 36c-3-5 4-7 0-13" className="fill-card stroke-warning" strokeWidth="2.5" strokeLinecap="round" strokeLinejoin="round" />
      </svg>
      <h1 tabIndex={-1} className="text-title font-semibold">{copy.title}</h1>
      <p className="mt-2 text-body text-muted">{copy.body}</p>
      {digest && <p className="mt-4 rounded-control bg-sunken px-3 py-1.5 font-mono text-caption">{copy.requestId} {digest}</p>}
      <div className="mt-6 flex flex-wrap justify-center gap-3">
        <Button look="primary" onClick={retry}>{copy.retry}</Button>
        {/* A plain link: it loads the whole page anew, which is what is wanted here. */}
        {/* eslint-disable-next-line @next/next/no-html-link-for-pages */}
        <a href="/" className={buttonClass({})}>{copy.home}</a>
      </div>
    </div>
  );
}
