import { sql } from "drizzle-orm";

import { db } from "@/db/client";
import { settings } from "@/db/schema";
import { mailWay } from "@/lib/mail";
import { redis } from "@/lib/redis";

export const dynamic = "force-dynamic";

/** Whether the shop can serve: 503 names what cannot. Redis may be away; then the shop is slower, not wrong. Without a mail server mail waits. */
export async function GET(): Promise<Response> {
  const [database, cache] = await Promise.all([
    answers(() => db().select({ one: sql`1` }).from(settings).limit(1)),
    answers(async () => redis()?.ping()),
  ]);
  return Response.json({ status: database ? "ready" : "unready", checks: { database, redis: redis() === null ? "absent" : cache, mail: mailWay() === "none" ? "absent" : mailWay() } }, { status: database ? 200 : 503 });
}

async function answers(ask: () => Promise<unknown>): Promise<boolean> {
  try {
    await ask();
    return true;
  } catch {
    return false;
  }
}
