/** npm run up: the whole shop with demo data, from whatever is there. --dev (npm run dev): the same with the dev server. */
import { rmSync } from "node:fs";
import { join, relative } from "node:path";
import { appsDir, stopOrphanedApps } from "./lib/app-record.mjs";
import { startApp } from "./lib/app-server.mjs";
import { buildShop, serverBundle, serverEntry } from "./lib/build-shop.mjs";
import { bundleTs } from "./lib/bundle.mjs";
import { demoAccounts } from "./lib/demo-accounts.mjs";
import { ensureSecrets, loadEnvFile } from "./lib/env-file.mjs";
import { ensureNodePackages } from "./lib/node-packages.mjs";
import { bundleDir, dataDir } from "./lib/paths.mjs";
import { firstFreePort } from "./lib/ports.mjs";
import { elapsed, showProgress } from "./lib/progress.mjs";
import { runStep } from "./lib/run-ts.mjs";
import { findServices } from "./lib/services.mjs";
import { PlainError, atExit, leaveOnSignals, runMain } from "./lib/shutdown.mjs";

const DEFAULT_PORT = 3000;
const dev = process.argv.includes("--dev");

async function main() {
  const startedAt = performance.now();
  leaveOnSignals(() => 0);
  loadEnvFile();
  await ensureNodePackages();
  await ensureSecrets();
  const services = await findServices();
  const env = { ...process.env, ...services.env, ...settings() };
  await stopOrphanedApps();
  await runStep("Migrating the database", "scripts/migrate.ts", env);
  await runStep("Filling an empty shop with demo data", "scripts/seed.ts", env);
  const app = await serve(env);
  announce(app.url, startedAt);
  throw new PlainError(await app.ended);
}

function settings() {
  return {
    NODE_ENV: dev ? "development" : "production",
    NEXT_TELEMETRY_DISABLED: "1",
    // A shop to try out. Whoever sets these otherwise is heard.
    SHOP_DEMO: process.env.SHOP_DEMO || "1",
    PAYMENT_TEST_CASHIER: process.env.PAYMENT_TEST_CASHIER || "1",
    STORAGE_DIR: process.env.STORAGE_DIR || join(dataDir, "uploads"),
  };
}

async function serve(env) {
  const bundle = dev ? await bundleDevServer() : serverBundle;
  if (!dev) await buildShop();
  const port = await firstFreePort(Number(process.env.PORT) || DEFAULT_PORT);
  const logFile = dev ? null : join(dataDir, "app.log");
  return showProgress("Starting the server", () => startApp({ bundle, port, env, logFile, recordDir: appsDir }));
}

async function bundleDevServer() {
  const bundle = join(bundleDir, `server-dev-${process.pid}.mjs`);
  atExit(() => rmSync(bundle, { force: true }));
  await bundleTs({ entry: serverEntry, outfile: bundle, sourcemap: "inline" });
  return bundle;
}

function announce(url, startedAt) {
  const lines = demoAccounts.map(({ title, email, password }) => `  ${title.padEnd(10)}${email.padEnd(24)}${password}`);
  console.log(`\nPoints Mall is ready after ${elapsed(startedAt)}: ${url}\n\n${lines.join("\n")}\n`);
  if (!dev) console.log(`  Log: ${relative(process.cwd(), join(dataDir, "app.log"))}`);
  console.log("  Stop: Ctrl+C\n");
}

runMain(main);
