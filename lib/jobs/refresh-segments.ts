import "server-only";

import type { Ctx } from "@/lib/ctx";
import { log } from "@/lib/log";
import { perform } from "@/lib/perform";
import { finishRefresh, listStale, refreshSegment, type Stale } from "@/lib/segments/commands";

import { clockActor, type Job } from "./job";

const HOUR_MS = 3_600_000;
/** What people did moves them in and out: each segment is looked at once a day, and at once when it was saved. */
const STALE_HOURS = 20;

/** Writes down who belongs to each segment, in parts that each commit. A part that is done again changes nothing. */
export const refreshSegmentsJob: Job = {
  everyMinutes: 1,
  run: (now, deadline) => refreshOlderThan(new Date(now.getTime() - STALE_HOURS * HOUR_MS), now, deadline),
};

async function refreshOlderThan(before: Date, now: Date, deadline: number) {
  const total = { segments: 0, joined: 0, left: 0 };
  const failures: string[] = [];
  for (const segment of await inTransaction(now, (ctx) => listStale(ctx, before))) {
    try {
      const part = await refreshOne(segment, now, deadline);
      if (!part) return { ...total, failures, finished: 0 };
      total.segments++;
      total.joined += part.joined;
      total.left += part.left;
    } catch (error) {
      // Those after it do not wait for it.
      log.error({ err: error, segment: segment.id }, "a segment was not refreshed");
      failures.push(String(segment.id));
    }
  }
  return { ...total, failures, finished: 1 };
}

/** Null when the time was over first. */
async function refreshOne(segment: Stale, now: Date, deadline: number): Promise<{ joined: number; left: number } | null> {
  const part = { joined: 0, left: 0 };
  for (let last: number | null = 0; last !== null; ) {
    if (Date.now() >= deadline) return null;
    const after: number = last;
    const done = await inTransaction(now, (ctx) => refreshSegment(ctx, segment, after));
    part.joined += done.joined;
    part.left += done.left;
    last = done.last;
  }
  await inTransaction(now, (ctx) => finishRefresh(ctx, segment, part));
  return part;
}

const inTransaction = <T>(now: Date, work: (ctx: Ctx) => Promise<T>): Promise<T> => perform(clockActor("refresh-segments"), work, now);
