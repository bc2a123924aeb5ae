/** Which servers of the shop run: a file for each, for operators and for the next start. */
import { existsSync, mkdirSync, readFileSync, readdirSync, rmSync, statSync } from "node:fs";
import { join } from "node:path";
import { writePrivately } from "./instance.mjs";
import { dataDir } from "./paths.mjs";
import { identityOf, isAlive, self, stopProcess } from "./process.mjs";

/** Those of `npm run up`; tests record theirs in the directory that they delete. */
export const appsIn = (shopDataDir) => join(shopDataDir, "run/apps");
export const appsDir = appsIn(dataDir);

/** @typedef {{ pid: number, identity: string | null, url: string, owner: { pid: number, identity: string | null } }} AppRecord */

/**
 * @param {string} dir
 * @param {{ pid: number, url: string }} app started by this process
 * @returns {() => void} forgets it
 */
export function recordApp(dir, app) {
  mkdirSync(dir, { recursive: true });
  const file = join(dir, `${app.pid}.json`);
  writePrivately(file, JSON.stringify({ ...app, identity: identityOf(app.pid), owner: self }));
  return () => rmSync(file, { force: true });
}

/** @returns {AppRecord | null} the one that was started last */
export function runningApp(dir = appsDir) {
  return readApps(dir).find(isAlive) ?? null;
}

/** Ends servers whose starter was killed before it could stop them, and forgets those that have ended. */
export async function stopOrphanedApps(dir = appsDir) {
  for (const app of readApps(dir)) {
    if (isAlive(app) && isAlive(app.owner)) continue;
    await stopProcess(app);
    rmSync(join(dir, `${app.pid}.json`), { force: true });
  }
}

/** @returns {AppRecord[]} the newest first */
function readApps(dir) {
  if (!existsSync(dir)) return [];
  const startedAt = (file) => statSync(file).mtimeMs;
  const files = readdirSync(dir).map((name) => join(dir, name));
  const newestFirst = files.sort((left, right) => startedAt(right) - startedAt(left));
  return newestFirst.map((file) => JSON.parse(readFileSync(file, "utf8")));
}
