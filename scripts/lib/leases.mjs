/** Who uses the servers: one file per process, with the addresses that it uses. The last one to leave stops what was started. */
import { existsSync, mkdirSync, readFileSync, readdirSync, rmSync, statSync } from "node:fs";
import { join } from "node:path";
import { writePrivately } from "./instance.mjs";
import { runDir } from "./paths.mjs";
import { isAlive, self } from "./process.mjs";

const leasesDir = join(runDir, "leases");
const ownLease = join(leasesDir, String(process.pid));

/** @typedef {{ pid: number, identity: string | null, mysqlUrl?: string, redisUrl?: string | null }} Lease */

/**
 * Taken before anything is started, and again with the addresses once they are known.
 * @param {{ mysqlUrl?: string, redisUrl?: string | null }} [addresses]
 */
export function takeLease(addresses = {}) {
  mkdirSync(leasesDir, { recursive: true });
  writePrivately(ownLease, JSON.stringify({ ...self, ...addresses }));
}

/** @returns {boolean} whether nobody else uses the servers */
export function returnLease() {
  rmSync(ownLease, { force: true });
  return livingLeases().length === 0;
}

/**
 * Leases of processes that were killed are swept away.
 * @returns {Lease[]} the oldest first
 */
export function livingLeases() {
  if (!existsSync(leasesDir)) return [];
  const files = readdirSync(leasesDir).map((name) => join(leasesDir, name)).filter(isHeld);
  return files.sort((left, right) => statSync(left).mtimeMs - statSync(right).mtimeMs).map(readLease);
}

function isHeld(file) {
  const held = isAlive(readLease(file));
  if (!held) rmSync(file, { force: true });
  return held;
}

function readLease(file) {
  try {
    return JSON.parse(readFileSync(file, "utf8"));
  } catch {
    return null;
  }
}
