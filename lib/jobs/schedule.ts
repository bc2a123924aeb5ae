/** One run of a job, as it was written down. */
export type JobRun = { id: number; startedAt: Date; finishedAt: Date | null; report: Record<string, unknown> | null; error: string | null };

/** `broken` is a run that never said that it ended: its process was killed. */
export type RunState = "running" | "done" | "partly" | "failed" | "broken";

/** A run ends by itself before this, so what began earlier and never ended was killed. */
export const RUN_MS_MAX = 120_000;

export function stateOf({ startedAt, finishedAt, report, error }: JobRun, now: Date): RunState {
  if (error !== null) return "failed";
  if (finishedAt === null) return now.getTime() - startedAt.getTime() < RUN_MS_MAX ? "running" : "broken";
  return report?.finished === 0 ? "partly" : "done";
}

/** When a job is expected next, and by how many whole minutes it is overdue. */
export type Outlook = { nextAt: Date | null; lateMinutes: number };

const MINUTE_MS = 60_000;
/** Timers are not exact, and a run of a minute's job may take most of the minute. */
const GRACE_MINUTES = 2;

export function outlookOf(everyMinutes: number | undefined, last: JobRun | null, now: Date): Outlook {
  if (everyMinutes === undefined || last === null) return { nextAt: null, lateMinutes: 0 };
  const nextAt = new Date(last.startedAt.getTime() + everyMinutes * MINUTE_MS);
  const overdue = Math.floor((now.getTime() - nextAt.getTime()) / MINUTE_MS);
  return { nextAt, lateMinutes: overdue >= GRACE_MINUTES ? overdue : 0 };
}

const STALLED_MS = 10 * MINUTE_MS;

/** Whether nothing of the clock's work is done any more: no job began within the last ten minutes. */
export const isStalled = (newestStart: Date | null, now: Date): boolean => newestStart === null || now.getTime() - newestStart.getTime() > STALLED_MS;

/** Marks from which a job goes on say nothing of what was done. */
const MARKS = new Set(["finished", "seenAt", "seenTo", "settledTo", "upTo", "newest", "next", "through"]);
const DEPTH_MAX = 3;

/** What a run did, in numbers: those that are not zero, the steps' added up under one name. Lists count by what is in them. */
export function countsOf(report: Record<string, unknown> | null, depth = 0): Map<string, number> {
  const counts = new Map<string, number>();
  const add = (name: string, count: number): void => void (count > 0 && counts.set(name, (counts.get(name) ?? 0) + count));
  for (const [name, value] of Object.entries(report ?? {})) {
    if (MARKS.has(name)) continue;
    if (typeof value === "number") add(name, value);
    else if (Array.isArray(value)) add(name, value.length);
    else if (typeof value === "object" && value !== null && name !== "reasons" && depth < DEPTH_MAX) for (const [inner, count] of countsOf(value as Record<string, unknown>, depth + 1)) add(inner, count);
  }
  return counts;
}

/** The sentence in what a failed run wrote down: an error's message, or the whole where it is none. */
export function errorIn(error: string): string {
  try {
    const { message, code, name } = JSON.parse(error) as { message?: unknown; code?: unknown; name?: unknown };
    const said = [code, message ?? name].filter((part) => typeof part === "string" && part !== "").join(": ");
    return said || error;
  } catch {
    return error;
  }
}
