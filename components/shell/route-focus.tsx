"use client";

import { usePathname } from "next/navigation";
import { useLayoutEffect, useRef } from "react";

const PATIENCE_MS = 5000;

/** After a move to another page, focus starts at its heading, as after a page load it starts at the top: in the moment in which the page
 * appears, for a key pressed in the next one must not be taken from where it went. */
export function RouteFocus() {
  const pathname = usePathname();
  const before = useRef(pathname);
  useLayoutEffect(() => {
    if (before.current === pathname) return;
    before.current = pathname;
    if (focusHeading()) return;
    const left = document.activeElement;
    // The page is still on its way, and a skeleton has no heading. Whoever went to something else meanwhile stays there.
    const observer = new MutationObserver(() => (isElsewhere(left) || focusHeading()) && observer.disconnect());
    observer.observe(document.body, { childList: true, subtree: true });
    const timer = setTimeout(() => observer.disconnect(), PATIENCE_MS);
    return () => {
      observer.disconnect();
      clearTimeout(timer);
    };
  }, [pathname]);
  return null;
}

const isElsewhere = (left: Element | null): boolean => document.activeElement !== left && document.activeElement !== document.body;

function focusHeading(): boolean {
  const heading = document.querySelector<HTMLElement>("main h1");
  heading?.focus({ preventScroll: true });
  return heading !== null;
}
