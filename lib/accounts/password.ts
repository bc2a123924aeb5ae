import "server-only";

import { hash, verify } from "@node-rs/argon2";

/** OWASP's recommendation for argon2id: 19 MiB, two passes, one lane. */
const COST = { memoryCost: 19_456, timeCost: 2, parallelism: 1 };
/** Hashes under way at once; each holds 19 MiB and a thread. */
const AT_ONCE = 2;

const shared = globalThis as { pointsMallHashing?: { running: number; waiting: (() => void)[] } };
const desk = (shared.pointsMallHashing ??= { running: 0, waiting: [] });

/** argon2id of a new password. */
export const hashPassword = (password: string): Promise<string> => inTurn(() => hash(password, COST));

let decoy: Promise<string> | undefined;

/** Compares in the same time whether or not there is a hash, so that timing does not tell who is registered. Who has no password has a mark in its place, which is no hash. */
export async function passwordMatches(passwordHash: string | null, password: string): Promise<boolean> {
  decoy ??= hashPassword("nobody has this password");
  const isHash = passwordHash !== null && passwordHash.startsWith("$");
  const against = isHash ? passwordHash : await decoy;
  const matches = await inTurn(() => verify(against, password));
  return matches && isHash;
}

async function inTurn<T>(work: () => Promise<T>): Promise<T> {
  if (desk.running >= AT_ONCE) await new Promise<void>((next) => desk.waiting.push(next));
  desk.running++;
  try {
    return await work();
  } finally {
    desk.running--;
    desk.waiting.shift()?.();
  }
}
