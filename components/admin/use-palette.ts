"use client";

import { keepPreviousData, useQuery } from "@tanstack/react-query";
import { useCallback, useEffect, useRef, useState } from "react";
import { recentKey } from "./palette-memory";
import { recentFrom, withRecent, type PaletteItem, type PalettePlaces } from "./palette-search";
import { useSettled } from "./use-settled";

const PAUSE_MS = 120;
const ADDRESS = "/admin/search";

function readRecent(staffId: number): unknown {
  try {
    return JSON.parse(localStorage.getItem(recentKey(staffId)) ?? "[]");
  } catch {
    return [];
  }
}

const EMPTY: PalettePlaces = { places: [], kinds: [] };

/** What the palette knows: places, once; what was opened last; and what the text names, asked when the hand rests. */
export function usePalette(staffId: number, text: string, noAnswer: string) {
  const [added, setAdded] = useState<readonly PaletteItem[] | null>(null);
  const wanted = text.trim();
  const settled = useSettled(wanted, PAUSE_MS);
  const places = useQuery({ queryKey: ["places"], queryFn: ({ signal }) => ask<PalettePlaces>(ADDRESS, signal, noAnswer) });
  // Until the new answer is there the last one stays, so that the list does not blink with every letter; it is not opened by Enter.
  const named = useQuery({
    queryKey: ["named", settled], queryFn: ({ signal }) => ask<PaletteItem[]>(`${ADDRESS}?q=${encodeURIComponent(settled)}`, signal, noAnswer),
    enabled: settled !== "", placeholderData: keepPreviousData,
  });

  const known = places.data ?? EMPTY;
  const recent = added ?? (places.data ? recentFrom(readRecent(staffId), places.data) : []);
  function remember(item: PaletteItem) {
    const next = withRecent(recent, item);
    setAdded(next);
    try {
      localStorage.setItem(recentKey(staffId), JSON.stringify(next));
    } catch {
      // Without a place to keep it nothing is remembered.
    }
  }

  const isAsking = wanted === "" ? places.isPending : settled !== wanted || named.isFetching;
  const failure = isAsking ? null : ((wanted === "" ? places.error : named.error)?.message ?? null);
  return { known, recent, remember, isAsking, found: wanted === "" || failure ? [] : (named.data ?? []), failure };
}

/** Throws a sentence that can be shown. */
async function ask<T>(address: string, signal: AbortSignal, noAnswer: string): Promise<T> {
  const response = await fetch(address, { signal, headers: { accept: "application/json" } }).catch((error: unknown) => {
    if (signal.aborted) throw error;
    throw new Error(noAnswer);
  });
  const kind = response.headers.get("content-type") ?? "";
  if (response.ok && kind.startsWith("application/json")) return (await response.json()) as T;
  throw new Error(kind.startsWith("text/plain") ? (await response.text()).slice(0, 200) : noAnswer);
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
