"use client";

import { ErrorPanel } from "@/components/error-panel";

type ErrorPageProps = { error: unknown; retry: () => void };

/** Where a frame itself failed: the page stands alone. */
export default function ErrorPage(props: ErrorPageProps) {
  return <main><ErrorPanel {...props} /></main>;
}
