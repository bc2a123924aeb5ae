import "server-only";

import { readFile } from "node:fs/promises";
import { join } from "node:path";

import { db } from "@/db/client";
import { readRows, statement } from "@/db/packet";
import { settings } from "@/db/schema";

import { mailWay, type MailWay } from "./mail";
import { redis } from "./redis";
import { storage } from "./storage";

/** `away` is in order where the shop works without it: there, nobody set it up. */
export type Health = {
  database: "up" | "down";
  redis: "up" | "down" | "away";
  mail: MailWay;
  storage: "up" | "down";
  migrations: "current" | "behind" | "ahead" | "unknown";
};

/** What can be asked without waiting long: a shop that waits for its own health is not well. */
const PATIENCE_MS = 4_000;

export async function databaseAnswers(): Promise<boolean> {
  return answers(() => db().select({ name: settings.name }).from(settings).limit(1));
}

export async function redisAnswers(): Promise<"up" | "down" | "away"> {
  const client = redis();
  if (!client) return "away";
  return (await answers(() => client.ping())) ? "up" : "down";
}

export async function readHealth(): Promise<Health> {
  const [database, cache, files, migrations] = await Promise.all([
    databaseAnswers(), redisAnswers(), answers(async () => (await storage()).get("checks/health.txt")), migrationsStand(),
  ]);
  return { database: database ? "up" : "down", redis: cache, mail: mailWay(), storage: files ? "up" : "down", migrations };
}

async function answers(ask: () => PromiseLike<unknown>): Promise<boolean> {
  let timer: NodeJS.Timeout | undefined;
  const tooLate = new Promise<boolean>((resolve) => (timer = setTimeout(resolve, PATIENCE_MS, false)));
  const answered = Promise.resolve().then(ask).then(() => true, () => false);
  try {
    return await Promise.race([answered, tooLate]);
  } finally {
    clearTimeout(timer);
  }
}

type Journal = { entries: { when: number }[] };

/** Whether the database has the schema that this version was built with. Unknown where the migrations did not come along. */
async function migrationsStand(): Promise<Health["migrations"]> {
  try {
    const journal = JSON.parse(await readFile(join(process.cwd(), "drizzle/meta/_journal.json"), "utf8")) as Journal;
    const [row] = await readRows(statement("SELECT MAX(created_at) AS newest FROM __drizzle_migrations"));
    return standOf(Math.max(...journal.entries.map(({ when }) => when)), Number(row?.newest ?? 0));
  } catch {
    return "unknown";
  }
}

const standOf = (wanted: number, have: number): Health["migrations"] => (have === wanted ? "current" : have < wanted ? "behind" : "ahead");
