import "server-only";

import type { Connection } from "mysql2/promise";

import { connectAlone, db } from "@/db/client";
import type { Ctx } from "@/lib/ctx";
import { addDays, dayOf, startOfDay, weekdayOf, type Day } from "@/lib/day";
import { perform } from "@/lib/perform";
import { OUTSTANDING, sumOutstanding } from "@/lib/reports/queries";
import { forgetDays, markBuilt, noteZone, readZone, restartSource, rollDay, saveSnapshot, stepSource } from "@/lib/reports/rolling/commands";
import { PEOPLE, restartPeople, stepPeople } from "@/lib/reports/rolling/people-commands";
import { BOUNDS, SETTLED_MS, type Bounds } from "@/lib/reports/rolling/progress";
import { findFirstDay, readFunnel, readLiability, readMonthly, readReach, readWeek, SNAPSHOT_SESSION, type Items } from "@/lib/reports/rolling/snapshot-queries";
import { SOURCES } from "@/lib/reports/rolling/sources";
import { listMarks } from "@/lib/reports/state-queries";
import { getPolicy } from "@/lib/settings/queries";

import { clockActor, type Job, type Report } from "./job";

/** Days that are over and of which the liability is still made, if the shop was off or is new. */
const LIABILITY_DAYS_BACK = 30;

/** Brings the reports up to date: sums by day, then, once a day is over, what cannot be summed. */
export const rollUpJob: Job = { everyMinutes: 10, run: (now, deadline) => rollUp(now, deadline) };

export type RollUpPlan = { bounds?: Bounds; liabilityDaysBack?: number };

type Run = { now: Date; deadline: number; zone: string; today: Day; /** The last day that is over, and all of whose rows show. */ lastWhole: Day };

/**
 * Each step commits and knows where to go on: a run that was killed, or that ran out of time, is taken up by the next, and of two at once one
 * waits for the other at each step. The order matters: what is read once a day reads sums that were made before.
 */
export async function rollUp(now: Date, deadline: number, { bounds = BOUNDS, liabilityDaysBack = LIABILITY_DAYS_BACK }: RollUpPlan = {}): Promise<Report> {
  const { timeZone: zone } = await getPolicy(db());
  const today = dayOf(now, zone);
  const isSettled = now.getTime() >= startOfDay(today, zone).getTime() + SETTLED_MS;
  const run: Run = { now, deadline, zone, today, lastWhole: addDays(today, isSettled ? -1 : -2) };
  await keepZone(run);
  const connection = await connectAlone();
  const report: Report = { steps: 0, days: 0, snapshots: 0 };
  try {
    await connection.query(SNAPSHOT_SESSION);
    const isDone = (await sumSources(run, bounds, report)) && (await countDays(run, connection, report)) && (await takeSnapshots(run, connection, liabilityDaysBack, report));
    if (isDone) await inTransaction(run, (ctx) => markBuilt(ctx, "facts"));
    return { ...report, finished: isDone ? 1 : 0 };
  } finally {
    await connection.end().catch(() => connection.destroy());
  }
}

/** Days of another zone's midnight are other days. The new zone is noted last: a run that ends in between leaves the old one, and the next begins again. */
async function keepZone(run: Run): Promise<void> {
  const made = await inTransaction(run, readZone);
  if (made === run.zone) return;
  if (made !== null) await restartReports(run.now, null);
  await inTransaction(run, (ctx) => noteZone(ctx, run.zone));
}

const inTransaction = <T>({ now }: Pick<Run, "now">, work: (ctx: Ctx) => Promise<T>): Promise<T> => perform(clockActor("roll-up"), work, now);
const isLate = ({ deadline }: Run): boolean => Date.now() >= deadline;
const add = (report: Report, name: string): void => void (report[name] = Number(report[name]) + 1);

async function sumSources(run: Run, bounds: Bounds, report: Report): Promise<boolean> {
  for (const source of SOURCES) {
    for (let isDone = false; !isDone; add(report, "steps")) {
      if (isLate(run)) return false;
      isDone = await inTransaction(run, (ctx) => stepSource(ctx, source, bounds));
    }
  }
  await inTransaction(run, async (ctx) => saveSnapshot(ctx, OUTSTANDING, run.today, new Map([["points", await sumOutstanding(db(), run.now)]])));
  return true;
}

