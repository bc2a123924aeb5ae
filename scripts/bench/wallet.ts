import { eq } from "drizzle-orm";

import { db } from "@/db/client";
import { users } from "@/db/schema";
import { currentTime } from "@/lib/clock";
import type { UserId } from "@/lib/ctx";
import { getBalance, listEntries, listLots } from "@/lib/points/queries";

const PEOPLE = 3_000;
const ENTRIES_SHOWN = 20;

/** Milliseconds, medians over many people in turn: a select by primary key, and what a wallet page asks (balance, lots, first page of the ledger). */
export type WalletFigures = { selectMs: number; walletMs: number; ratio: number };

/** Of people spread evenly over all, so that most are not in any cache of the database but its own. */
export async function measureWallet(people: number): Promise<WalletFigures> {
  const now = currentTime();
  const times = { select: [] as number[], wallet: [] as number[] };
  for (let index = 0; index < PEOPLE; index++) {
    const id = (1 + ((index * 7_919) % people)) as UserId;
    times.select.push(await timeOf(() => db().select({ username: users.username }).from(users).where(eq(users.id, id))));
    times.wallet.push(await timeOf(() => Promise.all([getBalance(db(), id, now), listLots(db(), id, now), listEntries(db(), id, { filter: "all", limit: ENTRIES_SHOWN }, now)])));
  }
  const [selectMs, walletMs] = [medianOf(times.select), medianOf(times.wallet)];
  return { selectMs, walletMs, ratio: walletMs / selectMs };
}

async function timeOf(work: () => PromiseLike<unknown>): Promise<number> {
  const startedAt = performance.now();
  await work();
  return performance.now() - startedAt;
}

const medianOf = (all: number[]): number => all.sort((a, b) => a - b)[Math.floor(all.length / 2)]!;
