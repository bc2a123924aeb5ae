/**
 * npm test: everything that must hold, on servers of its own.
 *   --only pure,db   just these steps: types, lint, pure, db, race, build, browser, up
 *   --with-up        also the README's first command, before anything else prepared the checkout
 */
import { parseArgs } from "node:util";
import { loadEnvFile } from "./lib/env-file.mjs";
import { ensureNodePackages } from "./lib/node-packages.mjs";
import { elapsed, say } from "./lib/progress.mjs";
import { checkReadme } from "./lib/readme-check.mjs";
import { PlainError, leaveOnSignals, runMain, undoAll } from "./lib/shutdown.mjs";
import { sentenceOf, sum, tallyOf } from "./lib/tally.mjs";
import { steps } from "./lib/test-steps.mjs";

const allSteps = { up: checkReadme, ...steps };

async function main() {
  const chosen = chooseSteps();
  leaveOnSignals();
  loadEnvFile();
  const tallies = [];
  for (const name of chosen) {
    if (name !== "up") await ensureNodePackages();
    tallies.push(await runStep(name));
  }
  const total = sum(tallies);
  // Before the last line, which is for programs to read.
  await undoAll();
  if (total.failures.length > 0) say(`\nWhat failed, in one place:\n${total.failures.map((failure) => `✗ ${failure}`).join("\n")}\n`);
  console.log(sentenceOf(total));
  return total.failed > 0 || total.passed < 1 ? 1 : 0;
}

function chooseSteps() {
  const { values } = parseArgs({ options: { only: { type: "string" }, "with-up": { type: "boolean", default: false } } });
  const names = Object.keys(allSteps);
  if (!values.only) return names.filter((name) => name !== "up" || values["with-up"]);
  const wanted = values.only.split(",");
  const unknown = wanted.filter((name) => !names.includes(name));
  if (unknown.length > 0) throw new PlainError(`No such step: ${unknown.join(", ")}. There are ${names.join(", ")}.`);
  return names.filter((name) => wanted.includes(name));
}

const shown = new Set();

async function runStep(name) {
  const startedAt = performance.now();
  say(`\n── ${name} ──`);
  const counts = await allSteps[name]().catch((error) => {
    // A build that failed also fails the step that needs it; its output is long enough once.
    if (!shown.has(error)) say(error.plain ? error.message : error.stack);
    shown.add(error);
    return tallyOf(false, "it could not be run");
  });
  say(`── ${name}: ${sentenceOf(counts)} (${elapsed(startedAt)}) ──`);
  return { ...counts, failures: counts.failures.map((failure) => `${name}: ${failure}`) };
}

runMain(main);
