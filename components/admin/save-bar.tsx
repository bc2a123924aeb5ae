"use client";

import { Button } from "../ui/button";

type SaveBarProps = {
  isShown: boolean;
  isPending: boolean;
  words: { unsaved: string; discard: string; save: string; pending: string; shortcut: string };
  /** Absent where there is nothing to go back to. */
  onDiscard?: () => void;
};

/** Stays in view while the form holds something unsaved. */
export function SaveBar({ isShown, isPending, words, onDiscard }: SaveBarProps) {
  return (
    <>
      <p role="status" className="sr-only">{isShown ? words.unsaved : ""}</p>
      {isShown && (
        <div className="entering fixed inset-x-0 bottom-0 z-20 border-t border-border bg-card shadow-popover lg:start-[232px]">
          <div className="mx-auto flex max-w-[1440px] flex-wrap items-center justify-end gap-2 px-4 py-2.5 pb-[calc(0.625rem+env(safe-area-inset-bottom))] lg:px-6">
            <p aria-hidden="true" className="me-auto text-dense font-medium">{words.unsaved}</p>
            {onDiscard && <Button size="dense" onClick={onDiscard} disabled={isPending}>{words.discard}</Button>}
            <Button type="submit" look="primary" size="dense" disabled={isPending} aria-busy={isPending || undefined} aria-keyshortcuts="Control+S Meta+S">
              {isPending ? words.pending : words.save}
              <kbd aria-hidden="true" className="hidden rounded-chip border border-on-primary/40 px-1 font-mono text-meta sm:inline">{words.shortcut}</kbd>
            </Button>
          </div>
        </div>
      )}
    </>
  );
}
