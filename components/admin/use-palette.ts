"use client";

import { useCallback, useEffect, useRef, useState } from "react";
import { recentKey } from "./palette-memory";
import { recentFrom, withRecent, type PaletteItem, type PalettePlaces } from "./palette-search";

const PAUSE_MS = 120;
const ADDRESS = "/admin/search";

function readRecent(staffId: number): unknown {
  try {
    return JSON.parse(localStorage.getItem(recentKey(staffId)) ?? "[]");
  } catch {
    return [];
  }
}

export type Asked = { text: string; found: readonly PaletteItem[]; /** A sentence of why there is no answer. */ failure: string | null };

const EMPTY: PalettePlaces = { places: [], kinds: [] };
const NOTHING: Asked = { text: "", found: [], failure: null };

/** What the palette knows: places, once; what was opened last; and what the text names, asked when the hand rests. An answer to an older text is dropped. */
export function usePalette(staffId: number, text: string, noAnswer: string) {
  const [known, setKnown] = useState<PalettePlaces>(EMPTY);
  const [recent, setRecent] = useState<readonly PaletteItem[]>([]);
  const [asked, setAsked] = useState<Asked>(NOTHING);
  const [hasPlaces, setHasPlaces] = useState(false);
  const wanted = text.trim();

  useEffect(() => {
    const stop = new AbortController();
    void ask<PalettePlaces>(ADDRESS, stop.signal, noAnswer).then((answer) => {
      if (!answer) return;
      if (answer.ok) {
        setKnown(answer.value);
        setRecent(recentFrom(readRecent(staffId), answer.value));
      } else setAsked({ text: "", found: [], failure: answer.failure });
      setHasPlaces(true);
    });
    return () => stop.abort();
  }, [staffId, noAnswer]);

  useEffect(() => {
    if (wanted === "") return;
    const stop = new AbortController();
    const timer = setTimeout(async () => {
      const answer = await ask<PaletteItem[]>(`${ADDRESS}?q=${encodeURIComponent(wanted)}`, stop.signal, noAnswer);
      if (answer) setAsked({ text: wanted, found: answer.ok ? answer.value : [], failure: answer.ok ? null : answer.failure });
    }, PAUSE_MS);
    return () => {
      clearTimeout(timer);
      stop.abort();
    };
  }, [wanted, noAnswer]);

  const remember = useCallback((item: PaletteItem) => {
    const next = withRecent(recent, item);
    setRecent(next);
    try {
      localStorage.setItem(recentKey(staffId), JSON.stringify(next));
    } catch {
      // Without a place to keep it nothing is remembered.
    }
  }, [recent, staffId]);

  const isAsking = wanted === "" ? !hasPlaces : asked.text !== wanted;
  // Until the new answer is there the last one stays, so that the list does not blink with every letter; it is not opened by Enter.
  return { known, recent, remember, isAsking, found: wanted === "" ? [] : asked.found, failure: asked.text === wanted ? asked.failure : null };
}

type Answer<T> = { ok: true; value: T } | { ok: false; failure: string };

/** Null when nobody waits for it any more. */
async function ask<T>(address: string, signal: AbortSignal, noAnswer: string): Promise<Answer<T> | null> {
  try {
    const response = await fetch(address, { signal, headers: { accept: "application/json" } });
    const isJson = response.headers.get("content-type")?.startsWith("application/json") ?? false;
    if (response.ok && isJson) return { ok: true, value: (await response.json()) as T };
    const isSentence = response.headers.get("content-type")?.startsWith("text/plain") ?? false;
    return { ok: false, failure: isSentence ? (await response.text()).slice(0, 200) : noAnswer };
  } catch {
    return signal.aborted ? null : { ok: false, failure: noAnswer };
  }
}

/** Runs once something that was waited for has come. */
export function useWhenReady(isReady: boolean, run: () => void): { wait: () => void; cancel: () => void } {
  const isWaiting = useRef(false);
  useEffect(() => {
    if (!isReady || !isWaiting.current) return;
    isWaiting.current = false;
    run();
  }, [isReady, run]);
  return { wait: useCallback(() => void (isWaiting.current = true), []), cancel: useCallback(() => void (isWaiting.current = false), []) };
}
