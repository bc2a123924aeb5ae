"use client";

import { clockText, secondsLeft } from "./flash-clock";
import { useFlash, type FlashNow, type FlashSight } from "./use-flash";
import { fill } from "@/lib/i18n";

/** Those with a number are templates. */
export type MeterWords = { startsIn: string; endsIn: string; days: string; over: string; soldOut: string; left: string; progress: string };

/** A list is looked at, and not waited at. */
const LIST_PACE = 4;

/** How much time and how many pieces are left of a sale, on a card that leads to it. */
export function FlashMeter({ id, sight, words }: { id: number; sight: FlashSight; words: MeterWords }) {
  const now = useFlash(id, sight, LIST_PACE);
  return (
    <div className="grid gap-1.5">
      <FlashCountdown now={now} words={words} />
      <FlashProgress now={now} words={words} />
    </div>
  );
}

/** Counts by the second; screen readers hear the words around it and not each second. */
export function FlashCountdown({ now: { phase, msLeft }, words }: { now: FlashNow; words: MeterWords }) {
  if (phase === "over") return <p className="text-caption font-medium text-muted">{words.over}</p>;
  return (
    <p role="timer" className="flex flex-wrap items-baseline gap-x-1.5 text-caption">
      <span className="text-muted">{phase === "soon" ? words.startsIn : words.endsIn}</span>
      <span className="font-semibold text-streak tabular-nums" suppressHydrationWarning>{clockText(secondsLeft(msLeft), words.days)}</span>
    </p>
  );
}

/** What is gone, as a bar and in words. */
export function FlashProgress({ now: { phase, stock, pieces }, words }: { now: FlashNow; words: MeterWords }) {
  const taken = Math.max(0, pieces - stock);
  return (
    <div className="flex items-center gap-2">
      <svg viewBox="0 0 100 4" preserveAspectRatio="none" role="img" aria-label={words.progress} className="h-1.5 w-0 grow rounded-full bg-sunken">
        <rect width={pieces > 0 ? (100 * taken) / pieces : 0} height="4" rx="2" className={stock === 0 || phase === "over" ? "fill-muted" : "fill-points-fill"} />
      </svg>
      <span className="shrink-0 text-meta text-muted tabular-nums">{phase === "on" && stock === 0 ? words.soldOut : fill(words.left, { left: stock })}</span>
    </div>
  );
}
