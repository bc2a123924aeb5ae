import { z } from "zod";

/**
 * How far the events have been passed on. Events get their ids when they are written and show when their transaction commits, so a smaller id
 * may show after a greater one, and a bare cursor would pass it by. But no transaction lives for two minutes (`db/transact.ts` ends it after ten
 * seconds): of the ids that were there two minutes ago, all have shown that ever will.
 *
 * So each id is read over twice and then never again: once when it is new, and once when it is settled. The mark of each is kept in the report
 * of the run, and whatever a run that was killed did not report is read over again; `handled_events` has the last word on what was handled.
 */
export const Progress = z.object({
  /** Up to this id everything has been read over since it settled. */
  settledTo: z.number().int().nonnegative(),
  /** Up to this id everything that showed has been read over at least once … */
  seenTo: z.number().int().nonnegative(),
  /** … and each of these ids was given out before this time of the database, in milliseconds. */
  seenAt: z.number().int().nonnegative(),
  /** Events whose handler failed: they are tried again in each run, whatever the marks say. */
  failures: z.array(z.string().regex(/^\d{1,15}$/)),
});

export type Progress = z.infer<typeof Progress>;

const NOWHERE: Progress = { settledTo: 0, seenTo: 0, seenAt: 0, failures: [] };

/** Far beyond the life of any transaction, so that a stalled disk is covered too. */
export const SETTLED_MS = 120_000;

export type Scan = { last: Progress; /** The ids up to here have settled by now. */ settlesTo: number };

/** What a run has to read, from the reports of those before it, the newest first. A report that says nothing of it is left out. */
export function planScan(reports: readonly unknown[], databaseTime: number): Scan {
  const known = reports.flatMap((report) => {
    const parsed = Progress.safeParse(report);
    return parsed.success ? [parsed.data] : [];
  });
  const last = known[0] ?? NOWHERE;
  const settled = known.find(({ seenAt }) => seenAt <= databaseTime - SETTLED_MS);
  return { last, settlesTo: Math.max(last.settledTo, settled?.seenTo ?? 0) };
}
