/** The demo shop as it runs in production, on services of its own: for journeys and walks through it in a browser. */
import { join } from "node:path";
import { startApp } from "./app-server.mjs";
import { serverBundle } from "./build-shop.mjs";
import { randomSecret } from "./env-file.mjs";
import { freePort } from "./ports.mjs";
import { showProgress } from "./progress.mjs";
import { runStep } from "./run-ts.mjs";

const DEMO = {
  NODE_ENV: "production",
  NEXTAUTH_URL: "",
  SHOP_DEMO: "1",
  PAYMENT_TEST_CASHIER: "1",
  // Limits on requests would take the journeys of one browser for an attack.
  RATE_LIMIT_SCALE: "1000",
  NEXT_TELEMETRY_DISABLED: "1",
};

/**
 * Migrates, seeds and starts the shop that was built.
 * @param {{ dir: string, env: NodeJS.ProcessEnv }} services
 * @param {NodeJS.ProcessEnv} [more] what this shop has beside what every demo has
 * @returns {Promise<{ app: import("./app-server.mjs").AppServer, env: NodeJS.ProcessEnv, logFile: string }>}
 */
export async function startDemoShop({ dir, env: own }, more = {}) {
  const env = { ...process.env, NEXTAUTH_SECRET: randomSecret(), CRON_SECRET: randomSecret(), ...own, ...DEMO, ...more };
  await runStep("Migrating the database", "scripts/migrate.ts", env);
  await runStep("Filling the shop with demo data", "scripts/seed.ts", env);
  const logFile = join(dir, "app.log");
  const plan = { bundle: serverBundle, port: await freePort(), env, logFile, recordDir: join(dir, "apps") };
  const app = await showProgress("Starting the server", () => startApp(plan));
  return { app, env, logFile };
}
