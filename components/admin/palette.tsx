"use client";

import { QueryClient, QueryClientProvider } from "@tanstack/react-query";
import { useRouter } from "next/navigation";
import { useEffect, useId, useRef, useState, type KeyboardEvent } from "react";
import type { Route } from "next";
import { fill } from "@/lib/i18n";
import { keyOf, PALETTE_TEXT_MAX, sectionsOf, stepTo, type PaletteItem, type PaletteSection } from "./palette-search";
import type { PaletteWords } from "./palette-words";
import { usePalette, useWhenReady } from "./use-palette";

type PaletteProps = { staffId: number; words: PaletteWords; onClose: () => void; onHelp: () => void };

/** A text that is typed back to within this is not asked for again. */
const FRESH_MS = 10_000;

/** One field that leads anywhere: a combobox whose list has pages, actions, orders, people and products. */
export default function Palette(props: PaletteProps) {
  const [client] = useState(() => new QueryClient({ defaultOptions: { queries: { staleTime: FRESH_MS, retry: false, refetchOnWindowFocus: false } } }));
  return <QueryClientProvider client={client}><Search {...props} /></QueryClientProvider>;
}

function Search({ staffId, words, onClose, onHelp }: PaletteProps) {
  const router = useRouter();
  const dialog = useRef<HTMLDialogElement>(null);
  const input = useRef<HTMLInputElement>(null);
  const listId = useId();
  const [text, setText] = useState("");
  const [chosen, setChosen] = useState<string | null>(null);
  const { known, recent, remember, isAsking, found, failure } = usePalette(staffId, text, words.noAnswer);

  const sections = sectionsOf(text, known.places, recent, found);
  const items = sections.flatMap((section) => section.items);
  const keys = items.map(keyOf);
  const active = chosen !== null && keys.includes(chosen) ? chosen : (keys[0] ?? null);

  useEffect(() => {
    if (!dialog.current?.open) dialog.current?.showModal();
    input.current?.focus();
  }, []);
  useEffect(() => {
    if (active) document.getElementById(optionId(listId, active))?.scrollIntoView({ block: "nearest" });
  }, [active, listId]);

  const openActive = () => {
    const item = items.find((each) => keyOf(each) === active);
    if (item) open(item);
  };
  // Enter right after pasting a number comes before its answer does.
  const { wait, cancel } = useWhenReady(!isAsking, openActive);

  function open(item: PaletteItem) {
    remember(item);
    dialog.current?.close();
    router.push(item.href as Route);
  }

  function onKeyDown(event: KeyboardEvent) {
    // Enter that ends a composition of Chinese characters chooses nothing.
    if (event.nativeEvent.isComposing) return;
    if (event.key === "ArrowDown" || event.key === "ArrowUp") {
      event.preventDefault();
      cancel();
      setChosen(stepTo(keys, active, event.key === "ArrowDown" ? 1 : -1));
    } else if (event.key === "Enter") {
      event.preventDefault();
      const isLocal = items.some((item) => keyOf(item) === active && (item.kind === "page" || item.kind === "action" || text.trim() === ""));
      if (isAsking && !isLocal) wait();
      else openActive();
    } else if (event.key === "?" && text === "") {
      event.preventDefault();
      dialog.current?.close();
      onHelp();
    }
  }

  const isOpen = items.length > 0;
  return (
    <dialog
      ref={dialog} aria-label={words.title} onClose={onClose} onClick={(event) => event.target === event.currentTarget && dialog.current?.close()}
      className="entering m-0 mx-auto mt-[10vh] w-[min(40rem,calc(100vw-2rem))] max-w-none rounded-card bg-card p-0 text-dense text-fg shadow-sheet max-sm:mt-4"
    >
      <div className="flex max-h-[min(34rem,80dvh)] flex-col">
        <div className="flex items-center gap-2 border-b border-border ps-4 pe-2">
          <input
            ref={input} type="text" role="combobox" aria-expanded={isOpen} aria-controls={isOpen ? listId : undefined} aria-autocomplete="list" aria-label={words.title}
            aria-activedescendant={active ? optionId(listId, active) : undefined} value={text} maxLength={PALETTE_TEXT_MAX} placeholder={words.placeholder}
            autoComplete="off" autoCorrect="off" autoCapitalize="off" spellCheck={false} enterKeyHint="go" onKeyDown={onKeyDown}
            onChange={(event) => {
              cancel();
              setChosen(null);
              setText(event.target.value);
            }}
            className="h-13 min-w-0 grow bg-transparent text-control outline-none placeholder:text-muted"
          />
          <button type="button" onClick={() => dialog.current?.close()} className="h-8 shrink-0 rounded-control px-2 text-caption font-medium text-muted hover:bg-sunken">{words.close}</button>
        </div>
        {isOpen && <Options id={listId} label={words.title} sections={sections} names={words.sections} active={active} onPoint={setChosen} onOpen={open} />}
        {!isOpen && !isAsking && <Nothing failure={failure} words={words} />}
        {!isOpen && isAsking && <p className="px-4 py-8 text-center text-muted">{words.searching}</p>}
        <p role="status" className="sr-only">{isAsking ? "" : (failure ?? (isOpen ? fill(words.results, { count: items.length }) : words.none))}</p>
        <p aria-hidden="true" className="flex flex-wrap gap-x-4 border-t border-border px-4 py-2 text-meta text-muted max-sm:hidden">
          <span><Key>{"↑"}</Key> <Key>{"↓"}</Key> {words.hints.move}</span>
          <span><Key>{"↵"}</Key> {words.hints.open}</span>
          <span><Key>{"Esc"}</Key> {words.hints.close}</span>
          <span className="ms-auto"><Key>{"?"}</Key> {words.hints.keys}</span>
        </p>
      </div>
    </dialog>
  );
}

