/** Where things live: the project, its private data, and the cache that clones share. */
import { homedir } from "node:os";
import { join, resolve } from "node:path";
import { fileURLToPath } from "node:url";

export const projectRoot = fileURLToPath(new URL("../..", import.meta.url)).replace(/\/$/, "");

/** Private servers and their data; another directory gives a second shop that knows nothing of the first. */
export const dataDir = resolve(projectRoot, process.env.POINTS_MALL_DATA_DIR || ".data");

/** What is running now: locks, leases, addresses. Everything in it may be deleted while nothing runs. */
export const runDir = join(dataDir, "run");

/** Locks on what belongs to the project whatever the data directory: node_modules, the build, .env.local. */
export const projectRunDir = join(projectRoot, ".data/run");

export const cacheDir = join(process.env.XDG_CACHE_HOME || join(homedir(), ".cache"), "points-mall");

export const bundleDir = join(projectRoot, "node_modules/.cache/points-mall");
