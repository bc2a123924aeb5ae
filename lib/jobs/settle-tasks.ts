import "server-only";

import { sendPacket, statement } from "@/db/packet";
import type { Ctx, UserId } from "@/lib/ctx";
import { log } from "@/lib/log";
import { perform } from "@/lib/perform";
import { undoTasks } from "@/lib/tasks/rollback/commands";
import { readPeopleUndone, readSettled } from "@/lib/tasks/rollback/queries";

import { clockActor, type Job } from "./job";

const JOB = "settle-tasks";
/** The name of the rows that say how far the runs came: those of the job itself say what a run did. */
const PLACE = "settle-tasks:place";
const EVENTS_AT_ONCE = 10_000;
/** A transaction commits within this time of its events, retries included: older ones have all been heard of. */
const HEARD_AFTER_MS = 120_000;
/** Clocks of two machines differ by no more. */
const SKEW_MS = 60_000;
/** People whose claims could not be settled are looked at again by the next run, so many of them. */
const FAILURES_KEPT = 1_000;

/** How far the runs have come: the last event that was looked at, and the people of before who are still to be settled. */
type Place = { upTo: number; again: UserId[] };

/**
 * Takes back claimed tasks whose ground was undone. It reads the events since its last run and looks only at people to whom one of them
 * happened: without such events it costs two short reads. How far it came is kept in a row of `job_runs`, written after each batch,
 * with those who are left when the time is over; killed within a batch, the next run looks at the same people again, and a claim falls once.
 */
export const settleTasksJob: Job = {
  async run(now, deadline) {
    const total = { people: 0, undone: 0, points: 0 };
    let place = await perform(clockActor(JOB), readPlace, now);
    let failures: UserId[] = [];
    while (Date.now() < deadline) {
      const batch = await perform(clockActor(JOB), (ctx) => nextPeople(ctx, place.upTo), now);
      if (batch.upTo === place.upTo && place.again.length === 0) return { ...total, finished: 1, failures: failures.map(String) };
      const left = new Set([...place.again, ...batch.people]);
      for (const userId of left) {
        if (Date.now() >= deadline) break;
        const settled = await settle(userId, now);
        left.delete(userId);
        if (!settled) failures = [...failures.filter((each) => each !== userId), userId].slice(-FAILURES_KEPT);
        total.people++;
        total.undone += settled?.undone ?? 0;
        total.points += settled?.points ?? 0;
      }
      place = { upTo: batch.upTo, again: [] };
      await perform(clockActor(JOB), (ctx) => keepPlace(ctx, { ...place, again: [...left, ...failures] }, total), now);
      if (left.size > 0) break;
    }
    return { ...total, finished: 0, failures: failures.map(String) };
  },
};

/** One person's trouble stops nobody else's books: it is logged and told in the report. */
async function settle(userId: UserId, now: Date): Promise<{ undone: number; points: number } | null> {
  try {
    return await perform(clockActor(JOB), (ctx) => undoTasks(ctx, userId), now);
  } catch (error) {
    log.error({ err: error, userId }, "claimed tasks of a person were not settled");
    return null;
  }
}

async function readPlace(ctx: Ctx): Promise<Place> {
  const [rows = []] = await sendPacket(ctx.tx, [statement("SELECT report FROM job_runs WHERE job = ? ORDER BY id DESC LIMIT 1", [PLACE])]);
  const { upTo = 0, again = [] } = (rows[0]?.report as Partial<Place> | undefined) ?? {};
  return { upTo, again };
}

async function nextPeople(ctx: Ctx, from: number): Promise<{ upTo: number; people: UserId[] }> {
  const lately = { from: new Date(ctx.now.getTime() - HEARD_AFTER_MS), to: new Date(ctx.now.getTime() + SKEW_MS) };
  const [settled = []] = await sendPacket(ctx.tx, [readSettled(from, lately, EVENTS_AT_ONCE)]);
  const { last, early } = settled[0] as { last: number | null; early: number | null };
  const upTo = early === null ? (last ?? from) : Math.max(from, early - 1);
  if (upTo === from) return { upTo, people: [] };
  const [rows = []] = await sendPacket(ctx.tx, [readPeopleUndone(from, upTo)]);
  return { upTo, people: rows.flatMap((row) => (row.user_id === null ? [] : [Number(row.user_id) as UserId])) };
}

async function keepPlace(ctx: Ctx, place: Place, total: Record<string, number>): Promise<void> {
  await sendPacket(ctx.tx, [
    statement("INSERT INTO job_runs (job, started_at, finished_at, report) VALUES (?, ?, ?, ?)", [PLACE, ctx.now, ctx.now, JSON.stringify({ ...total, ...place })]),
  ]);
}
