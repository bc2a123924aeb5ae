/** npm run bench: measures on a MySQL of its own that writes every commit to disk and to a binary log, as a real shop's does. */
import { loadEnvFile, randomSecret } from "./lib/env-file.mjs";
import { ensureNodePackages } from "./lib/node-packages.mjs";
import { runTs } from "./lib/run-ts.mjs";
import { leaveOnSignals, runMain } from "./lib/shutdown.mjs";
import { startOwnServices } from "./lib/throwaway.mjs";

async function main() {
  loadEnvFile();
  leaveOnSignals();
  await ensureNodePackages();
  const services = await startOwnServices("durable");
  const secrets = { NEXTAUTH_SECRET: randomSecret(), CRON_SECRET: randomSecret() };
  // The measuring makes tables of its own, as the owner of the schema. The limit is what 64 callers on connections of their own reach; a smaller pool would flatter everything beside it.
  const env = { POOL_SIZE: "64", ...process.env, NODE_ENV: "production", ...secrets, ...services.env, DATABASE_URL: services.mysqlUrl, MIGRATE_DATABASE_URL: "" };
  return runTs("scripts/bench/main.ts", process.argv.slice(2), env);
}

runMain(main);
