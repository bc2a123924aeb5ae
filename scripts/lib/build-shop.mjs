/** The production build: Next's own, and the self-hosted server beside it. Skipped while the sources are the same. */
import { createHash } from "node:crypto";
import { existsSync, mkdirSync, readFileSync, readdirSync, rmSync, statSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { bundleTs } from "./bundle.mjs";
import { withLock } from "./lock.mjs";
import { projectRoot, projectRunDir } from "./paths.mjs";
import { run } from "./process.mjs";
import { say, showProgress } from "./progress.mjs";
import { PlainError } from "./shutdown.mjs";

const SOURCES = [
  ...["app", "components", "db", "i18n", "lib", "messages", "public", "server"],
  ...["next.config.ts", "package-lock.json", "postcss.config.mjs", "proxy.ts", "tsconfig.json"],
  ...["scripts/lib/build-shop.mjs", "scripts/lib/bundle.mjs"],
];
const outputDir = join(projectRoot, ".next/self-hosted");
const stampFile = join(outputDir, "built-from");

export const serverEntry = "server/main.ts";
export const serverBundle = join(outputDir, "server.mjs");

/**
 * Builds when the sources differ from those of the last build.
 * @param {{ force?: boolean }} [options]
 * @throws the build's output, when it fails
 */
export async function buildShop({ force = false } = {}) {
  const onWait = () => say("Waiting for another build of this project …");
  await withLock(join(projectRunDir, "build.lock"), () => (force || isStale() ? build() : undefined), { onWait });
}

function isStale() {
  const built = existsSync(stampFile) && existsSync(serverBundle) && existsSync(join(projectRoot, ".next/BUILD_ID"));
  return !built || readFileSync(stampFile, "utf8") !== hashOfSources();
}

async function build() {
  // Taken before: what changes during the build is built the next time.
  const hash = hashOfSources();
  rmSync(stampFile, { force: true });
  await showProgress("Building the shop", nextBuild);
  await bundleTs({ entry: serverEntry, outfile: serverBundle, sourcemap: "linked" });
  mkdirSync(outputDir, { recursive: true });
  writeFileSync(stampFile, hash);
}

async function nextBuild(detail) {
  const env = { ...process.env, NODE_ENV: "production", NEXT_TELEMETRY_DISABLED: "1" };
  const onOutput = (text) => detail(text.trim().split("\n").at(-1));
  const next = join(projectRoot, "node_modules/next/dist/bin/next");
  const { code, output } = await run(process.execPath, [next, "build"], { cwd: projectRoot, env, onOutput });
  if (code !== 0) throw new PlainError(`The build failed:\n${output}`);
}

function hashOfSources() {
  const hash = createHash("sha256");
  for (const file of SOURCES.map((name) => join(projectRoot, name)).filter(existsSync).flatMap(filesUnder)) {
    const content = readFileSync(file);
    hash.update(`${file.slice(projectRoot.length)}\0${content.length}\0`).update(content);
  }
  return hash.digest("hex");
}

function filesUnder(path) {
  if (!statSync(path).isDirectory()) return [path];
  return readdirSync(path).sort().flatMap((name) => filesUnder(join(path, name)));
}
