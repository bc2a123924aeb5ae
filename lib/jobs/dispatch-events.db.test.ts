import { beforeEach, expect, test } from "vitest";

import { pool } from "@/db/client";
import { transact } from "@/db/transact";
import { jobRuns } from "@/db/schema";
import { emit } from "@/lib/events/commands";
import type { Fact } from "@/lib/events/event";
import type { EventHandler, StoredEvent } from "@/lib/events/handler";
import { listGivenUp, listUnhandledOf } from "@/lib/events/handling/queries";
import { SETTLED_MS } from "@/lib/events/handling/progress";
import { perform } from "@/lib/perform";
import { count, rows } from "@/test/database";
import { expectErrors } from "@/test/errors";
import { atOnce, theClock, theShop } from "@/test/world";

import { dispatchEvents, retryEvent } from "./dispatch-events";
import { housekeepingJob } from "./housekeeping";

beforeEach(async () => {
  for (const table of ["events", "handled_events", "job_runs"]) await rows(`DELETE FROM ${table}`);
});

type Hearing = { handler: EventHandler; heard: string[] };

/** Somebody who hears of people who signed up. */
function hearing(of: Partial<EventHandler> = {}): Hearing {
  const heard: string[] = [];
  const note = async (_: unknown, event: StoredEvent) => void heard.push(event.subjectId);
  return { heard, handler: { names: ["account.registered"], handle: note, ...of } };
}

/** A run as the timer makes it: its report is kept. */
async function dispatch(handlers: readonly EventHandler[], deadline = Date.now() + 20_000) {
  const report = await dispatchEvents(handlers, theClock.now(), deadline);
  await transact((tx) => tx.insert(jobRuns).values({ job: "dispatch-events", startedAt: theClock.now(), finishedAt: theClock.now(), report }));
  return report;
}

/** Makes every report so old that what was seen then has settled. */
const settle = () => rows("UPDATE job_runs SET report = JSON_SET(report, '$.seenAt', CAST(report->>'$.seenAt' AS SIGNED) - ?)", [SETTLED_MS]);

const registered = (id: string): Fact => ({ name: "account.registered", subject: { type: "user", id }, data: {} });
const happen = (...facts: Fact[]): Promise<void> => perform(theShop, (ctx) => emit(ctx, ...facts));

test("what happened is passed on once, and only to who waits for it", async () => {
  const { handler, heard } = hearing();
  await happen(registered("1"), { name: "account.erased", subject: { type: "user", id: "2" }, data: {} });
  expect(await dispatch([handler])).toMatchObject({ handled: 1, failures: [], finished: 1 });
  expect(await dispatch([handler])).toMatchObject({ handled: 0 });
  expect(heard).toEqual(["1"]);
});

test("an event that its handler does not want costs no transaction and no row", async () => {
  const { handler, heard } = hearing({ wants: ({ subjectId }) => subjectId === "2" });
  await happen(registered("1"), registered("2"));
  expect(await dispatch([handler])).toMatchObject({ handled: 1 });
  expect(heard).toEqual(["2"]);
  expect(await count("SELECT COUNT(*) FROM handled_events")).toBe(1);
});

test("two runs at once, and a third without their reports, pass each event on once", async () => {
  const { handler } = hearing({ handle: async (ctx, event) => void (await emit(ctx, { name: "account.exported", subject: { type: "user", id: event.subjectId }, data: {} })) });
  await happen(...Array.from({ length: 60 }, (_, index) => registered(String(index))));
  const reports = await atOnce(2, () => dispatch([handler]));
  expect(reports.reduce((sum, { handled }) => sum + handled, 0)).toBe(60);
  await rows("DELETE FROM job_runs");
  expect(await dispatch([handler])).toMatchObject({ handled: 0 });
  expect(await count("SELECT COUNT(*) FROM events WHERE name = 'account.exported'")).toBe(60);
  expect(await count("SELECT COUNT(DISTINCT subject_id) FROM events WHERE name = 'account.exported'")).toBe(60);
});

