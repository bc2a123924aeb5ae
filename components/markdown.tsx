import clsx from "clsx";
import { renderMarkdown } from "@/lib/markdown";

/** A merchant's text as it is meant, and nothing that it was not allowed to be. */
export function Markdown({ source, className }: { source: string; className?: string }) {
  return <div className={clsx("markdown", className)} dangerouslySetInnerHTML={{ __html: renderMarkdown(source) }} />;
}
