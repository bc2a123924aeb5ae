/** The steps of `npm test`. Each shows its failures in full and hands back its counts. */
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { startApp } from "./app-server.mjs";
import { buildShop, serverBundle } from "./build-shop.mjs";
import { findChromium } from "./chromium.mjs";
import { randomSecret } from "./env-file.mjs";
import { projectRoot } from "./paths.mjs";
import { freePort } from "./ports.mjs";
import { lastLines, runShown } from "./process.mjs";
import { say, showProgress } from "./progress.mjs";
import { runStep } from "./run-ts.mjs";
import { atExit } from "./shutdown.mjs";
import { readPlaywright, readVitest, tallyOf } from "./tally.mjs";
import { startOwnServices } from "./throwaway.mjs";

const SHOP_TO_TEST = {
  NODE_ENV: "production",
  NEXTAUTH_URL: "",
  SHOP_DEMO: "1",
  PAYMENT_TEST_CASHIER: "1",
  // Limits on requests would take the journeys of one browser for an attack.
  RATE_LIMIT_SCALE: "1000",
};

// Shared by the steps that ask for them, made for the first one.
const services = once(() => startOwnServices("throwaway"));
const built = once(() => buildShop());
const reportsDir = once(makeReportsDir);

/** @type {Record<string, () => Promise<import("./tally.mjs").Tally>>} */
export const steps = {
  types: async () => tallyOf((await node("next/dist/bin/next", ["typegen"])) === 0 && (await tool("tsc", ["--noEmit"])) === 0),
  lint: async () => tallyOf((await tool("eslint", ["."])) === 0),
  pure: () => vitest("pure", { DATABASE_URL: "", REDIS_URL: "", UPSTASH_REDIS_REST_URL: "" }),
  db: async () => vitest("db", onDatabase("mall_test", (await services()).env)),
  race: async () => vitest("race", onDatabase("mall_test", (await services()).env)),
  build: async () => tallyOf((await built()) === undefined),
  browser: journeys,
};

async function vitest(project, env) {
  const report = join(reportsDir(), `${project}.json`);
  const reporters = ["--reporter=default", "--reporter=json", `--outputFile.json=${report}`];
  const code = await node("vitest/vitest.mjs", ["run", `--project=${project}`, ...reporters], { ...process.env, ...secrets(), ...env });
  return readVitest(report, code);
}

async function journeys() {
  const chromium = await findChromium();
  await built();
  const { dir, env } = await services();
  const shopEnv = { ...process.env, ...secrets(), ...env, ...SHOP_TO_TEST };
  await runStep("Migrating the database", "scripts/migrate.ts", shopEnv);
  await runStep("Filling the shop with demo data", "scripts/seed.ts", shopEnv);
  const logFile = join(dir, "app.log");
  const plan = { bundle: serverBundle, port: await freePort(), env: shopEnv, logFile, recordDir: join(dir, "apps") };
  const app = await showProgress("Starting the server", () => startApp(plan));
  const counts = await playwright({ ...shopEnv, NODE_ENV: "test", E2E_BASE_URL: app.url, ...(chromium ? { CHROMIUM_PATH: chromium } : {}) });
  await app.stop();
  if (counts.failed > 0) say(`The server's last words:\n${lastLines(readFileSync(logFile, "utf8"), 40)}`);
  return counts;
}

async function playwright(env) {
  const report = join(reportsDir(), "browser.json");
  const code = await node("playwright/cli.js", ["test", "--reporter=list,json"], { ...env, PLAYWRIGHT_JSON_OUTPUT_NAME: report });
  return readPlaywright(report, code);
}

/** A database beside the shop's: what tests wipe is never what the journeys look at. */
function onDatabase(name, env) {
  const url = new URL(env.DATABASE_URL);
  url.pathname = `/${name}`;
  return { ...env, DATABASE_URL: url.href };
}

function secrets() {
  return { NEXTAUTH_SECRET: randomSecret(), CRON_SECRET: randomSecret(), NEXT_TELEMETRY_DISABLED: "1" };
}

function makeReportsDir() {
  const dir = mkdtempSync(join(tmpdir(), "points-mall-reports-"));
  atExit(() => rmSync(dir, { recursive: true, force: true }));
  return dir;
}

/** A program of a package, by its file: some packages' commands have names that others have too. */
function node(file, args, env = process.env) {
  return runShown(process.execPath, [join(projectRoot, "node_modules", file), ...args], { cwd: projectRoot, env });
}

function tool(name, args) {
  return runShown(join(projectRoot, "node_modules/.bin", name), args, { cwd: projectRoot });
}

function once(make) {
  let made;
  return () => (made ??= make());
}
