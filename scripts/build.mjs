/** npm run build: the production build, whether or not something changed. */
import { buildShop } from "./lib/build-shop.mjs";
import { loadEnvFile } from "./lib/env-file.mjs";
import { ensureNodePackages } from "./lib/node-packages.mjs";
import { leaveOnSignals, runMain } from "./lib/shutdown.mjs";

async function main() {
  loadEnvFile();
  leaveOnSignals();
  await ensureNodePackages();
  await buildShop({ force: true });
}

runMain(main);
