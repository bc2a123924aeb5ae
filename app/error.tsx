"use client";

import { useErrorCopy } from "@/components/error-copy";
import { Button, buttonClass } from "@/components/ui/button";

type ErrorPageProps = { error: unknown; retry: () => void };

/** A defect: what to do next, and the number under which the server logged it. */
export default function ErrorPage({ error, retry }: ErrorPageProps) {
  const copy = useErrorCopy();
  const digest = error instanceof Error && "digest" in error ? String(error.digest) : null;
  if (!copy) return null;
  return (
    <div role="alert" className="mx-auto flex max-w-md flex-col items-center px-6 py-20 text-center">
      <h1 tabIndex={-1} className="text-title font-semibold">{copy.title}</h1>
      <p className="mt-2 text-body text-muted">{copy.body}</p>
      {digest && <p className="mt-4 rounded-control bg-sunken px-3 py-1.5 font-mono text-caption">{copy.requestId} {digest}</p>}
      <div className="mt-6 flex flex-wrap justify-center gap-3">
        <Button look="primary" onClick={retry}>{copy.retry}</Button>
        {/* A plain link: it reloads the whole page, which is what is wanted here. */}
        {/* eslint-disable-next-line @next/next/no-html-link-for-pages */}
        <a href="/" className={buttonClass({})}>{copy.home}</a>
      </div>
    </div>
  );
}
