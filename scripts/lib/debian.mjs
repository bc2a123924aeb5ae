/**
 * Packages of Debian and Ubuntu, unpacked into a cache of our own: nothing of the system is replaced, no service starts,
 * nobody needs to be root. Packages of a newer release bring their own C library along and run on it.
 */
import { existsSync, mkdirSync, readdirSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { osRelease } from "./apt-sources.mjs";
import { openApt } from "./apt.mjs";
import { withLock } from "./lock.mjs";
import { cacheDir } from "./paths.mjs";
import { findExecutables, runOrThrow } from "./process.mjs";
import { say, showProgress } from "./progress.mjs";
import { PlainError } from "./shutdown.mjs";
import { packagesDir, unpackedTrees } from "./unpacked.mjs";

/**
 * What servers depend on but do not use when they run here, in a private directory:
 * the resolver is told that these are installed, and leaves them and their dependencies out.
 */
const NOT_NEEDED = [
  ...["adduser", "debconf", "dpkg", "init-system-helpers", "lsb-base", "netbase", "passwd"],
  ...["perl", "perl-base", "procps", "sysvinit-utils", "tzdata", "ucf"],
];

export function isDebianLike() {
  const { ID, ID_LIKE = "" } = osRelease();
  const likeDebian = ["debian", "ubuntu"].some((name) => ID === name || ID_LIKE.split(" ").includes(name));
  return likeDebian && findExecutables("apt-get").length > 0 && findExecutables("dpkg").length > 0;
}

/** Real MySQL: of the release where it has one (Ubuntu), else of Debian unstable. */
export function unpackMysql() {
  return unpack({
    name: "mysql",
    title: "Fetching MySQL from the system's package mirror",
    proof: "usr/sbin/mysqld",
    attempts: [
      { suite: "release", alternatives: [["mysql-server-core-8.4"], ["mysql-server-core-8.0"], ["mysql-server-core"]] },
      { suite: "unstable", alternatives: [["mysql-server-core"]] },
    ],
  });
}

export function unpackRedis() {
  return unpack({
    name: "redis",
    title: "Fetching Redis from the system's package mirror",
    proof: "usr/bin/redis-server",
    attempts: [{ suite: "release", alternatives: [["redis-server"]] }],
  });
}

/**
 * Unpacks the first packages that exist. Clones share the result; two of them at once make it once.
 * @param {{ name: string, title: string, proof: string, notNeeded?: string[],
 *   attempts: { suite: "release" | "unstable", alternatives: string[][] }[] }} wanted proof: a file that the finished tree must have
 * @returns {Promise<string>} the tree
 */
export async function unpack(wanted) {
  mkdirSync(packagesDir, { recursive: true });
  const onWait = () => say("Waiting for another start that is fetching packages …");
  return withLock(join(cacheDir, "lock"), async () => unpackedTrees(wanted.name)[0] ?? fetchTree(wanted), { onWait });
}

function fetchTree(wanted) {
  removeUnfinished();
  return showProgress(wanted.title, async (detail) => {
    for (const { suite, alternatives } of wanted.attempts) {
      detail("reading the package lists");
      const apt = await openApt(suite, [...NOT_NEEDED, ...(wanted.notNeeded ?? [])]);
      for (const packages of apt ? alternatives : []) {
        const chosen = await apt.resolve(packages);
        if (chosen) return makeTree(wanted, apt, chosen, detail);
      }
    }
    throw new PlainError(`This system's package mirror has no ${wanted.name}.`);
  });
}

/** We hold the lock, so whoever made these is gone. */
function removeUnfinished() {
  for (const entry of readdirSync(packagesDir)) {
    if (entry.includes(".part-")) rmSync(join(packagesDir, entry), { recursive: true, force: true });
  }
}

async function makeTree({ name, proof }, apt, chosen, detail) {
  const part = join(packagesDir, `${name}.part-${process.pid}`);
  const archives = join(part, "archives");
  const root = join(part, "root");
  for (const dir of [archives, root]) mkdirSync(dir, { recursive: true });
  detail(`downloading ${chosen.length} packages`);
  await apt.download(chosen, archives);
  detail(`unpacking ${chosen.length} packages`);
  for (const archive of readdirSync(archives)) await runOrThrow("dpkg", ["-x", join(archives, archive), root]);
  if (!existsSync(join(root, proof))) throw new Error(`the packages of ${name} hold no ${proof}`);
  writeFileSync(join(root, "packages.txt"), `${chosen.join("\n")}\n`);
  const tree = join(packagesDir, `${name}@${chosen[0].split("=")[1].replace(/[^\w.+~-]/g, "_")}`);
  renameSync(root, tree);
  rmSync(part, { recursive: true, force: true });
  return tree;
}
