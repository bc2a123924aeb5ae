/** apt on its own lists, cache and status, with the system's mirrors, keys and proxies. Nothing of the system is written. */
import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { formatSources, releaseSources, unstableSources } from "./apt-sources.mjs";
import { cacheDir } from "./paths.mjs";
import { run, runOrThrow } from "./process.mjs";

/**
 * @typedef {object} Apt
 * @property {(packages: string[]) => Promise<string[] | null>} resolve
 *   all that the packages need, as name=version, the first of them first; null when the suite has them not
 * @property {(packages: string[], dir: string) => Promise<unknown>} download checks their signatures
 */

/**
 * Reads the lists of a suite afresh.
 * @param {"release" | "unstable"} suite
 * @param {string[]} notNeeded packages that are taken for installed, so that they and what only they need are left out
 * @returns {Promise<Apt | null>} null: this system has no such suite
 */
export async function openApt(suite, notNeeded) {
  const sources = suite === "unstable" ? unstableSources() : releaseSources();
  if (!sources?.length) return null;
  const dir = join(cacheDir, "apt", suite);
  for (const sub of ["lists/partial", "cache/archives/partial", "sources"]) mkdirSync(join(dir, sub), { recursive: true });
  const configuration = join(dir, "apt.conf");
  writeFileSync(join(dir, "sources/points-mall.sources"), formatSources(sources));
  const architecture = (await runOrThrow("dpkg", ["--print-architecture"])).trim();
  writeFileSync(join(dir, "status"), notNeeded.map((name) => pretendInstalled(name, architecture)).join("\n"));
  writeFileSync(configuration, configurationIn(dir));
  await runOrThrow("apt-get", ["-c", configuration, "update"]);
  return {
    resolve: (packages) => resolve(configuration, packages),
    download: (packages, archives) => runOrThrow("apt-get", ["-c", configuration, "download", ...packages], { cwd: archives }),
  };
}

function configurationIn(dir) {
  const settings = {
    "Dir::Etc::SourceList": "/dev/null",
    "Dir::Etc::SourceParts": join(dir, "sources"),
    "Dir::Etc::Preferences": "/dev/null",
    "Dir::Etc::PreferencesParts": "/dev/null",
    "Dir::State": dir,
    "Dir::State::Lists": join(dir, "lists"),
    "Dir::State::status": join(dir, "status"),
    "Dir::Cache": join(dir, "cache"),
    "Acquire::Languages": "none",
    "Acquire::Retries": "3",
    // The cache is ours: apt's own user could not write into a home directory.
    "APT::Sandbox::User": "root",
  };
  // The system's hooks tend its own caches; ours are none of their business.
  const hooks = ["APT::Update::Pre-Invoke", "APT::Update::Post-Invoke", "APT::Update::Post-Invoke-Success"];
  return [...hooks.map((hook) => `#clear ${hook};`), ...Object.entries(settings).map(([key, value]) => `${key} "${value}";`)].join("\n") + "\n";
}

/** Multi-Arch "allowed" answers a dependency on perl:any as well as one on perl. */
function pretendInstalled(name, architecture) {
  const fields = {
    Package: name,
    Status: "install ok installed",
    Version: "9999:1",
    Architecture: architecture,
    "Multi-Arch": "allowed",
    Maintainer: "none",
    Description: "not needed",
  };
  return Object.entries(fields).map(([key, value]) => `${key}: ${value}\n`).join("");
}

async function resolve(configuration, packages) {
  const args = ["-c", configuration, "--simulate", "--no-install-recommends", "install", ...packages];
  const { code, output } = await run("apt-get", args, { env: { ...process.env, LC_ALL: "C" } });
  if (code !== 0) return null;
  const chosen = [...output.matchAll(/^Inst (\S+) (?:\[\S+\] )?\((\S+) /gm)].map(([, name, version]) => `${name}=${version}`);
  const isFirst = (nameAndVersion) => nameAndVersion.startsWith(`${packages[0]}=`);
  return [...chosen.filter(isFirst), ...chosen.filter((other) => !isFirst(other))];
}
