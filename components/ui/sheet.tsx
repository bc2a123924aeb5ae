"use client";

import { useEffect, useId, useRef, type ReactNode } from "react";

type SheetProps = { open: boolean; onClose: () => void; title: string; closeLabel: string; children: ReactNode; footer?: ReactNode };

/** A native dialog: it traps focus, closes on Esc and gives focus back. From the bottom on a phone, centred above 640 px. */
export function Sheet({ open, onClose, title, closeLabel, children, footer }: SheetProps) {
  const dialog = useRef<HTMLDialogElement>(null);
  const heading = useRef<HTMLHeadingElement>(null);
  const titleId = useId();

  useEffect(() => {
    const element = dialog.current;
    if (!element) return;
    if (open && !element.open) {
      element.showModal();
      // What the sheet is comes before the button that closes it.
      heading.current?.focus();
    }
    if (!open && element.open) element.close();
  }, [open]);

  return (
    <dialog
      ref={dialog} aria-labelledby={titleId} onClose={onClose}
      onClick={(event) => event.target === event.currentTarget && onClose()}
      className="sheet m-0 mt-auto max-h-[92dvh] w-full max-w-full rounded-t-hero bg-card p-0 text-fg shadow-sheet sm:m-auto sm:max-w-lg sm:rounded-hero"
    >
      <div className="flex max-h-[92dvh] flex-col">
        <div className="flex items-center justify-between gap-4 border-b border-border py-2 ps-5 pe-2">
          <h2 ref={heading} id={titleId} tabIndex={-1} className="text-section font-semibold outline-none">{title}</h2>
          <button type="button" onClick={onClose} aria-label={closeLabel} className="pressable grid size-11 place-items-center rounded-full hover:bg-sunken">
            <svg width="20" height="20" viewBox="0 0 24 24" fill="none" stroke="currentColor" strokeWidth="1.75" strokeLinecap="round" aria-hidden="true"><path d="M6 6l12 12M18 6 6 18" /></svg>
          </button>
        </div>
        <div className="overflow-y-auto overscroll-contain p-5">{children}</div>
        {footer && <div className="border-t border-border p-4 pb-[calc(1rem+env(safe-area-inset-bottom))]">{footer}</div>}
      </div>
    </dialog>
  );
}
