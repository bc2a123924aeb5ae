/** MySQL and Redis of one's own, for tests and benchmarks: on free ports, in a directory that is deleted at the end. */
import { mkdtempSync, readFileSync, readdirSync, rmSync, statSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { stopOrphanedApps } from "./app-record.mjs";
import { removeContainers } from "./docker.mjs";
import { makePrivateDir, stopInstance, writePrivately } from "./instance.mjs";
import { removeSocket } from "./mysql.mjs";
import { dataDir } from "./paths.mjs";
import { isAlive, self } from "./process.mjs";
import { provideMysql, provideRedis } from "./provide.mjs";
import { servicesEnv } from "./services.mjs";
import { atExit } from "./shutdown.mjs";

const PREFIX = "points-mall-own-";

/**
 * Never touches a real shop: the environment's URLs are not looked at.
 * @param {"throwaway" | "durable"} profile
 * @returns {Promise<import("./services.mjs").Services & { dir: string }>} the user of `mysqlUrl` may create databases named mall…, and users
 */
export async function startOwnServices(profile) {
  // What a benchmark measures is the disk, and the temporary directory may be memory.
  const parent = profile === "durable" ? makePrivateDir(dataDir) : tmpdir();
  await sweep(parent);
  const dir = mkdtempSync(join(parent, PREFIX));
  writePrivately(join(dir, "owner.json"), JSON.stringify(self));
  const containerProject = projectOf(self.pid);
  let released = null;
  const release = () => (released ??= remove(dir, containerProject));
  atExit(release);
  const mysql = await provideMysql({ dir: join(dir, "mysql"), profile, containerProject });
  const redis = await provideRedis({ dir: join(dir, "redis"), profile, containerProject });
  // Set to nothing where there is none, so that a shop's .env.local cannot fill them in.
  const env = {
    REDIS_URL: "", UPSTASH_REDIS_REST_URL: "", UPSTASH_REDIS_REST_TOKEN: "", ...servicesEnv(mysql, redis),
    STORAGE_DIR: join(dir, "uploads"), S3_ENDPOINT: "", S3_REGION: "", S3_BUCKET: "", S3_ACCESS_KEY_ID: "", S3_SECRET_ACCESS_KEY: "",
  };
  return { mysqlUrl: mysql.ownerUrl ?? mysql.url, redisUrl: redis?.url ?? null, env, release, dir };
}

async function remove(dir, containerProject) {
  await stopOrphanedApps(join(dir, "apps"));
  for (const name of ["mysql", "redis"]) await stopInstance(join(dir, name), { signal: "SIGKILL" });
  removeSocket(join(dir, "mysql"));
  await removeContainers(containerProject);
  rmSync(dir, { recursive: true, force: true });
}

/** Servers whose test run was killed. */
async function sweep(parent) {
  for (const entry of readdirSync(parent)) {
    const dir = join(parent, entry);
    if (entry.startsWith(PREFIX) && !isAlive(readOwner(dir)) && isSettled(dir)) await remove(dir, projectOf(readOwner(dir)?.pid));
  }
}

function projectOf(pid) {
  return `points-mall-own-${pid}`;
}

/** A directory of this minute may not have its owner's name in it yet. */
function isSettled(dir) {
  return Date.now() - statSync(dir).ctimeMs > 60_000 || readOwner(dir) !== null;
}

function readOwner(dir) {
  try {
    return JSON.parse(readFileSync(join(dir, "owner.json"), "utf8"));
  } catch {
    return null;
  }
}
