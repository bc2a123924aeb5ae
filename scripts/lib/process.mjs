/** Other processes: who they are, how they are run to their end, how they are stopped. */
import { spawn, spawnSync } from "node:child_process";
import { accessSync, constants, readFileSync, statSync } from "node:fs";
import { delimiter, join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { atExit, isLeaving } from "./shutdown.mjs";

const OUTPUT_CHARACTERS_MAX = 4_000_000;

/**
 * A name for a living process that no later process with the same pid shares; null when it is gone.
 * @param {number} pid
 * @returns {string | null}
 */
export function identityOf(pid) {
  if (process.platform === "linux") return linuxIdentityOf(pid);
  const { status, stdout } = spawnSync("ps", ["-o", "stat=,lstart=", "-p", String(pid)], { encoding: "utf8" });
  if (status !== 0 || stdout.trim().startsWith("Z")) return null;
  return stdout.trim().replace(/^\S+\s+/, "");
}

function linuxIdentityOf(pid) {
  try {
    // The command's name stands in brackets and may itself hold spaces: count fields after the last bracket.
    const fields = readFileSync(`/proc/${pid}/stat`, "utf8").replace(/^.*\) /s, "").split(" ");
    const [state, startedAtTicks] = [fields[0], fields[19]];
    // A zombie has ended; where nobody reaps it (pid 1 of a container) it would look alive for ever.
    return state === "Z" ? null : `${bootId()}:${startedAtTicks}`;
  } catch {
    return null;
  }
}

function bootId() {
  return readFileSync("/proc/sys/kernel/random/boot_id", "utf8").trim();
}

/**
 * @param {{ pid?: number, identity?: string | null } | null | undefined} owner as recorded when the process started
 */
export function isAlive(owner) {
  return Boolean(owner?.pid && owner.identity && identityOf(owner.pid) === owner.identity);
}

/** This process, in the form that `isAlive` understands. */
export const self = { pid: process.pid, identity: identityOf(process.pid) };

/**
 * Asks a process to stop, and makes it stop when it has not within `graceMs`.
 * @param {{ pid: number, identity: string | null }} owner
 */
export async function stopProcess(owner, { signal = "SIGTERM", graceMs = 15_000 } = {}) {
  for (const attempt of [signal, "SIGKILL"]) {
    if (!isAlive(owner)) return;
    sendSignal(owner.pid, attempt);
    const deadline = Date.now() + (attempt === "SIGKILL" ? 5_000 : graceMs);
    while (isAlive(owner) && Date.now() < deadline) await sleep(50);
  }
}

function sendSignal(pid, signal) {
  try {
    process.kill(pid, signal);
  } catch (error) {
    if (error.code !== "ESRCH") throw error;
  }
}

/**
 * Runs a command to its end and keeps what it printed. A stop of this script stops the command too.
 * @param {string} command
 * @param {string[]} args
 * @param {{ cwd?: string, env?: NodeJS.ProcessEnv, onOutput?: (text: string) => void }} [options]
 * @returns {Promise<{ code: number, output: string }>} output is stdout and stderr as they came; code 127 when it cannot run
 */
export function run(command, args, { onOutput, ...options } = {}) {
  return new Promise((resolve) => {
    const startedWhileLeaving = isLeaving();
    const child = spawn(command, args, { ...options, detached: true, stdio: ["ignore", "pipe", "pipe"] });
    const forget = atExit(() => stopChild(child, { group: true }));
    let output = "";
    const keep = (text) => {
      output = (output + text).slice(-OUTPUT_CHARACTERS_MAX);
      onOutput?.(text);
    };
    child.stdout.setEncoding("utf8").on("data", keep);
    child.stderr.setEncoding("utf8").on("data", keep);
    child.once("error", (error) => resolve({ code: 127, output: String(error.message) }));
    child.once("close", (code) => {
      forget();
      // Interrupted by our own stop: what waits for the result must not take it for a failure and go on.
      if (isLeaving() && !startedWhileLeaving) return;
      resolve({ code: code ?? 1, output });
    });
  });
}

/**
 * Runs a command to its end on our own terminal.
 * @returns {Promise<number>} its exit code
 */
export function runShown(command, args, options) {
  return new Promise((resolve, reject) => {
    const child = spawn(command, args, { ...options, detached: true, stdio: ["ignore", "inherit", "inherit"] });
    const forget = atExit(() => stopChild(child, { group: true }));
    child.once("error", reject);
    child.once("close", (code) => {
      forget();
      if (!isLeaving()) resolve(code ?? 1);
    });
  });
}

/** As `run`, but a failure is an error that carries the end of the output. */
export async function runOrThrow(command, args, options) {
  const { code, output } = await run(command, args, options);
  if (code !== 0) throw new Error(`${command} ${args.join(" ")} failed (${code}):\n${lastLines(output, 30)}`);
  return output;
}

/**
 * Stops a child and, when it leads a group of its own, what it started in turn: workers would outlive it.
 * @param {import("node:child_process").ChildProcess} child
 */
export async function stopChild(child, { group = false, graceMs = 10_000 } = {}) {
  if (child.exitCode !== null || child.signalCode !== null || !child.pid) return;
  const target = group ? -child.pid : child.pid;
  const gone = new Promise((resolve) => child.once("exit", resolve));
  sendSignal(target, "SIGTERM");
  const timer = setTimeout(sendSignal, graceMs, target, "SIGKILL");
  await gone;
  clearTimeout(timer);
  if (group) sendSignal(target, "SIGKILL");
}

export function lastLines(text, count) {
  return text.trimEnd().split("\n").slice(-count).join("\n");
}

/** Full paths of an executable: along PATH first, then in `moreDirs`. */
export function findExecutables(name, moreDirs = []) {
  const dirs = [...(process.env.PATH ?? "").split(delimiter).filter(Boolean), ...moreDirs];
  return [...new Set(dirs.map((dir) => join(dir, name)))].filter(isExecutable);
}

function isExecutable(file) {
  try {
    accessSync(file, constants.X_OK);
    return statSync(file).isFile();
  } catch {
    return false;
  }
}
