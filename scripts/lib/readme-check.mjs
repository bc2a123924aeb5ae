/** Does the README's first command work? Starts `npm run up` as a reader would, looks at the shop, presses Ctrl+C. */
import { spawn } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { appsIn, runningApp } from "./app-record.mjs";
import { livingInstance } from "./instance.mjs";
import { projectRoot } from "./paths.mjs";
import { freePort } from "./ports.mjs";
import { run } from "./process.mjs";
import { say } from "./progress.mjs";
import { atExit } from "./shutdown.mjs";
import { sum, tallyOf } from "./tally.mjs";

const READY_MS_MAX = 10 * 60_000;
const STOPPED_MS_MAX = 90_000;

/** The shop of whoever runs this is not the one to try things on. */
const NOTHING_SET = { DATABASE_URL: "", MIGRATE_DATABASE_URL: "", REDIS_URL: "", UPSTASH_REDIS_REST_URL: "", NEXTAUTH_URL: "" };

/** @returns {Promise<import("./tally.mjs").Tally>} */
export async function checkReadme() {
  const dataDir = mkdtempSync(join(tmpdir(), "points-mall-readme-"));
  atExit(() => rmSync(dataDir, { recursive: true, force: true }));
  const env = { ...process.env, ...NOTHING_SET, POINTS_MALL_DATA_DIR: dataDir, PORT: String(await freePort()) };
  const up = startUp(env);
  const url = await up.ready;
  const checks = {
    "npm run up gets ready": Boolean(url),
    "/ answers": await answers(`${url}/`),
    "/api/healthz answers": await answers(`${url}/api/healthz`),
    "npm run services names the shop": url !== null && (await servicesOf(env)).app === url,
    "Ctrl+C ends it with 0": (await up.interrupt()) === 0,
    "Ctrl+C leaves no server behind": ["mysql", "redis"].every((name) => !livingInstance(join(dataDir, name))),
  };
  for (const [sentence, ok] of Object.entries(checks)) say(`${ok ? "✓" : "✗"} ${sentence}`);
  return sum(Object.entries(checks).map(([sentence, ok]) => tallyOf(ok, sentence)));
}

function startUp(env) {
  const child = spawn("npm", ["run", "up"], { cwd: projectRoot, env, detached: true, stdio: ["ignore", "pipe", "inherit"] });
  const ended = new Promise((resolve) => child.once("exit", (code, signal) => resolve(code ?? signal)));
  // The script alone gets the signal: a shell between npm and it would die of its own and hide the script's exit code.
  const interrupt = async () => {
    const app = runningApp(appsIn(env.POINTS_MALL_DATA_DIR));
    if (child.exitCode === null) process.kill(app?.owner.pid ?? -child.pid, "SIGINT");
    return Promise.race([ended, after(STOPPED_MS_MAX, "still running")]);
  };
  atExit(interrupt);
  return { ready: Promise.race([readyUrl(child.stdout), ended.then(() => null), after(READY_MS_MAX, null)]), interrupt };
}

function readyUrl(stdout) {
  return new Promise((resolve) => {
    let output = "";
    stdout.setEncoding("utf8").on("data", (text) => {
      output += text;
      const ready = /is ready .*?: (http\S+)/.exec(output);
      if (ready) resolve(ready[1]);
    });
  });
}

function after(ms, value) {
  return new Promise((resolve) => setTimeout(resolve, ms, value).unref());
}

async function answers(url) {
  const response = await fetch(url).catch(() => null);
  return response?.ok ?? false;
}

async function servicesOf(env) {
  const { output } = await run("npm", ["run", "--silent", "services"], { cwd: projectRoot, env });
  // npm may have news of itself to tell on stderr.
  return JSON.parse(output.split("\n").find((line) => line.startsWith("{")) ?? "{}");
}
