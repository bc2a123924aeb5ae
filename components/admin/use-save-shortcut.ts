"use client";

import { useEffect, type RefObject } from "react";

/** Ctrl+S or ⌘S sends the form, in place of the browser's own "save page". */
export function useSaveShortcut(form: RefObject<HTMLFormElement | null>, isEnabled: boolean): void {
  useEffect(() => {
    function onKeyDown(event: KeyboardEvent) {
      if (event.key.toLowerCase() !== "s" || !(event.ctrlKey || event.metaKey) || event.altKey || event.shiftKey) return;
      event.preventDefault();
      if (isEnabled) form.current?.requestSubmit();
    }
    document.addEventListener("keydown", onKeyDown);
    return () => document.removeEventListener("keydown", onKeyDown);
  }, [form, isEnabled]);
}
