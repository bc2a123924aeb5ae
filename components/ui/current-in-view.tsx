"use client";

import { useLayoutEffect, useRef } from "react";

/** Brings the current one of a strip that scrolls sideways into sight: on a phone it may stand beyond the edge. `current` says when it is another. */
export function CurrentInView({ current }: { current: number }) {
  const here = useRef<HTMLSpanElement>(null);
  useLayoutEffect(() => {
    const strip = here.current?.parentElement;
    const tab = strip?.querySelector("[aria-current]");
    if (!strip || !tab) return;
    const [frame, box] = [strip.getBoundingClientRect(), tab.getBoundingClientRect()];
    if (box.left < frame.left || box.right > frame.right) strip.scrollLeft += (box.left + box.right - frame.left - frame.right) / 2;
  }, [current]);
  return <span ref={here} hidden />;
}
