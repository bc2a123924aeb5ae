/**
 * npm run -s services: prints the addresses in use as JSON, nulls where nothing runs.
 * npm run -s services -- --hold: starts MySQL and Redis, prints the same, and keeps them until it is stopped.
 */
import { runningApp } from "./lib/app-record.mjs";
import { loadEnvFile } from "./lib/env-file.mjs";
import { findServices, reachableServices } from "./lib/services.mjs";
import { leaveOnSignals, runMain } from "./lib/shutdown.mjs";

async function main() {
  loadEnvFile();
  const hold = process.argv.includes("--hold");
  if (hold) {
    leaveOnSignals(() => 0);
    await findServices();
  }
  const app = runningApp();
  console.log(JSON.stringify({ app: app?.url ?? null, ...(await reachableServices(app?.owner.pid)) }));
  if (hold) await new Promise(() => setInterval(() => {}, 60_000));
}

runMain(main);
