"use client";

import { lazy, Suspense, useEffect, useState } from "react";
import { endsNow, markEnd, markUsed, phaseAt, type Ends, type IdlePhase } from "./idle";
import type { IdleWords } from "./idle-sheet";

const IdleSheet = lazy(() => import("./idle-sheet"));

const LOOKED_AT_EVERY_MS = 5_000;
/** The server counts requests as use: somebody who writes for an hour makes none. */
const TOLD_EVERY_MS = 60_000;

export type SessionEnds = {
  /** Without use it ends after so many minutes. */
  idleMinutes: number;
  /** So many hours after the sign-in it ends in any case. */
  hours: number;
  /** Which is then, and what it is now, both by the server's clock in epoch milliseconds: this device's may be wrong. */
  endsAt: number;
  now: number;
};

type IdleWatchProps = { session: SessionEnds; words: IdleWords };

/**
 * Says before a session of staff ends: asks whether anybody is still there, and ends it when nobody is, also where the page reads itself anew.
 * What stands in the page's forms stays. The server ends it by itself when no page is open.
 */
export function IdleWatch({ session: { idleMinutes, hours, endsAt, now: serverNow }, words }: IdleWatchProps) {
  const [{ phase, ends }, setStanding] = useState<{ phase: IdlePhase; ends: Ends }>({ phase: "used", ends: { idleAt: 0, endsAt: 0 } });
  const [aheadMs] = useState(() => Date.now() - serverNow);

  useEffect(() => {
    let toldAt = Date.now();
    markUsed(toldAt);
    markEnd(endsAt + aheadMs);
    function look() {
      const ends = endsNow(idleMinutes);
      const phase = phaseAt(Date.now(), ends);
      setStanding((before) => (before.phase === phase ? before : { phase, ends }));
    }
    function onUse() {
      const now = Date.now();
      const current = phaseAt(now, endsNow(idleMinutes));
      // Once asked, only an answer counts.
      if (current !== "used" && current !== "ending") return;
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
  }, [idleMinutes, endsAt, aheadMs]);

  useEffect(() => {
    if (phase === "over" || phase === "ended") void endSession();
  }, [phase]);

  function stay() {
    markUsed(Date.now());
    tellServer();
    setStanding({ phase: "used", ends });
  }

  if (phase === "used") return null;
  return <Suspense><IdleSheet key={phase} phase={phase} minutes={idleMinutes} hours={hours} ends={ends} words={words} onStay={stay} /></Suspense>;
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
