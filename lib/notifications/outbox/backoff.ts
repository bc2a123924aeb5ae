const MINUTE_MS = 60_000;

/** How long a message waits after each try that failed: an outage of days delays it and loses nothing. */
const WAITS_MINUTES = [1, 5, 30, 120, 360, 720, 720, 720, 1440, 1440, 1440] as const;

/** After so many tries a message is given up, and says why. */
export const TRIES_MAX = WAITS_MINUTES.length + 1;

/** When to try again after `tries` tries; null when that was the last. */
export function nextTry(tries: number, now: Date): Date | null {
  const minutes = WAITS_MINUTES[tries - 1];
  return minutes === undefined ? null : new Date(now.getTime() + minutes * MINUTE_MS);
}