test("a handler that fails takes back what it did, stops nobody else's event, and is tried again until it succeeds", async () => {
  expectErrors();
  let isBroken = true;
  const { handler } = hearing({
    handle: async (ctx, event) => {
      await emit(ctx, { name: "account.exported", subject: { type: "user", id: event.subjectId }, data: {} });
      if (isBroken && event.subjectId === "1") throw new Error("not now");
    },
  });
  await happen(registered("1"), registered("2"));
  const { failures } = await dispatch([handler]);
  expect(failures).toHaveLength(1);
  expect(await rows("SELECT subject_id FROM events WHERE name = 'account.exported'")).toEqual([{ subject_id: "2" }]);
  await settle();
  expect(await dispatch([handler])).toMatchObject({ handled: 0, failures });
  await settle();
  isBroken = false;
  expect(await dispatch([handler])).toMatchObject({ handled: 1, failures: [] });
  expect(await count("SELECT COUNT(*) FROM events WHERE name = 'account.exported'")).toBe(2);
});

test("an event that fails for two weeks is given up", async () => {
  expectErrors();
  const { handler } = hearing({ handle: () => Promise.reject(new Error("never")) });
  await happen(registered("1"));
  expect(await dispatch([handler])).toMatchObject({ failures: [expect.any(String)], givenUp: 0 });
  theClock.passDays(15);
  expect(await dispatch([handler])).toMatchObject({ failures: [], givenUp: 1 });
  expect(await dispatch([handler])).toMatchObject({ failures: [], givenUp: 0 });
});

test("an event that commits after greater ids were passed on is passed on too", async () => {
  const { handler, heard } = hearing();
  const slow = await pool().getConnection();
  await slow.query("START TRANSACTION");
  await slow.query("INSERT INTO events (name, subject_type, subject_id, data) VALUES ('account.registered', 'user', 'slow', '{}')");
  await happen(registered("quick"));
  await dispatch([handler]);
  expect(heard).toEqual(["quick"]);
  await slow.query("COMMIT");
  slow.release();
  expect(await dispatch([handler])).toMatchObject({ handled: 0 });
  await settle();
  expect(await dispatch([handler])).toMatchObject({ handled: 1 });
  expect(heard).toEqual(["quick", "slow"]);
});

test("what has been read over twice is not read again", async () => {
  const { handler } = hearing();
  await happen(registered("1"));
  await dispatch([handler]);
  await settle();
  const { settledTo, seenTo } = await dispatch([handler]);
  expect(settledTo).toBe(seenTo);
  // A row below the mark that nobody has handled would be found, were it looked at.
  await rows("DELETE FROM handled_events");
  expect(await dispatch([handler])).toMatchObject({ handled: 0, settledTo });
});

test("a run that was killed is made up for by the next", async () => {
  const { handler, heard } = hearing();
  await happen(registered("1"), registered("2"));
  await dispatchEvents([handler], theClock.now(), Date.now() + 20_000);
  await happen(registered("3"));
  expect(await dispatch([handler])).toMatchObject({ handled: 1 });
  expect(heard.sort()).toEqual(["1", "2", "3"]);
});

test("a run without time passes nothing on, and the next does; failures it did not get to are kept", async () => {
  expectErrors();
  let isBroken = true;
  const { handler, heard } = hearing();
  const moody: EventHandler = { ...handler, handle: (ctx, event) => (isBroken ? Promise.reject(new Error("not now")) : handler.handle(ctx, event)) };
  await happen(registered("1"));
  await dispatch([moody]);
  isBroken = false;
  expect(await dispatch([moody], Date.now() - 1)).toMatchObject({ handled: 0, failures: [expect.any(String)] });
  expect(await dispatch([moody])).toMatchObject({ handled: 1, failures: [], finished: 1 });
  expect(heard).toEqual(["1"]);
});

test("events of one subject are handled in their order", async () => {
  const heard: string[] = [];
  const slowly: EventHandler = {
    names: ["account.registered", "account.verified"],
    handle: async (_, { name, subjectId }) => {
      await new Promise((wake) => setTimeout(wake, name === "account.registered" ? 30 : 0));
      heard.push(`${subjectId} ${name}`);
    },
  };
  await happen(...["1", "2", "3", "4"].flatMap((id): Fact[] => [registered(id), { name: "account.verified", subject: { type: "user", id }, data: {} }]));
  await dispatch([slowly]);
  for (const id of ["1", "2", "3", "4"]) expect(heard.indexOf(`${id} account.registered`)).toBeLessThan(heard.indexOf(`${id} account.verified`));
});

