import { rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";

import { afterAll, afterEach, beforeAll, expect, inject } from "vitest";

import { moveClock } from "@/lib/clock";
import { seedProgramme } from "@/scripts/seed/programme";

import { databaseUrl, emptyDatabase, prepareDatabase, violations } from "../database";

// The shop's own settings, before any of its modules asks for them.
Object.assign(process.env, {
  // Named after the process: Vitest's own number for a worker is not always its own.
  DATABASE_URL: databaseUrl(`${inject("databasePrefix")}${process.pid}`),
  REDIS_URL: inject("redisUrl"),
  NEXTAUTH_URL: "http://localhost:3000",
  NEXTAUTH_SECRET: "a secret that only the tests of this shop know",
  CRON_SECRET: "another secret that only the tests of this shop know",
  PAYMENT_TEST_CASHIER: "1",
  STORAGE_DIR: join(tmpdir(), `points-mall-test-${process.pid}`),
  RATE_LIMIT_SCALE: "1000",
  POOL_SIZE: "20",
});

beforeAll(async () => {
  await prepareDatabase();
  await emptyDatabase();
  await seedProgramme();
});

afterEach(() => moveClock(0));

afterAll(() => rm(process.env.STORAGE_DIR!, { recursive: true, force: true }));

/** Whatever a file did, the books are right when it is over. */
afterAll(async () => {
  expect(await violations(), "invariants of the ledger").toEqual([]);
});
