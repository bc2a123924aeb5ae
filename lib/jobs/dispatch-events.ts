import "server-only";

import { emit } from "@/lib/events/commands";
import { handleEvent, isWanted } from "@/lib/events/handling/commands";
import { planScan, type Progress } from "@/lib/events/handling/progress";
import { getNewestEvent, listReports, listUnhandled, listUnhandledOf } from "@/lib/events/handling/queries";
import type { EventHandler, StoredEvent } from "@/lib/events/handler";
import { onPointsMoved } from "@/lib/levels/commands";
import { log } from "@/lib/log";
import { tellOfApproval } from "@/lib/notifications/approvals/commands";
import { tellOfCoupon } from "@/lib/notifications/coupons/commands";
import { tellOfEvent } from "@/lib/notifications/telling/commands";
import { onOrderDelivers } from "@/lib/orders/delivering/commands";
import { tellOfRisk } from "@/lib/notifications/risk/commands";
import { perform } from "@/lib/perform";
import { isRefusal } from "@/lib/refusal";
import { onPlaceShared, onOrderTakenBack } from "@/lib/risk/watching/commands";
import { onOrderCompleted, onOrderRefunded } from "@/lib/sharing/referrals/commands";

import { clockActor, type Job } from "./job";

const NAME = "dispatch-events";

/** What follows from events, in the order in which it happens within one of them. */
const HANDLERS: readonly EventHandler[] = [onOrderDelivers, onOrderCompleted, onOrderRefunded, onPointsMoved, onPlaceShared, onOrderTakenBack, tellOfEvent, tellOfCoupon, tellOfRisk, tellOfApproval];

export const dispatchEventsJob: Job = { everyMinutes: 1, run: (now, deadline) => dispatchEvents(HANDLERS, now, deadline) };

/** Ids of one statement. Most are of events that nobody handles: an order that is redeemed writes one. */
const IDS_AT_ONCE = 50_000;
const EVENTS_AT_ONCE = 500;
/** Handled side by side; events of one subject one after the other. */
const WIDTH = 4;
/** Failed events that are carried on. With so many the cause is not in them: nothing new is begun until they went through. */
const FAILURES_MAX = 500;
const DAY_MS = 86_400_000;
/** After so long a failed event is given up; every run until then has logged it. */
const GIVEN_UP_DAYS = 14;

type Run = {
  handlers: readonly EventHandler[];
  now: Date;
  deadline: number;
  handled: number;
  /** Ids of events that were tried in vain, or are still to be tried once more. */
  failures: Set<number>;
  /** Why, for whoever looks: of the first of them. */
  reasons: Map<number, string>;
  givenUp: number;
};
/** Reasons that a report has room for; more failures have a cause in common. */
const REASONS_MAX = 50;

/** Passes events on to those who wait for them: each once, in a transaction of its own. `Progress` says how the events are found. */
export async function dispatchEvents(handlers: readonly EventHandler[], now: Date, deadline: number): Promise<Progress & { handled: number; givenUp: number; finished: number; reasons: Record<string, string> }> {
  const run: Run = { handlers, now, deadline, handled: 0, failures: new Set(), reasons: new Map(), givenUp: 0 };
  const newest = await getNewestEvent();
  const { last, settlesTo } = planScan(await listReports(NAME), newest.databaseTime);
  const failed = await listUnhandledOf(last.failures);
  for (const { id } of failed) run.failures.add(id);
  await handleAll(run, failed);
  const settledTo = await readOver(run, last.settledTo, settlesTo);
  const seenTo = await readOver(run, last.seenTo, newest.id);
  const isDone = settledTo === settlesTo && seenTo === Math.max(last.seenTo, newest.id);
  return { settledTo, seenTo, seenAt: newest.databaseTime, failures: [...run.failures].map(String), reasons: Object.fromEntries(run.reasons), handled: run.handled, givenUp: run.givenUp, finished: isDone ? 1 : 0 };
}

/** Handles what is wanted within (`from`, `to`]; returns how far it came. */
async function readOver(run: Run, from: number, to: number): Promise<number> {
  const names = [...new Set(run.handlers.flatMap((handler) => handler.names))];
  let at = from;
  while (at < to && Date.now() < run.deadline && run.failures.size < FAILURES_MAX) {
    const end = Math.min(at + IDS_AT_ONCE, to);
    const found = await listUnhandled(names, at, end, EVENTS_AT_ONCE);
    if (!(await handleAll(run, found.filter((event) => !run.failures.has(event.id) && isWanted(run.handlers, event))))) break;
    at = found.length < EVENTS_AT_ONCE ? end : found.at(-1)!.id;
  }
  return at;
}

/** Handles these events; false when the time was over first. */
async function handleAll(run: Run, found: readonly StoredEvent[]): Promise<boolean> {
  const rows = Array.from({ length: WIDTH }, () => [] as StoredEvent[]);
  for (const event of found) rows[placeOf(event.subjectId)]!.push(event);
  const ends = await Promise.all(rows.map((row) => handleRow(run, row)));
  return ends.every(Boolean);
}

const placeOf = (subjectId: string): number => [...subjectId].reduce((sum, letter) => (sum * 31 + letter.charCodeAt(0)) % 9_973, 7) % WIDTH;

async function handleRow(run: Run, row: readonly StoredEvent[]): Promise<boolean> {
  for (const event of row) {
    if (Date.now() >= run.deadline) return false;
    await handleOne(run, event);
  }
  return true;
}

async function handleOne(run: Run, event: StoredEvent): Promise<void> {
  try {
    const isOurs = await perform(clockActor(NAME), (ctx) => handleEvent(ctx, run.handlers, event), run.now);
    if (isOurs) run.handled++;
    run.failures.delete(event.id);
    run.reasons.delete(event.id);
  } catch (error) {
    const isOld = run.now.getTime() - event.createdAt.getTime() > GIVEN_UP_DAYS * DAY_MS;
    log.error({ err: error, eventId: event.id, event: event.name, code: isRefusal(error) ? error.code : undefined, isGivenUp: isOld }, "an event was not handled");
    run.failures[isOld ? "delete" : "add"](event.id);
    if (isOld) await giveUp(run, event, reasonOf(error));
    else if (run.reasons.size < REASONS_MAX) run.reasons.set(event.id, reasonOf(error));
  }
}

/** What was given up is a fact: whoever finds the cause can still have it handled. */
async function giveUp(run: Run, event: StoredEvent, reason: string): Promise<void> {
  run.givenUp++;
  run.reasons.delete(event.id);
  await perform(clockActor(NAME), (ctx) => emit(ctx, { name: "event.given_up", subject: { type: "event", id: String(event.id) }, data: { event: event.name, of: event.subjectId, reason } }), run.now);
}

const REASON_MAX = 160;
const reasonOf = (error: unknown): string => (isRefusal(error) ? error.code : error instanceof Error ? `${error.name}: ${error.message}` : "unknown").replace(/\s+/g, " ").slice(0, REASON_MAX);

export type Retried = { outcome: "handled" | "already" } | { outcome: "failed"; reason: string };

/** Tries once more to handle one event that failed or was given up, now. */
export async function retryEvent(event: StoredEvent, now: Date, handlers: readonly EventHandler[] = HANDLERS): Promise<Retried> {
  try {
    const isOurs = await perform(clockActor(NAME), (ctx) => handleEvent(ctx, handlers, event), now);
    return { outcome: isOurs ? "handled" : "already" };
  } catch (error) {
    log.error({ err: error, eventId: event.id, event: event.name }, "an event was not handled, asked for by hand");
    return { outcome: "failed", reason: reasonOf(error) };
  }
}