/** The notes of everything handled, so old that the housekeeping may look at them. */
const age = () => rows("UPDATE handled_events SET handled_at = handled_at - INTERVAL 8 DAY");
const keepHouse = async () => (await housekeepingJob.run(theClock.now(), Date.now() + 20_000)).handledEvents;
const handledIds = async () => (await rows<{ event_id: number }>("SELECT event_id FROM handled_events ORDER BY event_id")).map(({ event_id }) => event_id);

test("the housekeeping forgets what was handled below the mark, and nothing is handled twice for it", async () => {
  const { handler, heard } = hearing();
  await happen(registered("1"), registered("2"));
  await dispatch([handler]);
  await age();
  expect(await keepHouse()).toBe(0);
  await settle();
  await dispatch([handler]);
  await happen(registered("3"));
  await dispatch([handler]);
  await age();
  expect(await keepHouse()).toBe(2);
  expect(await handledIds()).toHaveLength(1);
  await settle();
  await dispatch([handler]);
  await settle();
  expect(await dispatch([handler])).toMatchObject({ handled: 0 });
  expect(heard.sort()).toEqual(["1", "2", "3"]);
});

test("what was handled within the last days is kept, and without any report of the dispatcher everything is", async () => {
  const { handler } = hearing();
  await happen(registered("1"));
  await dispatch([handler]);
  await settle();
  await dispatch([handler]);
  expect(await keepHouse()).toBe(0);
  await age();
  await rows("DELETE FROM job_runs");
  expect(await keepHouse()).toBe(0);
  expect(await handledIds()).toHaveLength(1);
});

test("a failure that was handled by hand is kept until no run carries it on, and one that was given up is kept for good", async () => {
  expectErrors();
  let isBroken = true;
  const { handler, heard } = hearing({ handle: async (_, event) => { if (isBroken) throw new Error("not now"); heard.push(event.subjectId); } });
  await happen(registered("1"));
  await dispatch([handler]);
  await settle();
  const { failures } = await dispatch([handler]);
  isBroken = false;
  const [event] = await listUnhandledOf(failures);
  expect(await retryEvent(event!, theClock.now(), [handler])).toEqual({ outcome: "handled" });
  expect(await retryEvent(event!, theClock.now(), [handler])).toEqual({ outcome: "already" });
  await age();
  expect(await keepHouse()).toBe(0);
  expect(await dispatch([handler])).toMatchObject({ handled: 0, failures: [] });
  await age();
  expect(await keepHouse()).toBe(1);

  isBroken = true;
  await happen(registered("2"));
  await dispatch([handler]);
  theClock.passDays(15);
  await dispatch([handler]);
  const [lost] = await listGivenUp(10);
  expect(lost).toMatchObject({ reason: "Error: not now" });
  isBroken = false;
  const [again] = await listUnhandledOf([String(lost!.id)]);
  expect(await retryEvent(again!, theClock.now(), [handler])).toEqual({ outcome: "handled" });
  expect(await listGivenUp(10)).toEqual([]);
  await settle();
  await dispatch([handler]);
  await age();
  await keepHouse();
  expect(await handledIds()).toEqual([lost!.id]);
  expect(heard).toEqual(["1", "2"]);
});

test("the newest report of the dispatcher outlives the season: without it everything would be read again", async () => {
  const { handler } = hearing();
  await happen(registered("1"));
  await dispatch([handler]);
  await dispatch([handler]);
  theClock.passDays(200);
  await keepHouse();
  expect(await count("SELECT COUNT(*) FROM job_runs WHERE job = 'dispatch-events'")).toBe(1);
});

test("a failure says why, in the report of the run", async () => {
  expectErrors();
  const { handler } = hearing({ handle: () => Promise.reject(new Error("the bank\nis closed")) });
  await happen(registered("1"));
  const { failures, reasons } = await dispatch([handler]);
  expect(reasons).toEqual({ [failures[0]!]: "Error: the bank is closed" });
});
