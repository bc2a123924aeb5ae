"use client";

import { useEffect, useRef, type RefObject } from "react";

type Draft = { form: RefObject<HTMLFormElement | null>; /** There is something to save. */ isWorthIt: boolean; /** Nothing is being saved. */ isReady: boolean };

/** Ctrl+S or ⌘S sends the form, in place of the browser's own "save page"; pressed while it is being saved, it sends it again after. */
export function useSaveShortcut({ form, isWorthIt, isReady }: Draft): void {
  const isWanted = useRef(false);

  useEffect(() => {
    if (!isReady || !isWanted.current) return;
    isWanted.current = false;
    form.current?.requestSubmit();
  }, [form, isReady]);

  useEffect(() => {
    function onKeyDown(event: KeyboardEvent) {
      if (event.key.toLowerCase() !== "s" || !(event.ctrlKey || event.metaKey) || event.altKey || event.shiftKey) return;
      event.preventDefault();
      if (!isWorthIt) return;
      if (isReady) form.current?.requestSubmit();
      else isWanted.current = true;
    }
    document.addEventListener("keydown", onKeyDown);
    return () => document.removeEventListener("keydown", onKeyDown);
  }, [form, isWorthIt, isReady]);
}
