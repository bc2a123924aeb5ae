import { closePool, pool } from "@/db/client";
import { migrateDatabase } from "@/db/migrate";
import { checkIn } from "@/lib/checkin/lanes";
import { redeem } from "@/lib/orders/lanes";
import { closeRedis } from "@/lib/redis";
import { requestKey } from "@/lib/request-key";

import { seedProgramme } from "../seed/programme";

import { measureArticle } from "./article";
import { benchExpiry, printLines, SWEEPER, sweepUntil } from "./expiry";
import { benchFlash } from "./flash";
import { measureBareRoute, measureSpend, startShop } from "./http";
import { redeemInteractively } from "./interactive";
import { drive, median, type Figure, type Sample } from "./measure";
import { benchReports } from "./reports";
import { printTable } from "./table";
import { aProduct, loadUsers, type LoadUser } from "./world";

const CALLERS = 128;
const ROUNDS = 3;
const PRODUCTS = 1_000;

type Workload = { name: string; run: () => Promise<Sample> };

const orderOf = (user: LoadUser, skuId: number) => redeem({ userId: user.id, lines: [{ skuId, quantity: 1 }], request: requestKey(undefined, "bench", {}) });

async function granted(answer: Promise<{ ok: boolean }>): Promise<void> {
  const { ok } = await answer;
  if (!ok) throw new Error("the workload has points and stock for all");
}

/** What everything is compared with comes first, and again in each round: speed drifts on a shared machine. */
async function workloads(): Promise<Workload[]> {
  const users = await loadUsers(2_000);
  const newcomers: LoadUser[][] = [];
  for (let round = 0; round < ROUNDS; round++) newcomers.push(await loadUsers(6_000));
  const many: number[] = [];
  for (let index = 0; index < PRODUCTS; index++) many.push((await aProduct(1_000)).skuId);
  await pool().query("CREATE TABLE IF NOT EXISTS bench_limit (id BIGINT AUTO_INCREMENT PRIMARY KEY, body VARCHAR(100) NOT NULL)");
  return [
    { name: "limit", run: () => drive(20_000, 64, () => pool().query("INSERT INTO bench_limit (body) VALUES ('one durable row')")) },
    { name: "baseline article", run: () => measureArticle(process.env.DATABASE_URL!, 1_500, CALLERS) },
    { name: "interactive", run: async () => interactively(users, (await aProduct(2_000)).skuId) },
    { name: "hot redeem", run: async () => hot(users, (await aProduct(20_000)).skuId) },
    { name: "hot redeem, commits of 2 ms more", run: async () => withSlowCommits(async () => hot(users, (await aProduct(20_000)).skuId)) },
    { name: "uniform redeem", run: () => drive(20_000, CALLERS, (index) => granted(orderOf(users[index % users.length]!, many[(index * 7) % many.length]!))) },
    { name: "check-in", run: () => checkAllIn(newcomers.pop()!) },
    { name: "sold-out answers", run: async () => soldOut(users, (await aProduct(1)).skuId) },
  ];
}

const interactively = (users: readonly LoadUser[], skuId: number) => drive(1_500, CALLERS, (index) => redeemInteractively(users[index % users.length]!.id, skuId));

const hot = (users: readonly LoadUser[], skuId: number) => drive(20_000, CALLERS, (index) => granted(orderOf(users[index % users.length]!, skuId)));

/** As on the disk of a slow cloud: each group of commits waits so long before it is written. */
async function withSlowCommits<T>(work: () => Promise<T>): Promise<T> {
  await pool().query("SET GLOBAL binlog_group_commit_sync_delay = 2000");
  try {
    return await work();
  } finally {
    await pool().query("SET GLOBAL binlog_group_commit_sync_delay = 0");
  }
}

const checkAllIn = (people: readonly LoadUser[]) => drive(people.length, CALLERS, (index) => granted(checkIn({ userId: people[index]!.id, request: requestKey(undefined, "bench", {}) })));

async function soldOut(users: readonly LoadUser[], skuId: number): Promise<Sample> {
  await granted(orderOf(users[0]!, skuId));
  return drive(100_000, CALLERS, (index) => orderOf(users[index % users.length]!, skuId));
}

/** Over HTTP, against a bare route of the same Next. */
async function httpWorkloads(): Promise<Workload[]> {
  const users = await loadUsers(2_000);
  const shop = await startShop();
  stopAtEnd.push(shop.stop);
  return [
    { name: "bare next route", run: () => measureBareRoute(shop, CALLERS) },
    { name: "hot redeem over http", run: () => measureSpend(shop, users, CALLERS, 15_000, { throughNext: false }) },
    { name: "hot redeem through next", run: () => measureSpend(shop, users, CALLERS, 5_000, { throughNext: true }) },
  ];
}

const stopAtEnd: (() => Promise<void>)[] = [];

async function main(): Promise<void> {
  const isJson = process.argv.includes("--json");
  const wanted = process.argv.slice(2).filter((argument) => !argument.startsWith("--"));
  if (wanted[0] === SWEEPER) return sweepUntil(wanted[1]!);
  await migrateDatabase(process.env.DATABASE_URL!);
  await seedProgramme();
  if (wanted[0] === "expiry" || wanted[0] === "flash") {
    const lines = await (wanted[0] === "flash" ? benchFlash : benchExpiry)(process.argv.slice(2));
    console.log(isJson ? JSON.stringify(lines, null, 1) : printLines(lines));
    return;
  }
  if (wanted[0] === "reports") return benchReports(process.argv.slice(2));
  const [first, ...others] = wanted[0] === "http" ? await httpWorkloads() : await workloads();
  const names = wanted.filter((name) => name !== "http");
  const all = [first!, ...others.filter(({ name }) => names.length === 0 || names.includes(name))];
  const samples = new Map<string, Sample[]>(all.map(({ name }) => [name, []]));
  for (let round = 1; round <= ROUNDS; round++) {
    for (const { name, run } of all) {
      const sample = await run();
      samples.get(name)!.push(sample);
      console.error(`round ${round} of ${ROUNDS}: ${name} ${Math.round(sample.perSecond)}/s`);
    }
  }
  const limit = median(samples.get(all[0]!.name)!).perSecond;
  const figures = all.map(({ name }): Figure => {
    const sample = median(samples.get(name)!);
    return { name, perSecond: sample.perSecond, p50Ms: sample.p50Ms, p99Ms: sample.p99Ms, ratioToLimit: sample.perSecond / limit };
  });
  console.log(isJson ? JSON.stringify(figures, null, 1) : printTable(figures));
}

main()
  .catch((error: unknown) => {
    console.error(error);
    process.exitCode = 1;
  })
  .finally(async () => {
    for (const stop of stopAtEnd) await stop();
    await Promise.all([closePool(), closeRedis()]);
  });
