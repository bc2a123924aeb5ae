import { beforeEach, expect, test } from "vitest";

import { transact } from "@/db/transact";
import { jobRuns } from "@/db/schema";
import { emit } from "@/lib/events/commands";
import { perform } from "@/lib/perform";
import { rows } from "@/test/database";
import { expectErrors } from "@/test/errors";
import { theClock, theShop } from "@/test/world";

import { dispatchEvents, retryEvent } from "./dispatch-events";
import { findTroubledEvent, listLastRuns, listRuns, listTroubledEvents } from "./queries";

beforeEach(async () => {
  start = theClock.now();
  for (const table of ["events", "handled_events", "job_runs"]) await rows(`DELETE FROM ${table}`);
});

/** To the second, as one moment of the whole test. */
let start = new Date();
const minutesAgo = (minutes: number): Date => new Date(start.getTime() - minutes * 60_000);
const ran = (job: string, minutes: number, of: { report?: Record<string, unknown>; error?: string } = { report: {} }) =>
  transact((tx) => tx.insert(jobRuns).values({ job, startedAt: minutesAgo(minutes), finishedAt: minutesAgo(minutes), ...of }));

test("of each job the last run is listed, also one that failed", async () => {
  await ran("deliver-mail", 9, { report: { sent: 1 } });
  await ran("deliver-mail", 4, { error: '{"message":"no"}' });
  await ran("nightly", 50, { report: { finished: 1 } });
  const last = await listLastRuns();
  expect([...last.keys()].sort()).toEqual(["deliver-mail", "nightly"]);
  expect(last.get("deliver-mail")).toMatchObject({ startedAt: minutesAgo(4), error: '{"message":"no"}', report: null });
  expect(last.get("nightly")).toMatchObject({ report: { finished: 1 } });
});

test("the history of a job goes on page by page, and can be of its failures alone", async () => {
  for (let index = 5; index > 0; index--) await ran("nightly", index, index % 2 ? { error: "no" } : { report: { index } });
  await ran("housekeeping", 1);
  const first = await listRuns("nightly", { limit: 2 });
  const second = await listRuns("nightly", { limit: 2, before: first.nextBefore! });
  const third = await listRuns("nightly", { limit: 2, before: second.nextBefore! });
  expect([first, second, third].map(({ runs }) => runs.length)).toEqual([2, 2, 1]);
  expect(third.nextBefore).toBeNull();
  expect((await listRuns("nightly", { limit: 10, onlyFailed: true })).runs).toHaveLength(3);
});

const broken = { names: ["account.registered" as const], handle: () => Promise.reject(new Error("the bank is closed")) };
const whole = { ...broken, handle: () => Promise.resolve() };
async function dispatch() {
  const report = await dispatchEvents([broken], theClock.now(), Date.now() + 20_000);
  await ran("dispatch-events", 0, { report });
}
const happen = (id: string) => perform(theShop, (ctx) => emit(ctx, { name: "account.registered", subject: { type: "user", id }, data: {} }));

test("events that fail and events that were given up are listed with the reason, until they were handled", async () => {
  expectErrors();
  await happen("1");
  await dispatch();
  theClock.passDays(15);
  start = theClock.now();
  await dispatch();
  await happen("2");
  await dispatch();
  const { events, failing, asOf } = await listTroubledEvents();
  expect({ failing, asOf }).toEqual({ failing: 1, asOf: start });
  expect(events).toMatchObject([
    { name: "account.registered", subjectId: "2", reason: "Error: the bank is closed", givenUpAt: null },
    { name: "account.registered", subjectId: "1", reason: "Error: the bank is closed", givenUpAt: expect.any(Date) as Date },
  ]);
  for (const { id } of events) {
    const event = await findTroubledEvent(id);
    expect(await retryEvent(event!, theClock.now(), [broken])).toEqual({ outcome: "failed", reason: "Error: the bank is closed" });
    expect(await retryEvent(event!, theClock.now(), [whole])).toEqual({ outcome: "handled" });
    expect(await findTroubledEvent(id)).toBeNull();
  }
  expect((await listTroubledEvents()).events).toEqual([]);
});

test("an event that nothing is wrong with cannot be handled by hand", async () => {
  await happen("1");
  const [{ id }] = await rows<{ id: number }>("SELECT id FROM events") as [{ id: number }];
  expect(await findTroubledEvent(id)).toBeNull();
});
