/** The steps of `npm test`. Each shows its failures in full and hands back its counts. */
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { buildShop } from "./build-shop.mjs";
import { findChromium } from "./chromium.mjs";
import { startDemoShop } from "./demo-shop.mjs";
import { randomSecret } from "./env-file.mjs";
import { projectRoot } from "./paths.mjs";
import { lastLines, runShown } from "./process.mjs";
import { say } from "./progress.mjs";
import { atExit } from "./shutdown.mjs";
import { readLastPages, readPlaywright, readVitest, tallyOf } from "./tally.mjs";
import { startOwnServices } from "./throwaway.mjs";

// Shared by the steps that ask for them, made for the first one.
const services = once(() => startOwnServices("throwaway"));
const built = once(() => buildShop());
const reportsDir = once(makeReportsDir);

/** @type {Record<string, () => Promise<import("./tally.mjs").Tally>>} */
export const steps = {
  types: async () => tallyOf((await node("next/dist/bin/next", ["typegen"])) === 0 && (await tool("tsc", ["--noEmit"])) === 0, "tsc"),
  lint: async () => tallyOf((await tool("eslint", ["."])) === 0, "eslint"),
  pure: () => vitest("pure", { DATABASE_URL: "", MIGRATE_DATABASE_URL: "", REDIS_URL: "", UPSTASH_REDIS_REST_URL: "" }),
  db: async () => vitest("db", onDatabase("mall_test", (await services()).env)),
  race: async () => vitest("race", onDatabase("mall_test", (await services()).env)),
  build: async () => tallyOf((await built()) === undefined, "next build"),
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
  // Some journeys take a week.
  const { app, env, logFile } = await startDemoShop(await services(), { POINTS_MALL_TEST_CLOCK: "1" });
  const counts = await playwright({ ...env, NODE_ENV: "test", E2E_BASE_URL: app.url, ...(chromium ? { CHROMIUM_PATH: chromium } : {}) });
  await app.stop();
  if (counts.failed > 0) say(`The server's last words:\n${lastLines(readFileSync(logFile, "utf8"), 40)}`);
  return counts;
}

async function playwright(env) {
  const report = join(reportsDir(), "browser.json");
  const code = await node("playwright/cli.js", ["test", "--reporter=list,json"], { ...env, PLAYWRIGHT_JSON_OUTPUT_NAME: report });
  for (const { name, page } of readLastPages(report)) say(`The page where it failed, of ${name}:\n${page}`);
  return readPlaywright(report, code);
}

/** A database beside the shop's, as its owner: what tests wipe is never what the journeys look at. */
function onDatabase(name, env) {
  const url = new URL(env.MIGRATE_DATABASE_URL || env.DATABASE_URL);
  url.pathname = `/${name}`;
  return { ...env, DATABASE_URL: url.href, MIGRATE_DATABASE_URL: "" };
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
