/** node scripts/run.mjs ENTRY.ts [args…]: runs a TypeScript entry of this project with its services up. stdout is the entry's own. */
import { ensureSecrets, loadEnvFile } from "./lib/env-file.mjs";
import { ensureNodePackages } from "./lib/node-packages.mjs";
import { runTs } from "./lib/run-ts.mjs";
import { findServices } from "./lib/services.mjs";
import { PlainError, leaveOnSignals, runMain } from "./lib/shutdown.mjs";

async function main() {
  const [entry, ...args] = process.argv.slice(2);
  if (!entry) throw new PlainError("usage: node scripts/run.mjs ENTRY.ts [args…]");
  loadEnvFile();
  leaveOnSignals();
  await ensureNodePackages();
  await ensureSecrets();
  const services = await findServices();
  return runTs(entry, args, { ...process.env, ...services.env });
}

runMain(main);
