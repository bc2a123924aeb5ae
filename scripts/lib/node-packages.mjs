/** node_modules, installed when it does not hold what package-lock.json says. */
import { createHash } from "node:crypto";
import { existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { withLock } from "./lock.mjs";
import { bundleDir, projectRoot, projectRunDir } from "./paths.mjs";
import { lastLines, run } from "./process.mjs";
import { say, showProgress } from "./progress.mjs";
import { PlainError } from "./shutdown.mjs";

const NODE_MIN = [20, 19];
const lockFile = join(projectRoot, "package-lock.json");
const installedFile = join(projectRoot, "node_modules/.package-lock.json");
const stampFile = join(bundleDir, "installed");

/** Refuses a Node.js that the shop does not run on, then installs what is missing. */
export async function ensureNodePackages() {
  requireNode();
  if (!isStale()) return;
  const onWait = () => say("Waiting for another start that is installing packages …");
  await withLock(join(projectRunDir, "packages.lock"), () => (isStale() ? install() : undefined), { onWait });
}

function requireNode() {
  if (process.platform === "win32") throw new PlainError("On Windows the shop runs inside WSL.");
  const [major, minor] = process.versions.node.split(".").map(Number);
  if (major > NODE_MIN[0] || (major === NODE_MIN[0] && minor >= NODE_MIN[1])) return;
  throw new PlainError(`Node.js ${NODE_MIN.join(".")} or newer is needed; this is ${process.versions.node}.`);
}

async function install() {
  const { code, output } = await showProgress("Installing node packages", () =>
    run("npm", ["ci", "--ignore-scripts", "--include=dev", "--no-audit", "--no-fund"], { cwd: projectRoot }),
  );
  if (code !== 0) throw new PlainError(`npm ci failed:\n${lastLines(output, 30)}`);
  mkdirSync(bundleDir, { recursive: true });
  writeFileSync(stampFile, hashOf(lockFile));
}

/** npm writes node_modules/.package-lock.json last, with everything that it put there. */
function isStale() {
  if (!existsSync(installedFile)) return true;
  if (existsSync(stampFile) && readFileSync(stampFile, "utf8") === hashOf(lockFile)) return false;
  return !holdsWhatIsLocked();
}

/** For packages that were installed by hand. */
function holdsWhatIsLocked() {
  const installed = packagesIn(installedFile);
  const wanted = Object.entries(packagesIn(lockFile)).filter(([path]) => path !== "");
  return wanted.every(([path, { version, optional, extraneous }]) => {
    // Optional packages are those of other systems; they only count where they are installed.
    return installed[path] ? installed[path].version === version : optional || extraneous;
  });
}

function packagesIn(file) {
  return JSON.parse(readFileSync(file, "utf8")).packages;
}

function hashOf(file) {
  return createHash("sha256").update(readFileSync(file)).digest("hex");
}
