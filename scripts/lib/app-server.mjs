/** The shop's server as a child process: started, waited for, stopped. */
import { spawn } from "node:child_process";
import { closeSync, existsSync, mkdirSync, openSync, readFileSync } from "node:fs";
import { dirname } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { recordApp } from "./app-record.mjs";
import { projectRoot } from "./paths.mjs";
import { lastLines, stopChild } from "./process.mjs";
import { PlainError, atExit, isLeaving } from "./shutdown.mjs";

// A request makes much that dies young: with room for it, the collector runs half as often.
export const serverFlags = ["--enable-source-maps", "--max-semi-space-size=64"];

const READY_MS_MAX = 90_000;
const DRAIN_MS_MAX = 40_000;
const POLL_MS = 100;

/**
 * @typedef {{ url: string, ended: Promise<string>, stop: () => Promise<void> }} AppServer
 *   ended: with a sentence on how, unless we stopped it
 */

/**
 * Starts the server and waits until it is healthy.
 * @param {{ bundle: string, port: number, env: NodeJS.ProcessEnv, logFile: string | null, recordDir: string }} plan
 *   logFile: receives what the server prints; null: the terminal does. recordDir: see app-record.mjs
 * @returns {Promise<AppServer>}
 * @throws the server's last lines, when it ends before it is healthy
 */
export async function startApp({ bundle, port, env, logFile, recordDir }) {
  const url = `http://localhost:${port}`;
  const child = spawnServer({ bundle, logFile, env: { NEXTAUTH_URL: url, ...settingsOf(env), PORT: String(port) } });
  const forget = recordApp(recordDir, { pid: child.pid, url });
  const ended = new Promise((resolve) => {
    child.once("exit", (code, signal) => {
      forget();
      if (!isLeaving()) resolve(`The server ended with ${code ?? signal}.${logFile ? `\n${tail(logFile)}` : ""}`);
    });
  });
  const stop = () => stopChild(child, { graceMs: DRAIN_MS_MAX });
  atExit(stop);
  await Promise.race([untilHealthy(url), ended.then((how) => Promise.reject(new PlainError(how)))]);
  return { url, ended, stop };
}

function spawnServer({ bundle, env, logFile }) {
  if (logFile) mkdirSync(dirname(logFile), { recursive: true });
  const log = logFile ? openSync(logFile, "w", 0o600) : null;
  const stdio = log === null ? ["ignore", "inherit", "inherit"] : ["ignore", log, log];
  // Detached: Ctrl+C in the terminal reaches us, and we tell the server to drain.
  const child = spawn(process.execPath, [...serverFlags, bundle], { cwd: projectRoot, env, stdio, detached: true });
  if (log !== null) closeSync(log);
  return child;
}

/** An empty NEXTAUTH_URL means "not set". The schema's owner is not the shop's to be. */
function settingsOf({ NEXTAUTH_URL, ...given }) {
  const env = { ...given };
  delete env.MIGRATE_DATABASE_URL;
  return NEXTAUTH_URL ? { ...env, NEXTAUTH_URL } : env;
}

async function untilHealthy(url) {
  for (const deadline = Date.now() + READY_MS_MAX; Date.now() < deadline; await sleep(POLL_MS)) {
    const response = await fetch(`${url}/api/healthz`, { signal: AbortSignal.timeout(5_000) }).catch(() => null);
    if (response?.ok) return;
  }
  throw new PlainError(`The server at ${url} did not become healthy in ${READY_MS_MAX / 1000} s.`);
}

function tail(file) {
  return existsSync(file) ? lastLines(readFileSync(file, "utf8"), 30) : "";
}
