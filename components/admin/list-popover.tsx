"use client";

import clsx from "clsx";
import { useEffect, useRef, useState, type ReactNode } from "react";

type ListPopoverProps = { label: ReactNode; /** Said instead of the label, where the label says too little alone. */ name?: string; look?: string; end?: boolean; children: ReactNode };

/** Something to choose from, under its button. It opens without scripts; with them it closes on Esc, on a click beside it, and once something was chosen. */
export function ListPopover({ label, name, look, end = false, children }: ListPopoverProps) {
  const frame = useRef<HTMLDetailsElement>(null);
  const [isOpen, setOpen] = useState(false);

  useEffect(() => {
    if (!isOpen) return;
    const onPointer = (event: PointerEvent) => {
      if (!frame.current?.contains(event.target as Node)) setOpen(false);
    };
    document.addEventListener("pointerdown", onPointer);
    return () => document.removeEventListener("pointerdown", onPointer);
  }, [isOpen]);

  function close() {
    setOpen(false);
    frame.current?.querySelector("summary")?.focus();
  }
  return (
    <details
      ref={frame} open={isOpen} onToggle={(event) => setOpen(event.currentTarget.open)} className="sm:relative"
      onKeyDown={(event) => event.key === "Escape" && isOpen && close()}
      onClick={(event) => (event.target as HTMLElement).closest("a[href]") && close()}
      onSubmit={(event) => (event.target as HTMLElement).hasAttribute("data-closes") && close()}
      onBlur={(event) => event.relatedTarget !== null && !event.currentTarget.contains(event.relatedTarget) && setOpen(false)}
    >
      <summary aria-label={name} className={clsx("pressable inline-flex cursor-pointer list-none items-center gap-1.5 whitespace-nowrap", look ?? "h-8 rounded-control border border-dashed border-input px-2.5 text-caption font-medium hover:bg-sunken")}>
        {label}
      </summary>
      <div className={clsx("absolute z-30 mt-1.5 rounded-card border border-border bg-card p-3 shadow-popover max-sm:inset-x-3 sm:w-max sm:max-w-80 sm:min-w-52", end ? "sm:end-0" : "sm:start-0")}>{children}</div>
    </details>
  );
}
