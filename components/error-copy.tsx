"use client";

import { createContext, useContext, type ReactNode } from "react";

export type ErrorCopy = { title: string; body: string; requestId: string; retry: string; home: string; /** No answer came: the connection, or the shop itself. */ noAnswer: string };

const ErrorCopyContext = createContext<ErrorCopy | null>(null);

/** The words for failures, ready in the reader's language before anything fails. */
export function ErrorCopyProvider({ value, children }: { value: ErrorCopy; children: ReactNode }) {
  return <ErrorCopyContext value={value}>{children}</ErrorCopyContext>;
}

export function useErrorCopy(): ErrorCopy | null {
  return useContext(ErrorCopyContext);
}