/** Counts who was here: each day that is not closed yet, and yesterday and today again. */
async function countDays(run: Run, connection: Connection, report: Report): Promise<boolean> {
  const closed = (await listMarks(db())).get("days")?.throughDay ?? null;
  const next = closed ? addDays(closed, 1) : await findFirstDay(connection, run.zone, run.today);
  if (next === null) return true;
  for (let day = next < run.lastWhole ? next : run.lastWhole; day <= run.today; day = addDays(day, 1)) {
    if (isLate(run)) return false;
    if (day <= run.lastWhole && (closed === null || day > closed)) await closeDay(run, connection, day);
    else await inTransaction(run, (ctx) => rollDay(ctx, day));
    add(report, "days");
  }
  return true;
}

/** All that is made of a day once it is over, its parts locked in the order of their names, as everywhere. */
async function closeDay(run: Run, connection: Connection, day: Day): Promise<void> {
  const monthly = await readMonthly(connection, day);
  const week = weekdayOf(day) === 7 ? await readWeek(connection, day, run.zone) : null;
  await inTransaction(run, async (ctx) => {
    await saveSnapshot(ctx, "activity", day, monthly);
    await rollDay(ctx, day);
    await markBuilt(ctx, "days", day);
    if (week) await saveSnapshot(ctx, "weeks", day, week);
  });
}

/** Once a day is over: people of windows, people by their orders, and what the shop owes. */
async function takeSnapshots(run: Run, connection: Connection, liabilityDaysBack: number, report: Report): Promise<boolean> {
  const { zone, lastWhole } = run;
  const marks = await listMarks(db());
  const through = (part: string): Day | null => marks.get(part)?.throughDay ?? null;
  const once = async (part: string, day: Day, make: () => Promise<Items>): Promise<void> => {
    const items = await atOneMoment(connection, make);
    await inTransaction(run, (ctx) => saveSnapshot(ctx, part, day, items));
    add(report, "snapshots");
  };
  const made = through("liability");
  const earliest = addDays(lastWhole, -liabilityDaysBack);
  for (let day = made && made >= earliest ? addDays(made, 1) : earliest; day <= lastWhole; day = addDays(day, 1)) {
    if (isLate(run)) return false;
    await once("liability", day, () => readLiability(connection, day, zone));
  }
  for (const [part, make] of [["funnel", readFunnel], ["reach", readReach]] as const) {
    if (isLate(run)) return false;
    if ((through(part) ?? "") < lastWhole) await once(part, lastWhole, () => make(connection, lastWhole, zone));
  }
  return (through(PEOPLE) ?? "") >= lastWhole || countPeople(run);
}

async function atOneMoment<T>(connection: Connection, work: () => Promise<T>): Promise<T> {
  await connection.query("START TRANSACTION WITH CONSISTENT SNAPSHOT, READ ONLY");
  try {
    return await work();
  } finally {
    await connection.query("COMMIT");
  }
}

async function countPeople(run: Run): Promise<boolean> {
  for (let isDone = false; !isDone; ) {
    if (isLate(run)) return false;
    isDone = await inTransaction(run, (ctx) => stepPeople(ctx, run.lastWhole));
  }
  return true;
}

/** Makes the reports be made anew from the books, all of them or the days from `from` on: the next runs do it. */
export async function restartReports(now: Date, from: Day | null): Promise<void> {
  const { timeZone } = await getPolicy(db());
  for (const source of SOURCES) await inTransaction({ now }, (ctx) => restartSource(ctx, source, from));
  const lastKept = from === null ? null : addDays(from, -1);
  await inTransaction({ now }, (ctx) => forgetDays(ctx, ["activity", "days", "funnel", "liability", "reach", "weeks"], lastKept));
  await inTransaction({ now }, (ctx) => restartPeople(ctx, addDays(dayOf(now, timeZone), -1)));
}
