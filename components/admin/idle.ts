"use client";

const USED_AT = "points-mall:staff-used-at";

/** Where the browser keeps nothing, each of its windows knows of itself alone. */
let usedHere = 0;

/** When staff last did something in any window of this browser, as epoch milliseconds. */
export function usedAt(): number {
  try {
    return Math.max(usedHere, Number(localStorage.getItem(USED_AT)) || 0);
  } catch {
    return usedHere;
  }
}

export function markUsed(now: number): void {
  usedHere = now;
  try {
    localStorage.setItem(USED_AT, String(now));
  } catch {
    // Then the other windows ask for themselves.
  }
}

const MINUTE_MS = 60_000;
const ASKED_BEFORE_MS = 2 * MINUTE_MS;

export type IdlePhase = "used" | "asked" | "over";

/** When a session that was used then ends without further use. */
export const endOf = (usedAtMs: number, minutes: number): number => usedAtMs + minutes * MINUTE_MS;

/** How it stands with a session that was used last at `usedAtMs`: two minutes before it ends staff is asked, time in which anybody finds the button. */
export function phaseAt(now: number, usedAtMs: number, minutes: number): IdlePhase {
  const leftMs = endOf(usedAtMs, minutes) - now;
  if (leftMs <= 0) return "over";
  return leftMs <= ASKED_BEFORE_MS ? "asked" : "used";
}
