"use client";

import { useCallback, useEffect, useRef, useState } from "react";
import { anchorFrom, betterAnchor, phaseAt, pollDelay, serverNow, untilNextSecond, type Anchor, type Phase, type Sight } from "./flash-clock";

/** A sale as the server saw it at its own `now`. All times are milliseconds of the server's clock. */
export type FlashSight = Sight & { now: number };
export type FlashNow = { phase: Phase; /** To the start or, once it has begun, to the end. */ msLeft: number; stock: number; pieces: number };

/** A page is some seconds old when it is first read; the first answer says by how much. */
const PAGE_ERROR_MS = 30_000;
const FAILED_AGAIN_MS = 5_000;
/** A page of several sales does not ask for all of them in one moment. */
const SPREAD_MS = 500;

type Answer = { now: string; startsAt: string; endsAt: string; phase: Phase; stock: number; pieces: number };

/**
 * Watches a sale by the clock of the server. The browser's own clock is only trusted to count milliseconds.
 * With a `pace` above 1 it asks so many times more seldom, for pages that show several sales.
 */
export function useFlash(id: number, first: FlashSight, pace = 1): FlashNow & { look: () => void } {
  const [sight, setSight] = useState<Sight>(first);
  const [now, setNow] = useState(first.now);
  const seen = useRef<Sight>(first);
  const anchor = useRef<Anchor | null>(null);
  const lookNow = useRef<() => void>(() => undefined);
  const firstNow = useRef(first.now);

  useEffect(() => {
    anchor.current ??= { serverMs: firstNow.current, localMs: performance.now(), errorMs: PAGE_ERROR_MS };
    let ticking: ReturnType<typeof setTimeout>;
    let asking: ReturnType<typeof setTimeout>;
    let isGone = false;

    const tick = () => {
      clearTimeout(ticking);
      const at = serverNow(anchor.current!, performance.now());
      setNow(at);
      const left = msLeftAt(seen.current, at);
      if (left > 0) ticking = setTimeout(tick, untilNextSecond(left));
    };
    const ask = async () => {
      clearTimeout(asking);
      const wasHeard = document.hidden ? false : await hear();
      if (isGone) return;
      tick();
      const delay = pollDelay(seen.current, serverNow(anchor.current!, performance.now()), Math.random());
      if (delay !== null) asking = setTimeout(() => void ask(), (wasHeard ? delay : Math.max(delay, FAILED_AGAIN_MS)) * pace);
    };
    const hear = async (): Promise<boolean> => {
      const askedAt = performance.now();
      const answer = await fetchSight(id);
      if (!answer || isGone) return false;
      anchor.current = betterAnchor(anchor.current!, anchorFrom(askedAt, performance.now(), Date.parse(answer.now)));
      seen.current = { startsAt: Date.parse(answer.startsAt), endsAt: Date.parse(answer.endsAt), stock: answer.stock, pieces: answer.pieces, isOver: answer.phase === "over" };
      setSight(seen.current);
      return true;
    };
    const onShown = () => void (document.hidden || ask());

    lookNow.current = () => void ask();
    document.addEventListener("visibilitychange", onShown);
    tick();
    asking = setTimeout(() => void ask(), (pace - 1) * SPREAD_MS * Math.random());
    return () => {
      isGone = true;
      clearTimeout(ticking);
      clearTimeout(asking);
      document.removeEventListener("visibilitychange", onShown);
    };
  }, [id, pace]);

  const look = useCallback(() => lookNow.current(), []);
  return { phase: phaseAt(sight, now), msLeft: msLeftAt(sight, now), stock: sight.stock, pieces: sight.pieces, look };
}

function msLeftAt(sight: Sight, now: number): number {
  const phase = phaseAt(sight, now);
  return phase === "over" ? 0 : (phase === "soon" ? sight.startsAt : sight.endsAt) - now;
}

async function fetchSight(id: number): Promise<Answer | null> {
  try {
    const response = await fetch(`/api/flash/${id}`, { cache: "no-store" });
    return response.ok ? ((await response.json()) as Answer) : null;
  } catch {
    return null;
  }
}