const optionId = (listId: string, key: string): string => `${listId}-${key}`;

type OptionsProps = {
  id: string; label: string; sections: readonly PaletteSection[]; names: PaletteWords["sections"]; active: string | null; onPoint: (key: string) => void; onOpen: (item: PaletteItem) => void;
};

function Options({ id, label, sections, names, active, onPoint, onOpen }: OptionsProps) {
  return (
    <div id={id} role="listbox" aria-label={label} className="overflow-y-auto overscroll-contain p-2">
      {sections.map(({ kind, items }) => (
        <div key={kind} role="group" aria-labelledby={`${id}-${kind}`}>
          <p id={`${id}-${kind}`} role="presentation" className="px-2 pt-2 pb-1 text-meta font-medium text-muted">{names[kind]}</p>
          {items.map((item) => {
            const key = keyOf(item);
            return (
              <div
                key={key} id={optionId(id, key)} role="option" aria-selected={key === active} onPointerMove={() => key !== active && onPoint(key)} onClick={() => onOpen(item)}
                className="flex min-h-10 cursor-pointer items-center justify-between gap-4 rounded-control px-2 aria-selected:bg-primary-soft aria-selected:text-primary"
              >
                <span className={item.kind === "order" ? "truncate font-mono" : "truncate font-medium"}>{item.label}</span>
                <span className="shrink-0 text-caption text-muted in-aria-selected:text-primary">{item.hint || (kind === "recent" ? names[item.kind] : "")}</span>
              </div>
            );
          })}
        </div>
      ))}
    </div>
  );
}

function Nothing({ failure, words }: { failure: string | null; words: PaletteWords }) {
  return (
    <div className="px-4 py-8 text-center">
      <p className="font-medium">{failure ?? words.none}</p>
      {!failure && <p className="mt-1 text-caption text-muted">{words.noneHint}</p>}
    </div>
  );
}

export const Key = ({ children }: { children: string }) => (
  <kbd className="inline-block min-w-5 rounded-chip border border-border bg-sunken px-1.5 text-center font-mono text-meta leading-4.5 text-muted">{children}</kbd>
);
