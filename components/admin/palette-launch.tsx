"use client";

import type { Route } from "next";
import { useRouter } from "next/navigation";
import { lazy, Suspense, useEffect, useRef, useState, useSyncExternalStore, type ReactNode } from "react";
import type { JumpKey } from "./shortcut-sheet";
import type { PaletteWords } from "./palette-words";
import { forgetRecent, hasSingleKeys, onSingleKeys, setSingleKeys } from "./palette-memory";

const Palette = lazy(() => import("./palette"));
const ShortcutSheet = lazy(() => import("./shortcut-sheet"));

type PaletteLaunchProps = { staffId: number; words: PaletteWords; jumps: readonly JumpKey[]; icon: ReactNode };

/** The search field of the top bar: a button, since what it opens is a dialog. Nothing of the dialog is loaded before its first use. */
export function PaletteLaunch({ staffId, words, jumps, icon }: PaletteLaunchProps) {
  const [shown, setShown] = useState<"palette" | "keys" | null>(null);
  const singleKeys = useSyncExternalStore(onSingleKeys, hasSingleKeys, () => true);
  const modifier = useModifier();
  useKeys({ jumps, singleKeys, isShown: shown !== null, show: setShown });
  useForgetting();
  return (
    <>
      <button
        type="button" onClick={() => setShown("palette")} aria-haspopup="dialog" aria-keyshortcuts="Control+K Meta+K" aria-label={words.open}
        className="flex h-9 items-center justify-between gap-3 rounded-control border border-input bg-card px-3 text-dense text-muted hover:border-fg max-sm:size-10 max-sm:justify-center max-sm:border-transparent max-sm:bg-transparent max-sm:px-0 max-sm:text-fg sm:w-56 md:w-64 lg:w-105"
      >
        <span className="flex min-w-0 items-center gap-2">{icon}<span className="truncate max-sm:sr-only">{words.placeholder}</span></span>
        <kbd aria-hidden="true" className="shrink-0 rounded-chip border border-border bg-sunken px-1.5 font-mono text-meta leading-4.5 max-md:hidden">{`${modifier} K`}</kbd>
      </button>
      <Suspense>
        {shown === "palette" && <Palette staffId={staffId} words={words} onClose={() => setShown((now) => (now === "palette" ? null : now))} onHelp={() => setShown("keys")} />}
        {shown === "keys" && <ShortcutSheet words={words} jumps={jumps} modifier={modifier} singleKeys={singleKeys} onSingleKeys={setSingleKeys} onClose={() => setShown(null)} />}
      </Suspense>
    </>
  );
}

const JUMP_MS = 1_500;

type Keys = { jumps: readonly JumpKey[]; singleKeys: boolean; isShown: boolean; show: (what: "palette" | "keys") => void };

function useKeys({ jumps, singleKeys, isShown, show }: Keys) {
  const router = useRouter();
  const leadsAt = useRef(0);
  useEffect(() => {
    function onKeyDown(event: KeyboardEvent) {
      if (event.isComposing || event.defaultPrevented) return;
      if ((event.ctrlKey || event.metaKey) && !event.altKey && !event.shiftKey && event.key.toLowerCase() === "k") {
        event.preventDefault();
        if (!isShown && !document.querySelector("dialog[open]")) show("palette");
        return;
      }
      if (!singleKeys || event.ctrlKey || event.metaKey || event.altKey || isTyping(event.target) || document.querySelector("dialog[open]")) return;
      if (event.key === "?") {
        event.preventDefault();
        show("keys");
        return;
      }
      const jump = event.timeStamp - leadsAt.current < JUMP_MS ? jumps.find(({ letter }) => letter === event.key.toLowerCase()) : undefined;
      leadsAt.current = event.key.toLowerCase() === "g" && !jump ? event.timeStamp : 0;
      if (!jump) return;
      event.preventDefault();
      router.push(jump.href as Route);
    }
    document.addEventListener("keydown", onKeyDown);
    return () => document.removeEventListener("keydown", onKeyDown);
  }, [jumps, singleKeys, isShown, show, router]);
}

/** Letters that somebody writes, or chooses by, are theirs. */
const isTyping = (target: EventTarget | null): boolean => target instanceof Element && target.closest("input, textarea, select, [contenteditable]:not([contenteditable=false]), [role=listbox], [role=menu], [role=grid]") !== null;

const never = () => () => {};
const useModifier = (): string => useSyncExternalStore(never, () => (/Mac|iPhone|iPad/.test(navigator.platform) ? "⌘" : "Ctrl"), () => "Ctrl");

/** Whoever signs out leaves no names on the device. */
function useForgetting() {
  useEffect(() => {
    const onSubmit = (event: Event) => event.target instanceof Element && event.target.matches("[data-signs-out]") && forgetRecent();
    document.addEventListener("submit", onSubmit);
    return () => document.removeEventListener("submit", onSubmit);
  }, []);
}
