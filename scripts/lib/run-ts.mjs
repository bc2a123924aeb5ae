/** Runs a TypeScript file of this project with Node.js. */
import { spawn } from "node:child_process";
import { existsSync, rmSync } from "node:fs";
import { constants } from "node:os";
import { basename, join, resolve } from "node:path";
import { bundleTs } from "./bundle.mjs";
import { bundleDir, projectRoot } from "./paths.mjs";
import { stopChild } from "./process.mjs";
import { showProgress } from "./progress.mjs";
import { PlainError, atExit, isLeaving, passSignals } from "./shutdown.mjs";

/**
 * Bundles `entry` and runs it to its end. Standard input and output are its own, and so are signals.
 * @param {string} entry path from the project's root
 * @param {string[]} args
 * @param {NodeJS.ProcessEnv} env the whole environment of the child
 * @param {{ onOutput?: (text: string) => void }} [options]
 *   onOutput receives what it prints; it then is a step of ours, and a signal ends us both
 * @returns {Promise<number>} its exit code
 */
export async function runTs(entry, args, env, { onOutput } = {}) {
  if (!existsSync(resolve(projectRoot, entry))) throw new PlainError(`There is no ${entry}.`);
  const file = join(bundleDir, `${basename(entry, ".ts")}-${process.pid}.mjs`);
  const removeFile = () => rmSync(file, { force: true });
  const forget = atExit(removeFile);
  try {
    await bundleTs({ entry, outfile: file, sourcemap: "inline" });
    return await runNode([file, ...args], env, onOutput);
  } finally {
    forget();
    removeFile();
  }
}

function runNode(args, env, onOutput) {
  const stdio = onOutput ? ["ignore", "pipe", "pipe"] : "inherit";
  const child = spawn(process.execPath, ["--enable-source-maps", ...args], { cwd: projectRoot, env, stdio });
  for (const stream of [child.stdout, child.stderr]) stream?.setEncoding("utf8").on("data", onOutput);
  const forget = atExit(() => stopChild(child));
  const takeBack = onOutput ? () => {} : passSignals((signal) => child.kill(signal));
  return new Promise((settle, reject) => {
    child.once("error", reject);
    child.once("close", (code, signal) => {
      forget();
      takeBack();
      if (!isLeaving()) settle(code ?? 128 + constants.signals[signal]);
    });
  });
}

/**
 * Runs an entry as a step of a longer command: its output is shown only when it fails.
 * @throws its output
 */
export async function runStep(title, entry, env) {
  await showProgress(title, async () => {
    let output = "";
    const code = await runTs(entry, [], env, { onOutput: (text) => (output += text) });
    if (code !== 0) throw new PlainError(`${entry} failed (${code}):\n${output}`);
  });
}
