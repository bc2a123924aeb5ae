import { closePool } from "@/db/client";
import { env, type Env } from "@/lib/env";
import { closeRedis } from "@/lib/redis";
import { forgetPolicy } from "@/lib/settings/queries";

/** Runs the work with other settings of the process, on connections that were opened with them. */
export async function withSettings<T>(changes: { [name in keyof Env]?: Env[name] | undefined }, work: () => Promise<T>): Promise<T> {
  // Also what was not set at all: it must not be set afterwards.
  const before = Object.fromEntries(Object.keys(changes).map((name) => [name, env()[name as keyof Env]]));
  await restart(changes);
  try {
    return await work();
  } finally {
    await restart(before);
  }
}

/** The settings first: whoever asks meanwhile, beside the test, connects with the new ones. */
async function restart(settings: object): Promise<void> {
  Object.assign(env(), settings);
  await closePool();
  await closeRedis();
  delete (globalThis as { pointsMallRatelimits?: unknown }).pointsMallRatelimits;
  forgetPolicy();
}
