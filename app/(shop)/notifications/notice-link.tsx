"use client";

import type { Route } from "next";
import Link from "next/link";
import { startTransition, useState, type ReactNode } from "react";

type NoticeLinkProps = { href: Route; isRead: boolean; read: () => Promise<void>; unreadLabel: string; children: ReactNode };

/** Leads to what the notice is about, and notes on the way that it was read. */
export function NoticeLink({ href, isRead, read, unreadLabel, children }: NoticeLinkProps) {
  const [isFollowed, setFollowed] = useState(false);
  const isUnread = !isRead && !isFollowed;
  function follow() {
    if (!isUnread) return;
    setFollowed(true);
    // The way on does not wait for the note; when it fails, the notice is simply unread.
    startTransition(() => read().catch(() => setFollowed(false)));
  }
  return (
    <Link href={href} onClick={follow} className="flex items-start gap-3 px-4 py-3.5 hover:bg-sunken">
      {children}
      {isUnread && <span className="mt-2 shrink-0"><span aria-hidden="true" className="block size-2.5 rounded-full bg-streak" /><span className="sr-only">{unreadLabel}</span></span>}
    </Link>
  );
}
