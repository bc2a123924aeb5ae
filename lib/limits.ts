import "server-only";

import { Ratelimit } from "@upstash/ratelimit";
import { and, eq, lt, or } from "drizzle-orm";

import { insertRows, sendPacket } from "@/db/packet";
import { rateWindows } from "@/db/schema";
import { transact } from "@/db/transact";

import { currentTime } from "./clock";
import { env } from "./env";
import { Lane, sharedLane } from "./lane";
import { log } from "./log";
import { redis } from "./redis";
import { Refusal } from "./refusal";

/** Requests per window, per account or address. These guard the server; what points may be earned is decided in MySQL. */
export const LIMITS = {
  "sign-in-account": { requests: 10, seconds: 60 },
  "sign-in-address": { requests: 60, seconds: 60 },
  "sign-up-address": { requests: 30, seconds: 3600 },
  "shopper-write": { requests: 600, seconds: 60 },
  "shopper-read": { requests: 1200, seconds: 60 },
  "staff-write": { requests: 300, seconds: 60 },
} as const satisfies Record<string, { requests: number; seconds: number }>;

export type LimitName = keyof typeof LIMITS;

type Verdict = { isAllowed: boolean; retryAfterSeconds: number };

/** Refuses `too_many_requests` { retryAfterSeconds } when `who` has used up the window. */
export async function limit(name: LimitName, who: string | number): Promise<void> {
  const verdict = (await askRedis(name, String(who))) ?? (await askMysql(name, String(who)));
  if (!verdict.isAllowed) throw new Refusal("too_many_requests", { retryAfterSeconds: verdict.retryAfterSeconds });
}

const allowed = (name: LimitName): number => Math.max(1, Math.floor(LIMITS[name].requests * env().RATE_LIMIT_SCALE));

/** Redis must answer within this time, or the window is counted in MySQL. */
const REDIS_PATIENCE_MS = 150;

const shared = globalThis as { pointsMallRatelimits?: Map<string, Ratelimit> };

function ratelimitFor(name: LimitName): Ratelimit | null {
  const client = redis();
  if (!client) return null;
  const known = (shared.pointsMallRatelimits ??= new Map());
  let ratelimit = known.get(name);
  if (!ratelimit) {
    ratelimit = new Ratelimit({
      redis: client, prefix: `mall:limit:${name}`, limiter: Ratelimit.fixedWindow(allowed(name), `${LIMITS[name].seconds} s`), timeout: REDIS_PATIENCE_MS, analytics: false,
    });
    known.set(name, ratelimit);
  }
  return ratelimit;
}

/** Null when there is no Redis, or none that answers: then MySQL counts. */
async function askRedis(name: LimitName, who: string): Promise<Verdict | null> {
  const ratelimit = ratelimitFor(name);
  if (!ratelimit) return null;
  try {
    const { success, reset, reason } = await ratelimit.limit(who);
    if (reason === "timeout") return null;
    return { isAllowed: success, retryAfterSeconds: Math.max(1, Math.ceil((reset - Date.now()) / 1000)) };
  } catch (error) {
    log.debug({ err: error }, "redis did not count a request");
    return null;
  }
}

type Hit = { bucket: string; windowStartsAt: Date };

/** Counts the windows of one tick together: a row for each bucket, raised by its hits. */
const mysqlHits = () => sharedLane("rate-windows", () => new Lane<Hit, number>(countHits, { batchMax: 512, widthMax: 1, waitingMax: 20_000 }));

async function askMysql(name: LimitName, who: string): Promise<Verdict> {
  const windowMs = LIMITS[name].seconds * 1000;
  const now = currentTime().getTime();
  const windowStartsAt = new Date(now - (now % windowMs));
  const hits = await mysqlHits().submit({ bucket: `${name}:${who}`.slice(0, 120), windowStartsAt });
  return { isAllowed: hits <= allowed(name), retryAfterSeconds: Math.max(1, Math.ceil((windowStartsAt.getTime() + windowMs - now) / 1000)) };
}

/** For each hit, which one it is in its window. */
async function countHits(hits: readonly Hit[]): Promise<number[]> {
  const mine = new Map<string, Hit & { count: number }>();
  const places = hits.map((hit) => {
    const key = keyOf(hit);
    const entry = mine.get(key) ?? { ...hit, count: 0 };
    mine.set(key, entry);
    return { key, place: ++entry.count };
  });
  // Sorted, so that two processes raise the same buckets in the same order.
  const raised = [...mine.values()].sort((a, b) => (a.bucket < b.bucket ? -1 : 1));
  const counted = await transact(async (tx) => {
    const insert = insertRows("rate_windows", ["bucket", "window_starts_at", "hits"], raised.map((hit) => [hit.bucket, hit.windowStartsAt, hit.count]));
    await sendPacket(tx, [{ ...insert, sql: `${insert.sql} ON DUPLICATE KEY UPDATE hits = hits + VALUES(hits)` }]);
    return tx
      .select()
      .from(rateWindows)
      .where(or(...raised.map((hit) => and(eq(rateWindows.bucket, hit.bucket), eq(rateWindows.windowStartsAt, hit.windowStartsAt)))));
  });
  const total = new Map(counted.map((row) => [keyOf(row), row.hits]));
  return places.map(({ key, place }) => total.get(key)! - mine.get(key)!.count + place);
}

const keyOf = (hit: Hit): string => `${hit.bucket} ${hit.windowStartsAt.getTime()}`;

/** Deletes windows that are long over; returns how many. */
export async function forgetOldWindows(now: Date): Promise<number> {
  const longAgo = new Date(now.getTime() - 86_400_000);
  return transact(async (tx) => {
    const [header] = await tx.delete(rateWindows).where(lt(rateWindows.windowStartsAt, longAgo));
    return header.affectedRows;
  });
}

