/** MySQL and Redis for a command: what the environment names, or private servers that commands share. */
import { createHash } from "node:crypto";
import { join } from "node:path";
import { stopContainers } from "./docker.mjs";
import { makePrivateDir, stopInstance } from "./instance.mjs";
import { livingLeases, returnLease, takeLease } from "./leases.mjs";
import { withLock } from "./lock.mjs";
import { greets, runningMysql } from "./mysql.mjs";
import { dataDir, runDir } from "./paths.mjs";
import { addressOf } from "./ports.mjs";
import { say } from "./progress.mjs";
import { provideMysql, provideRedis } from "./provide.mjs";
import { pongs, runningRedis } from "./redis.mjs";
import { atExit } from "./shutdown.mjs";

const mysqlDir = join(dataDir, "mysql");
const redisDir = join(dataDir, "redis");
const startLock = join(runDir, "lock");
const containerProject = `points-mall-${createHash("sha256").update(dataDir).digest("hex").slice(0, 8)}`;

/**
 * @typedef {object} Services
 * @property {string} mysqlUrl as the owner of the schema, where there are two users
 * @property {string | null} redisUrl null: the app runs without, on MySQL alone
 * @property {Record<string, string>} env what a child process needs to reach them
 * @property {() => Promise<void>} release called at exit too; the last command that leaves stops what was started
 */

/**
 * Finds MySQL and Redis, or starts them. In this order: DATABASE_URL, REDIS_URL and UPSTASH_REDIS_REST_URL; servers that
 * run already; programs on this machine; Docker; packages of Debian or Ubuntu. Two commands at once start them once.
 * @param {NodeJS.ProcessEnv} [env]
 * @returns {Promise<Services>}
 * @throws a sentence that says what to install, when there is no MySQL
 */
export async function findServices(env = process.env) {
  makePrivateDir(runDir);
  const onWait = ({ pid }) => say(`Waiting for process ${pid}, which is starting or stopping the servers …`);
  return withLock(startLock, () => startShared(env), { onWait });
}

async function startShared(env) {
  takeLease();
  let released = null;
  const release = () => (released ??= withLock(startLock, releaseShared));
  atExit(release);
  const mysql = await mysqlFor(env);
  const redis = await redisFor(env);
  const addresses = { mysqlUrl: mysql.ownerUrl ?? mysql.url, redisUrl: redis?.url ?? null };
  takeLease(addresses);
  if (!redis) say("Running without Redis: limits then rest on MySQL alone.");
  return { ...addresses, env: servicesEnv(mysql, redis), release };
}

async function mysqlFor(env) {
  if (env.DATABASE_URL) return { url: env.DATABASE_URL, ownerUrl: env.MIGRATE_DATABASE_URL || undefined };
  return (await runningMysql(mysqlDir)) ?? (await provideMysql({ dir: mysqlDir, profile: "kept", containerProject }));
}

async function redisFor(env) {
  if (env.UPSTASH_REDIS_REST_URL) return { url: env.UPSTASH_REDIS_REST_URL, rest: true };
  if (env.REDIS_URL) return { url: env.REDIS_URL };
  return (await runningRedis(redisDir)) ?? (await provideRedis({ dir: redisDir, profile: "kept", containerProject }));
}

/** An Upstash URL is in the environment already, with its token. An owner of another server's schema is never taken for this one's. */
export function servicesEnv(mysql, redis) {
  return { DATABASE_URL: mysql.url, MIGRATE_DATABASE_URL: mysql.ownerUrl ?? "", ...(redis && !redis.rest ? { REDIS_URL: redis.url } : {}) };
}

async function releaseShared() {
  if (!returnLease()) return;
  await stopInstance(redisDir);
  await stopInstance(mysqlDir);
  await stopContainers(containerProject);
}

/**
 * What runs now, for operators: the addresses that the shop's server uses, else those of whoever has used them longest.
 * @param {number | undefined} ownerPid who started the shop's server
 * @returns {Promise<{ mysql: string | null, redis: string | null }>} null where nobody answers
 */
export async function reachableServices(ownerPid) {
  const leases = livingLeases();
  const { mysqlUrl, redisUrl } = leases.find(({ pid }) => pid === ownerPid) ?? leases[0] ?? givenServices();
  return { mysql: (await mysqlAnswers(mysqlUrl)) ? mysqlUrl : null, redis: (await redisAnswers(redisUrl)) ? redisUrl : null };
}

function givenServices() {
  const { DATABASE_URL, MIGRATE_DATABASE_URL, UPSTASH_REDIS_REST_URL, REDIS_URL } = process.env;
  return { mysqlUrl: MIGRATE_DATABASE_URL || DATABASE_URL, redisUrl: UPSTASH_REDIS_REST_URL || REDIS_URL };
}

async function mysqlAnswers(url) {
  if (!url) return false;
  const { host, port } = addressOf(url, 3306);
  return greets(host, port);
}

async function redisAnswers(url) {
  if (!url) return false;
  return /^rediss?:/.test(url) ? pongs(url) : true;
}
