/** MySQL servers on this machine: found, told apart from MariaDB, matched with the data that they shall open. */
import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { findExecutables, run } from "./process.mjs";
import { PlainError } from "./shutdown.mjs";
import { commandIn, unpackedTrees } from "./unpacked.mjs";

const VERSION_MIN = "8.0.19";
const INSTALLED_IN = [
  "/usr/sbin",
  "/usr/libexec",
  "/usr/local/bin",
  "/usr/local/mysql/bin",
  "/opt/homebrew/bin",
  ...["mysql", "mysql@8.4", "mysql@8.0"].flatMap((name) => [`/opt/homebrew/opt/${name}/bin`, `/usr/local/opt/${name}/bin`]),
];

/** @typedef {{ binary: string, version: string, command: string[], tree?: string }} MysqlServer tree: where it was unpacked */

/**
 * In the order to try them. MariaDB calls itself mysqld too; it is passed over, as is what is too old.
 * @returns {Promise<MysqlServer[]>}
 */
export async function findMysqlServers() {
  const installed = findExecutables("mysqld", INSTALLED_IN).map((binary) => ({ binary, command: [binary] }));
  const asked = await Promise.all([...installed, ...unpackedTrees("mysql").map(unpackedServer)].map(withVersion));
  return asked.filter(({ version }) => version !== null && compareVersions(version, VERSION_MIN) >= 0);
}

function unpackedServer(tree) {
  return { binary: join(tree, "usr/sbin/mysqld"), command: commandIn(tree, "usr/sbin/mysqld"), tree };
}

async function withVersion(server) {
  const [program, ...args] = server.command;
  const { code, output } = await run(program, [...args, "--no-defaults", "--version"]);
  const said = code === 0 && !/mariadb/i.test(output) && /Ver (\d+\.\d+\.\d+)/.exec(output);
  return { ...server, version: said ? said[1] : null };
}

/** Remembers who made the data in `dir`. */
export function signData(dir, { version }) {
  writeFileSync(join(dir, "made-by.json"), JSON.stringify({ version }));
}

/**
 * Servers that may open the data in `dir`: MySQL opens data of older versions, never of newer ones.
 * The nearest version goes first, so that a second mysqld on the machine does not upgrade the data in passing.
 * @param {string} dir
 * @param {MysqlServer[]} servers
 * @throws a sentence, when all of them are too old
 */
export function serversFor(dir, servers) {
  const madeBy = join(dir, "made-by.json");
  if (!existsSync(join(dir, "data")) || !existsSync(madeBy)) return servers;
  const { version } = JSON.parse(readFileSync(madeBy, "utf8"));
  const able = servers.filter((server) => compareVersions(server.version, version) >= 0);
  if (servers.length > 0 && able.length === 0) {
    const found = `The data in ${dir} was made by MySQL ${version}; this machine has only ${servers[0].version}.`;
    throw new PlainError(`${found} Install ${version} or newer, or move that folder away.`);
  }
  return able.sort((left, right) => compareVersions(left.version, right.version));
}

function compareVersions(left, right) {
  return left.localeCompare(right, "en", { numeric: true });
}
