"use client";

import clsx from "clsx";
import { useEffect, useState } from "react";

export type ToastTone = "done" | "refused";
type Said = { id: number; text: string; tone: ToastTone };

const EVENT = "points-mall:toast";
const SHOWN_MS = 4000;

/** Says a sentence in the corner. Never the only place where it is said: what matters also stays on the page. */
export function toast(text: string, tone: ToastTone = "done"): void {
  window.dispatchEvent(new CustomEvent(EVENT, { detail: { text, tone } }));
}

/** One per shell. Polite: it waits until the screen reader has finished its sentence. */
export function Toaster() {
  const [said, setSaid] = useState<Said | null>(null);

  useEffect(() => {
    let timer: ReturnType<typeof setTimeout>;
    let id = 0;
    function show(event: Event) {
      clearTimeout(timer);
      id += 1;
      setSaid({ id, ...(event as CustomEvent<Omit<Said, "id">>).detail });
      timer = setTimeout(() => setSaid(null), SHOWN_MS);
    }
    window.addEventListener(EVENT, show);
    return () => {
      clearTimeout(timer);
      window.removeEventListener(EVENT, show);
    };
  }, []);

  return (
    <div role="status" className="pointer-events-none fixed inset-x-4 bottom-24 z-50 flex justify-center lg:bottom-8">
      {said && (
        <p key={said.id} className={clsx("entering rounded-full px-5 py-3 text-dense font-medium shadow-popover", said.tone === "done" ? "bg-fg text-bg" : "bg-danger-soft text-danger")}>
          {said.text}
        </p>
      )}
    </div>
  );
}
