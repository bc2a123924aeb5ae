/** A lock between processes that outlives none of them: a file that names its holder. */
import { linkSync, mkdirSync, readFileSync, rmdirSync, rmSync, statSync, writeFileSync } from "node:fs";
import { dirname } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { isAlive, self } from "./process.mjs";

const RETRY_MS = 100;
const BREAKING_MS_MAX = 5_000;

/** Locks of this process: its clean-up runs inside a lock that it already holds. */
const held = new Set();

/**
 * Runs `work` while no other process holds `file`. A holder that died is passed over.
 * @template T
 * @param {string} file
 * @param {() => Promise<T>} work
 * @param {{ onWait?: (holder: { pid: number }) => void }} [options] called once when another process holds it
 * @returns {Promise<T>}
 */
export async function withLock(file, work, { onWait } = {}) {
  if (held.has(file)) return work();
  mkdirSync(dirname(file), { recursive: true });
  for (let waited = false; !tryLock(file); await sleep(RETRY_MS)) {
    const holder = readHolder(file);
    if (holder && !isAlive(holder)) breakLock(file);
    else if (holder && !waited) onWait?.(holder);
    waited ||= holder !== null;
  }
  held.add(file);
  const unlock = () => {
    if (held.delete(file)) rmSync(file, { force: true });
  };
  process.once("exit", unlock);
  try {
    return await work();
  } finally {
    process.off("exit", unlock);
    unlock();
  }
}

/** Linking a finished file is atomic, so nobody ever reads a lock without its holder in it. */
function tryLock(file) {
  const own = `${file}.${process.pid}`;
  writeFileSync(own, JSON.stringify(self));
  try {
    linkSync(own, file);
    return true;
  } catch (error) {
    if (error.code !== "EEXIST") throw error;
    return false;
  } finally {
    rmSync(own, { force: true });
  }
}

function readHolder(file) {
  try {
    return JSON.parse(readFileSync(file, "utf8"));
  } catch {
    return null;
  }
}

/** Only one waiter at a time may remove a dead holder's file, else the second would remove the first one's new lock. */
function breakLock(file) {
  const guard = `${file}.breaking`;
  try {
    mkdirSync(guard);
  } catch {
    if (ageMs(guard) > BREAKING_MS_MAX) rmSync(guard, { recursive: true, force: true });
    return;
  }
  const holder = readHolder(file);
  if (holder && !isAlive(holder)) rmSync(file, { force: true });
  rmdirSync(guard);
}

function ageMs(path) {
  try {
    return Date.now() - statSync(path).mtimeMs;
  } catch {
    return 0;
  }
}
