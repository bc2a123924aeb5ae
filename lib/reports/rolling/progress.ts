/**
 * How far the rows of one table have been added up. Ids are given out when rows are written and show when their transaction commits, so a row
 * is added for good, exactly once, when its id has settled: no transaction lives for two minutes, so of the ids that were there two minutes ago
 * all have shown that ever will (as in lib/events/handling/progress.ts). What is newer is the tail: its sums are kept apart and made anew in each
 * run, so the reports are up to date and still nothing is counted twice, however late it was committed and whatever day it is for.
 */
export type Progress = {
  /** Rows up to this id have been added for good. */
  settled: number;
  /** Up to this id everything had been given out at `seenAt`, in milliseconds of the database's clock. */
  seen: number;
  seenAt: number;
  /** Sums of days from here on are to be emptied first, in parts; as a number like 20261121. 0 means no. */
  emptyFrom: number;
  /** While `settled` is below `floorUpTo`, rows of days before `floor` are in the sums already: a rebuild from a day on. */
  floor: number;
  floorUpTo: number;
};

export const PROGRESS_FIELDS = ["settled", "seen", "seenAt", "emptyFrom", "floor", "floorUpTo"] as const satisfies readonly (keyof Progress)[];

/** `emptyFrom` of a rebuild of everything. */
export const ALL_DAYS = 1;

export const SETTLED_MS = 120_000;

export type Bounds = {
  /** Ids of one transaction. */
  batch: number;
  /** An id so far behind the newest has settled, too: nobody writes as many in the ten seconds that a transaction may take. Bounds the tail. */
  farBehind: number;
};

export const BOUNDS: Bounds = { batch: 100_000, farBehind: 100_000 };

export type Step =
  | { kind: "empty" }
  /** Adds the rows within (`from`, `to`] for good; with `tailTo`, the last step, makes the tail (`to`, `tailTo`] anew. */
  | { kind: "add"; from: number; to: number; floor: number; tailTo: number | null; next: Progress };

/** What comes next, by what the table holds: its newest id and the database's time. */
export function planStep(progress: Progress, newest: { id: number; databaseTime: number }, { batch, farBehind }: Bounds): Step {
  if (progress.emptyFrom > 0) return { kind: "empty" };
  const seenHasSettled = progress.seenAt <= newest.databaseTime - SETTLED_MS;
  const target = Math.max(progress.settled, Math.min(newest.id, Math.max(seenHasSettled ? progress.seen : 0, newest.id - farBehind)));
  const inFloor = progress.settled < progress.floorUpTo;
  // A step is before or beyond the end of what was there before the rebuild, never across it.
  const to = Math.min(target, progress.settled + batch, inFloor ? progress.floorUpTo : Infinity);
  // The tail is made in a transaction without much else: a batch and a long tail together would take longer than one may.
  const isLast = to === target && (newest.id - progress.settled <= batch || 2 * (to - progress.settled) <= batch);
  const marks = isLast && (seenHasSettled || progress.seen <= to) ? { seen: newest.id, seenAt: newest.databaseTime } : { seen: progress.seen, seenAt: progress.seenAt };
  return { kind: "add", from: progress.settled, to, floor: inFloor ? progress.floor : 0, tailTo: isLast ? newest.id : null, next: { ...progress, ...marks, settled: to } };
}

/** A rebuild of everything, or of the days from `from` on, as 20261121. One that was begun and not finished is widened, never narrowed. */
export function restarted(progress: Progress, from: number | null): Progress {
  const all = { settled: 0, seen: 0, seenAt: 0, emptyFrom: ALL_DAYS, floor: 0, floorUpTo: 0 };
  if (from === null || progress.emptyFrom === ALL_DAYS) return all;
  const isUnderWay = progress.emptyFrom > 0 || progress.settled < progress.floorUpTo;
  const lowest = isUnderWay ? Math.min(from, progress.floor) : from;
  return { ...all, emptyFrom: lowest, floor: lowest, floorUpTo: Math.max(progress.settled, progress.floorUpTo) };
}
