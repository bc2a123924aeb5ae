import "server-only";

import { db } from "@/db/client";
import { transact } from "@/db/transact";

import { currentTime } from "./clock";
import type { Actor, Ctx } from "./ctx";
import { getPolicy } from "./settings/queries";

/** Opens a transaction for a command: what actions, route handlers, lanes, jobs, scripts and tests have in common. */
export async function perform<T>(actor: Actor, work: (ctx: Ctx) => Promise<T>, now: Date = currentTime()): Promise<T> {
  const policy = await getPolicy(db());
  return transact((tx, afterCommit) => work({ tx, actor, now, policy, afterCommit }));
}
