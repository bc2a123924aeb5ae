/**
 * npm run check:ui: every page as guest, shopper and owner, at 375 and 1440 px, in both languages and themes.
 * It starts the built shop on services of its own, or walks one that runs:
 *   --url http://localhost:3000   a demo shop that runs; nothing is made in it
 *   --routes wallet,/admin        only pages whose visitor and address contain one of these
 *   --shots DIR                   keeps a picture of every page in every look
 */
import { resolve } from "node:path";
import { parseArgs } from "node:util";
import { buildShop } from "./lib/build-shop.mjs";
import { startDemoShop } from "./lib/demo-shop.mjs";
import { loadEnvFile } from "./lib/env-file.mjs";
import { ensureNodePackages } from "./lib/node-packages.mjs";
import { leaveOnSignals, runMain, undoAll } from "./lib/shutdown.mjs";
import { sentenceOf } from "./lib/tally.mjs";
import { startOwnServices } from "./lib/throwaway.mjs";

async function main() {
  const { values } = parseArgs({ options: { url: { type: "string" }, routes: { type: "string", default: "" }, shots: { type: "string" } } });
  leaveOnSignals();
  loadEnvFile();
  await ensureNodePackages();
  const url = values.url ?? (await startShop());
  // The browser's packages are there only from here on.
  const { walk } = await import("./check-ui/walk.mjs");
  const counts = await walk({
    url, isOurs: values.url === undefined, filters: values.routes.split(",").filter(Boolean), shotsDir: values.shots ? resolve(values.shots) : null,
  });
  await undoAll();
  console.log(sentenceOf(counts));
  return counts.failed > 0 || counts.passed < 1 ? 1 : 0;
}

async function startShop() {
  await buildShop();
  const { app } = await startDemoShop(await startOwnServices("throwaway"));
  return app.url;
}

runMain(main);
