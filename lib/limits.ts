import "server-only";

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
  /** Mail that is sent for the asking: to one address, and for one who asks. */
  "mail-link-account": { requests: 5, seconds: 3600 },
  "mail-link-address": { requests: 30, seconds: 3600 },
  "link-use-address": { requests: 60, seconds: 60 },
  /** The present password, asked of somebody who is signed in. */
  reauthentication: { requests: 10, seconds: 900 },
  /** Codes of the second factor that are tried at one account: a guess finds one of some three hundred thousand. */
  "second-factor": { requests: 10, seconds: 900 },
  "own-data-export": { requests: 3, seconds: 86_400 },
  /** Visits through share links that count, from one address: phones of a whole town may share it. */
  "share-visit-address": { requests: 600, seconds: 3600 },
  /** Pages of a draw's proof, of twenty thousand spins each, for whoever checks it: a shop's largest round in a minute. */
  "proof-address": { requests: 60, seconds: 60 },
  /** How often a provider is asked about one payment, however many pages wait for it. */
  "payment-ask": { requests: 1, seconds: 5 },
  /** Looks at bought codes: of one person, however many they have. */
  "code-reveal": { requests: 120, seconds: 600 },
  /** Pick-up codes that one member of staff tries: a guess finds one of a hundred million. */
  "pickup-code": { requests: 30, seconds: 60 },
  /** Codes of coupons that somebody types and that could be real: more is guessing. */
  "coupon-code": { requests: 20, seconds: 900 },
  "coupon-code-address": { requests: 200, seconds: 900 },
  /** What a frozen person writes to the shop. */
  appeal: { requests: 5, seconds: 86_400 },
  "shopper-write": { requests: 600, seconds: 60 },
  "shopper-read": { requests: 1200, seconds: 60 },
  "staff-write": { requests: 300, seconds: 60 },
  /** Trying out the mail server and the storage. */
  "service-test": { requests: 6, seconds: 600 },
  /** Files that one member of staff takes out of the shop. */
  "staff-download": { requests: 60, seconds: 600 },
  /** What one member of staff looks up while typing. */
  "staff-search": { requests: 300, seconds: 60 },
} as const satisfies Record<string, { requests: number; seconds: number }>;

export type LimitName = keyof typeof LIMITS;

/** Refuses `too_many_requests` { retryAfterSeconds } when `who` has used up the window. */
export async function limit(name: LimitName, who: string | number): Promise<void> {
  const windowMs = LIMITS[name].seconds * 1000;
  const now = currentTime().getTime();
  const startsAt = now - (now % windowMs);
  const place = await hits().submit({ bucket: `${name}:${who}`.slice(0, 120), startsAt, windowMs });
  if (place <= allowed(name)) return;
  throw new Refusal("too_many_requests", { retryAfterSeconds: Math.max(1, Math.ceil((startsAt + windowMs - now) / 1000)) });
}

const allowed = (name: LimitName): number => Math.max(1, Math.floor(LIMITS[name].requests * env().RATE_LIMIT_SCALE));

type Hit = { bucket: string; startsAt: number; windowMs: number };
/** All hits of a window that came in one tick. */
type Window = Hit & { count: number };

/** The hits of one tick are counted together: one command, or one row, for each window they fall into. */
const hits = () => sharedLane("limits", () => new Lane<Hit, number>(placesOf, { batchMax: 1_000, widthMax: 2, besideMin: 32, waitingMax: 50_000 }));

/** For each hit, which one it is in its window. */
async function placesOf(all: readonly Hit[]): Promise<number[]> {
  const windows = new Map<string, Window>();
  const places = all.map((hit) => {
    const window = windows.get(keyOf(hit)) ?? { ...hit, count: 0 };
    windows.set(keyOf(hit), window);
    return { window, place: ++window.count };
  });
  // Sorted, so that two processes raise the same rows in the same order.
  const raised = [...windows.values()].sort((a, b) => (a.bucket < b.bucket ? -1 : 1));
  const totals = (await countInRedis(raised)) ?? (await countInMysql(raised));
  const total = new Map(raised.map((window, index) => [window, totals[index]!]));
  return places.map(({ window, place }) => total.get(window)! - window.count + place);
}

const keyOf = ({ bucket, startsAt }: Pick<Hit, "bucket" | "startsAt">): string => `${bucket}:${startsAt}`;

/** Redis must answer within this time, or the windows are counted in MySQL. */
const REDIS_PATIENCE_MS = 150;

/** The windows' hits so far; null when there is no Redis, or none that answers. */
async function countInRedis(windows: readonly Window[]): Promise<number[] | null> {
  const client = redis();
  if (!client) return null;
  const pipeline = client.pipeline();
  for (const window of windows) {
    const key = `mall:limit:${keyOf(window)}`;
    pipeline.incrby(key, window.count);
    pipeline.pexpire(key, window.windowMs);
  }
  let timer: NodeJS.Timeout | undefined;
  const tooLate = new Promise<null>((resolve) => (timer = setTimeout(resolve, REDIS_PATIENCE_MS, null)));
  try {
    const replies = await Promise.race([pipeline.exec<number[]>(), tooLate]);
    return replies && replies.filter((_, index) => index % 2 === 0);
  } catch (error) {
    log.debug({ err: error }, "redis did not count requests");
    return null;
  } finally {
    clearTimeout(timer);
  }
}

async function countInMysql(windows: readonly Window[]): Promise<number[]> {
  const startOf = (window: Window) => new Date(window.startsAt);
  const counted = await transact(async (tx) => {
    const insert = insertRows("rate_windows", ["bucket", "window_starts_at", "hits"], windows.map((window) => [window.bucket, startOf(window), window.count]));
    await sendPacket(tx, [{ ...insert, sql: `${insert.sql} ON DUPLICATE KEY UPDATE hits = hits + VALUES(hits)` }]);
    return tx
      .select()
      .from(rateWindows)
      .where(or(...windows.map((window) => and(eq(rateWindows.bucket, window.bucket), eq(rateWindows.windowStartsAt, startOf(window))))));
  });
  const found = new Map(counted.map((row) => [keyOf({ bucket: row.bucket, startsAt: row.windowStartsAt.getTime() }), row.hits]));
  return windows.map((window) => found.get(keyOf(window))!);
}

/** Deletes windows that are long over; returns how many. */
export async function forgetOldWindows(now: Date): Promise<number> {
  const longAgo = new Date(now.getTime() - 86_400_000);
  return transact(async (tx) => {
    const [header] = await tx.delete(rateWindows).where(lt(rateWindows.windowStartsAt, longAgo));
    return header.affectedRows;
  });
}

