"use client";

import { lazy, Suspense, useEffect, useState } from "react";
import { endOf, markUsed, phaseAt, usedAt, type IdlePhase } from "./idle";
import type { IdleWords } from "./idle-sheet";

const IdleSheet = lazy(() => import("./idle-sheet"));

const LOOKED_AT_EVERY_MS = 5_000;
/** The server counts requests as use: somebody who writes for an hour makes none. */
const TOLD_EVERY_MS = 60_000;

type IdleWatchProps = { /** Without use a session of staff ends after so long. */ minutes: number; words: IdleWords };

/**
 * Asks whether anybody is still there before a session ends for want of use, and ends it when nobody is: also where the page reads itself anew.
 * What stands in the page's forms stays. The server ends it by itself when no page is open.
 */
export function IdleWatch({ minutes, words }: IdleWatchProps) {
  const [phase, setPhase] = useState<IdlePhase>("used");

  useEffect(() => {
    let toldAt = Date.now();
    markUsed(toldAt);
    const look = () => setPhase(phaseAt(Date.now(), usedAt(), minutes));
    function onUse() {
      const now = Date.now();
      // Once asked, only an answer counts.
      if (phaseAt(now, usedAt(), minutes) !== "used") return;
      markUsed(now);
      if (now - toldAt < TOLD_EVERY_MS) return;
      toldAt = now;
      tellServer();
    }
    const timer = setInterval(look, LOOKED_AT_EVERY_MS);
    document.addEventListener("pointerdown", onUse);
    document.addEventListener("keydown", onUse);
    document.addEventListener("visibilitychange", look);
    window.addEventListener("storage", look);
    return () => {
      clearInterval(timer);
      document.removeEventListener("pointerdown", onUse);
      document.removeEventListener("keydown", onUse);
      document.removeEventListener("visibilitychange", look);
      window.removeEventListener("storage", look);
    };
  }, [minutes]);

  useEffect(() => {
    if (phase === "over") void endSession();
  }, [phase]);

  function stay() {
    markUsed(Date.now());
    tellServer();
    setPhase("used");
  }

  if (phase === "used") return null;
  return <Suspense><IdleSheet phase={phase} minutes={minutes} endsAt={endOf(usedAt(), minutes)} words={words} onStay={stay} /></Suspense>;
}

const tellServer = (): void => void fetch("/api/auth/session", { cache: "no-store" }).catch(() => undefined);

/** Ends this device's session as next-auth does it. Where no answer comes the server ends it for want of use. */
async function endSession(): Promise<void> {
  try {
    const { csrfToken } = (await (await fetch("/api/auth/csrf", { cache: "no-store" })).json()) as { csrfToken: string };
    await fetch("/api/auth/signout", { method: "POST", body: new URLSearchParams({ csrfToken, json: "true" }) });
  } catch {
    // Nothing to do here: what is on the page stays, and no request of it is answered any more.
  }
}
