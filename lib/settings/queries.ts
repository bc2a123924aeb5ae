import "server-only";

import type { Db } from "@/db/client";
import { settings } from "@/db/schema";
import { rememberPolicy } from "@/lib/known-policy";
import { log } from "@/lib/log";

import { policyFrom, type Policy } from "./policy";

/** A changed setting is in force everywhere within this time. */
const FRESH_MS = 1_000;

const shared = globalThis as { pointsMallPolicy?: { readAt: number; policy: Promise<Policy> } };

/** The programme's settings, at most a second old. */
export function getPolicy(db: Db): Promise<Policy> {
  const known = shared.pointsMallPolicy;
  if (known && Date.now() - known.readAt < FRESH_MS) return known.policy;
  const policy = readPolicy(db);
  shared.pointsMallPolicy = { readAt: Date.now(), policy };
  policy.catch(() => (shared.pointsMallPolicy = undefined));
  return policy;
}

/** Forgets what was read, after a change in this process. */
export function forgetPolicy(): void {
  shared.pointsMallPolicy = undefined;
}

async function readPolicy(db: Db): Promise<Policy> {
  const rows = await db.select({ name: settings.name, value: settings.value }).from(settings);
  const { policy, ignored } = policyFrom(rows);
  if (ignored.length > 0) log.warn({ ignored }, "settings that do not fit were ignored");
  rememberPolicy(policy);
  return policy;
}
