const shared = globalThis as { pointsMallClockOffsetMs?: number };

/** The one clock of the process. Only adapters and jobs look at it; the domain is handed the time. */
export const currentTime = (): Date => new Date(Date.now() + (shared.pointsMallClockOffsetMs ?? 0));

/** Moves the clock of this process, for tests of what the calendar does. */
export function moveClock(offsetMs: number): void {
  shared.pointsMallClockOffsetMs = offsetMs;
}
