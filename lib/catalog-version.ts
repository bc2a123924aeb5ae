import "server-only";

import { randomUUID } from "node:crypto";

import { env } from "./env";
import { log } from "./log";
import { redis } from "./redis";

/** One Redis may serve several shops, each with a database of its own. */
const key = (): string => `mall:catalog-version:${new URL(env().DATABASE_URL).pathname}`;
/** Redis must answer within this time, or the catalogue is read from MySQL. */
const PATIENCE_MS = 150;

/**
 * Names the state of the catalogue that all processes of the shop agree on; what was read under another name is not shown any more.
 * Null when no Redis says so: then nothing that was read before may be shown.
 */
export async function catalogVersion(): Promise<string | null> {
  const client = redis();
  if (!client) return null;
  return patiently(async () => {
    const known = await client.get<string>(key());
    if (known !== null) return String(known);
    await client.set(key(), randomUUID(), { nx: true });
    return String(await client.get<string>(key()));
  });
}

/** Tells all processes that what they know of the catalogue is of before. */
export async function renewCatalogVersion(): Promise<void> {
  const client = redis();
  if (client) await patiently(() => client.set(key(), randomUUID()));
}

async function patiently<T>(ask: () => Promise<T>): Promise<T | null> {
  let timer: NodeJS.Timeout | undefined;
  const tooLate = new Promise<null>((resolve) => (timer = setTimeout(resolve, PATIENCE_MS, null)));
  try {
    return await Promise.race([ask(), tooLate]);
  } catch (error) {
    log.debug({ err: error }, "redis did not answer for the catalogue");
    return null;
  } finally {
    clearTimeout(timer);
  }
}
