"use client";

import { useLayoutEffect } from "react";

type Navigation = EventTarget;
type NavigateEvent = Event & { navigationType: "push" | "replace" | "reload" | "traverse" };

/** Asks before what was typed is lost: by a link, by Back, or by closing the page. */
export function useLeaveGuard(isDirty: boolean, question: string): void {
  // With the save bar, not some work later: who sees it go may leave.
  useLayoutEffect(() => {
    if (!isDirty) return;

    function onClick(event: MouseEvent) {
      const link = event.target instanceof Element ? event.target.closest("a[href]") : null;
      const leaves = link instanceof HTMLAnchorElement && link.target !== "_blank" && !link.hash && !event.metaKey && !event.ctrlKey && !event.shiftKey;
      if (!leaves || window.confirm(question)) return;
      event.preventDefault();
      event.stopPropagation();
    }
    function onTraverse(event: Event) {
      const { navigationType } = event as NavigateEvent;
      if (navigationType === "traverse" && event.cancelable && !window.confirm(question)) event.preventDefault();
    }
    const onUnload = (event: BeforeUnloadEvent) => event.preventDefault();

    // Back within the shop is not an unload; browsers without this interface do not ask there.
    const navigation = (window as { navigation?: Navigation }).navigation;
    document.addEventListener("click", onClick, true);
    navigation?.addEventListener("navigate", onTraverse);
    window.addEventListener("beforeunload", onUnload);
    return () => {
      document.removeEventListener("click", onClick, true);
      navigation?.removeEventListener("navigate", onTraverse);
      window.removeEventListener("beforeunload", onUnload);
    };
  }, [isDirty, question]);
}
