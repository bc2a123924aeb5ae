"use client";

import { Fragment, useState, useTransition, type ReactNode } from "react";
import { buttonClass } from "./ui/button";

export type MorePage = { items: ReactNode; /** The cursor of the page after, null at the end. */ next: string | null };

type LoadMoreProps = {
  first: string | null;
  /** Without scripts the button is this link to the next page. */
  href: string;
  load: (cursor: string) => Promise<MorePage>;
  words: { more: string; pending: string; failed: string };
};

/** Appends page after page below what is there. A button, not a scroll trap: the footer stays within reach. */
export function LoadMore({ first, href, load, words }: LoadMoreProps) {
  const [pages, setPages] = useState<ReactNode[]>([]);
  const [cursor, setCursor] = useState(first);
  const [hasFailed, setHasFailed] = useState(false);
  const [isPending, startTransition] = useTransition();

  function more() {
    if (!cursor || isPending) return;
    startTransition(async () => {
      try {
        const page = await load(cursor);
        setPages((shown) => [...shown, page.items]);
        setCursor(page.next);
        setHasFailed(false);
      } catch {
        setHasFailed(true);
      }
    });
  }

  return (
    <>
      {pages.map((page, index) => <Fragment key={index}>{page}</Fragment>)}
      <p role="status" className="sr-only">{isPending ? words.pending : ""}</p>
      {hasFailed && <p role="alert" className="mt-4 text-center text-caption text-danger">{words.failed}</p>}
      {cursor && (
        <p className="mt-5 text-center">
          <a href={href} onClick={(event) => { event.preventDefault(); more(); }} aria-busy={isPending || undefined} className={buttonClass({})}>
            {isPending ? words.pending : words.more}
          </a>
        </p>
      )}
    </>
  );
}
