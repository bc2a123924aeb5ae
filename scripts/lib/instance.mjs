/** A server of ours: a directory with its data, its password and `instance.json`, which says who runs it and where. */
import { spawn } from "node:child_process";
import { randomBytes } from "node:crypto";
import { closeSync, existsSync, mkdirSync, openSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { identityOf, isAlive, lastLines, stopProcess } from "./process.mjs";

const READY_MS_MAX = 60_000;
const POLL_MS = 50;

/**
 * @typedef {{ pid: number, identity: string | null, port: number, url: string, ownerUrl?: string, binary: string }} Instance
 */

/** @returns {Instance | null} as it was last started, running or not */
export function readInstance(dir) {
  try {
    return JSON.parse(readFileSync(join(dir, "instance.json"), "utf8"));
  } catch {
    return null;
  }
}

/** @returns {Instance | null} */
export function livingInstance(dir) {
  const instance = readInstance(dir);
  return isAlive(instance) ? instance : null;
}

/**
 * The living server in `dir` once it answers: whoever started it may have been killed while it recovers its data.
 * One that stays silent is stopped, because a second server must not open the same data.
 * @param {string} dir
 * @param {(instance: Instance) => Promise<boolean>} answers
 * @returns {Promise<Instance | null>}
 */
export async function answeringInstance(dir, answers) {
  for (const deadline = Date.now() + READY_MS_MAX; Date.now() < deadline; await sleep(POLL_MS)) {
    const instance = livingInstance(dir);
    if (!instance || (await answers(instance))) return instance;
  }
  await stopInstance(dir);
  return null;
}

/** Waits for the server to end by itself after TERM, so that it leaves its data clean. */
export async function stopInstance(dir, { signal = "SIGTERM" } = {}) {
  const instance = livingInstance(dir);
  if (instance) await stopProcess(instance, { signal, graceMs: 60_000 });
}

/**
 * Starts a server that outlives this process and waits until it answers.
 * @param {{ dir: string, command: string[], port: number, url: string, ownerUrl?: string, binary: string, answers: () => Promise<boolean> }} plan
 * @returns {Promise<Instance>}
 */
export async function startInstance({ dir, command, port, url, ownerUrl, binary, answers }) {
  const logFile = join(dir, "server.log");
  const log = openSync(logFile, "a", 0o600);
  const [program, ...args] = command;
  // Detached: Ctrl+C in the terminal reaches us, and we stop the server after the app has drained.
  const child = spawn(program, args, { detached: true, stdio: ["ignore", log, log] });
  closeSync(log);
  child.unref();
  let failure = null;
  child.once("error", (error) => (failure = error.message));
  child.once("exit", (code, signal) => (failure ??= `it ended with ${code ?? signal}`));
  const instance = { pid: child.pid, identity: child.pid ? identityOf(child.pid) : null, port, url, ownerUrl, binary };
  // Written before it is ready: a stop in between finds the process.
  if (child.pid) writePrivately(join(dir, "instance.json"), JSON.stringify(instance, null, 2));

  for (const deadline = Date.now() + READY_MS_MAX; !(await answers()); await sleep(POLL_MS)) {
    if (!failure && Date.now() < deadline) continue;
    await stopInstance(dir);
    throw new Error(`${binary} did not start: ${failure ?? "no answer"}.\n${tail(logFile)}`);
  }
  return instance;
}

function tail(file) {
  return existsSync(file) ? lastLines(readFileSync(file, "utf8"), 20) : "";
}

/** A password of the server in `dir`, made on first use. */
export function passwordOf(dir, name = "password") {
  const file = join(dir, name);
  if (!existsSync(file)) writePrivately(file, randomBytes(24).toString("hex"));
  return readFileSync(file, "utf8").trim();
}

export function writePrivately(file, text) {
  rmSync(file, { force: true });
  writeFileSync(file, text, { mode: 0o600 });
}

export function makePrivateDir(dir) {
  mkdirSync(dir, { recursive: true, mode: 0o700 });
  return dir;
}
