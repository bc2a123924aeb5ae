/** Where the server's clock stood when the browser's own count of milliseconds showed `localMs`, give or take `errorMs`. */
export type Anchor = { serverMs: number; localMs: number; errorMs: number };

/** A clock of a machine goes wrong by so much: an old reading is worth less and less. */
const DRIFT = 0.0005;

/** From a question and its answer: the server looked at its clock somewhere between. */
export const anchorFrom = (askedMs: number, heardMs: number, serverMs: number): Anchor => ({ serverMs, localMs: (askedMs + heardMs) / 2, errorMs: (heardMs - askedMs) / 2 });

export const serverNow = ({ serverMs, localMs }: Anchor, local: number): number => serverMs + (local - localMs);

/** The surer of the two; the newer where they cannot both be right, for the server's clock may have been set. */
export function betterAnchor(old: Anchor, fresh: Anchor): Anchor {
  const errorOfOld = old.errorMs + (fresh.localMs - old.localMs) * DRIFT;
  const difference = Math.abs(serverNow(old, fresh.localMs) - fresh.serverMs);
  return fresh.errorMs <= errorOfOld || difference > errorOfOld + fresh.errorMs ? fresh : old;
}

const SECOND_MS = 1_000;
const DAY_S = 86_400;

/** What is left, counted up to whole seconds: it says 1 until the last of them is over. */
export const secondsLeft = (ms: number): number => Math.max(0, Math.ceil(ms / SECOND_MS));

/** For how long the seconds that are shown stay right. */
export const untilNextSecond = (ms: number): number => (ms <= 0 ? SECOND_MS : ((ms - 1) % SECOND_MS) + 1);

const two = (value: number): string => String(value).padStart(2, "0");

/** `2 天 03:04:05`, or without the days where there are none. */
export function clockText(seconds: number, days: string): string {
  const text = [Math.floor((seconds % DAY_S) / 3_600), Math.floor((seconds % 3_600) / 60), seconds % 60].map(two).join(":");
  return seconds >= DAY_S ? `${days.replace("{days}", String(Math.floor(seconds / DAY_S)))} ${text}` : text;
}

export type Phase = "soon" | "on" | "over";
export type Sight = { startsAt: number; endsAt: number; stock: number; pieces: number; /** Closed before its time. */ isOver: boolean };

export const phaseAt = ({ startsAt, endsAt, isOver }: Pick<Sight, "startsAt" | "endsAt" | "isOver">, now: number): Phase =>
  isOver || now >= endsAt ? "over" : now < startsAt ? "soon" : "on";

const MINUTE_MS = 60_000;

/** When to ask again: often where something may change any moment, and never at the same time as everybody else (`chance` is from 0 to 1). Null when nothing will. */
export function pollDelay(sight: Sight, now: number, chance: number): number | null {
  const phase = phaseAt(sight, now);
  if (phase === "over") return null;
  const wait = sight.startsAt - now;
  const base = phase === "on" ? (sight.stock > 0 ? 2_500 : 5_000) : wait > 5 * MINUTE_MS ? 30_000 : wait > MINUTE_MS ? 15_000 : 5_000;
  return base * (0.75 + chance * 0.5);
}
