"use client";

const USED_AT = "points-mall:staff-used-at";
const ENDS_AT = "points-mall:staff-session-ends-at";

/** Where the browser keeps nothing, each of its windows knows of itself alone. */
const here = new Map<string, number>();

/** The latest that any window of this browser has said, as epoch milliseconds. */
function latest(key: string): number {
  const own = here.get(key) ?? 0;
  try {
    return Math.max(own, Number(localStorage.getItem(key)) || 0);
  } catch {
    return own;
  }
}

function keep(key: string, at: number): void {
  here.set(key, at);
  try {
    localStorage.setItem(key, String(at));
  } catch {
    // Then the other windows ask for themselves.
  }
}

/** When staff last did something. */
export const markUsed = (now: number): void => keep(USED_AT, now);

/** Each page says when its session ends at the latest: after another sign-in that is later. */
export const markEnd = (endsAt: number): void => keep(ENDS_AT, endsAt);

const MINUTE_MS = 60_000;
const ASKED_BEFORE_MS = 2 * MINUTE_MS;

/** `asked` is for whoever may not be there, `ending` for whoever is: nothing keeps a session for longer than the shop allows. */
export type IdlePhase = "used" | "asked" | "over" | "ending" | "ended";

/** The moments at which a session ends: without further use, and in any case. */
export type Ends = { idleAt: number; endsAt: number };

export const endsNow = (minutes: number): Ends => ({ idleAt: latest(USED_AT) + minutes * MINUTE_MS, endsAt: latest(ENDS_AT) });

/** How it stands with a session: two minutes before it ends staff hears of it, time in which anybody finds the button. */
export function phaseAt(now: number, { idleAt, endsAt }: Ends): IdlePhase {
  if (endsAt <= now) return "ended";
  if (idleAt <= now) return "over";
  if (endsAt - now <= ASKED_BEFORE_MS) return "ending";
  return idleAt - now <= ASKED_BEFORE_MS ? "asked" : "used";
}
