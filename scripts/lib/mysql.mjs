/** A private MySQL server: its data made, its process started. No client program is needed. */
import { createHash } from "node:crypto";
import { existsSync, readdirSync, renameSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { answeringInstance, makePrivateDir, passwordOf, readInstance, startInstance, writePrivately } from "./instance.mjs";
import { signData } from "./mysql-servers.mjs";
import { firstAnswer, freePort } from "./ports.mjs";
import { lastLines, run } from "./process.mjs";
import { showProgress } from "./progress.mjs";

const BINLOG_KEPT_SECONDS = 3 * 24 * 60 * 60;
const HANDSHAKE_PROTOCOL = 10;

/**
 * @typedef {"kept" | "durable" | "throwaway"} Profile
 *   kept: a shop's data, every commit on disk; durable: the same with a binary log as in production, to measure with;
 *   throwaway: for tests, may lose a second of work when the machine dies
 */

/** The server that runs in `dir`, if one does. One that has no connection left to give runs all the same. */
export function runningMysql(dir) {
  return answeringInstance(dir, async ({ port }) => (await firstAnswer("127.0.0.1", port)) !== null);
}

/** MySQL speaks first; a server that is still starting or full sends an error packet instead of its protocol version. */
export async function greets(host, port) {
  const greeting = await firstAnswer(host, port);
  return greeting?.[4] === HANDSHAKE_PROTOCOL;
}

/**
 * Starts MySQL on the data in `dir`, making it first when there is none.
 * @param {{ dir: string, server: import("./mysql-servers.mjs").MysqlServer, profile: Profile }} plan
 * @returns {Promise<import("./instance.mjs").Instance>}
 */
export async function startMysql({ dir, server, profile }) {
  makePrivateDir(dir);
  if (!existsSync(join(dir, "data"))) await initialise(dir, server);
  const port = await freePort(readInstance(dir)?.port);
  const passwords = { owner: passwordOf(dir), app: passwordOf(dir, "app-password") };
  // Left by a crash; mysqld would refuse to start when another process has its pid by now.
  removeSocket(dir);
  writePrivately(join(dir, "init.sql"), initialStatements(profile, passwords));
  return showProgress(`Starting MySQL ${server.version}`, () =>
    startInstance({
      dir,
      port,
      binary: server.binary,
      command: [...server.command, ...baseArguments(dir, server), ...serverArguments({ dir, port, profile })],
      url: `mysql://mall_app:${passwords.app}@127.0.0.1:${port}/mall`,
      ownerUrl: `mysql://mall:${passwords.owner}@127.0.0.1:${port}/mall`,
      answers: () => greets("127.0.0.1", port),
    }),
  );
}

/** Made under another name: an interrupted start never leaves something that looks finished. */
async function initialise(dir, server) {
  const unfinished = join(dir, "data.init");
  rmSync(unfinished, { recursive: true, force: true });
  const [program, ...args] = [...server.command, ...baseArguments(dir, server, unfinished), "--initialize-insecure"];
  await showProgress("Making an empty database", async () => {
    const { code, output } = await run(program, args);
    if (code !== 0) throw new CannotInitialise(server.binary, lastLines(output, 5));
  });
  signData(dir, server);
  renameSync(unfinished, join(dir, "data"));
}

/** For example a system policy that keeps the installed mysqld to its own directories: the next server may do. */
export class CannotInitialise extends Error {
  constructor(binary, reason) {
    super(`${binary} cannot make a database here:\n${reason}`);
  }
}

function baseArguments(dir, server, data = join(dir, "data")) {
  return [
    "--no-defaults",
    ...(process.getuid?.() === 0 ? ["--user=root"] : []),
    ...(server.tree ? treeArguments(server.tree) : []),
    `--datadir=${data}`,
    "--character-set-server=utf8mb4",
    "--log-error-verbosity=2",
  ];
}

/** An unpacked tree is not where its mysqld was built to be. */
function treeArguments(tree) {
  const share = readdirSync(join(tree, "usr/share"))
    .filter((name) => name.startsWith("mysql"))
    .map((name) => join(tree, "usr/share", name));
  const messages = share.find((dir) => existsSync(join(dir, "english/errmsg.sys")));
  const charsets = share.map((dir) => join(dir, "charsets")).find(existsSync);
  return [
    `--basedir=${join(tree, "usr")}`,
    `--plugin-dir=${join(tree, "usr/lib/mysql/plugin")}`,
    ...(messages ? [`--lc-messages-dir=${messages}`] : []),
    ...(charsets ? [`--character-sets-dir=${charsets}`] : []),
  ];
}

function serverArguments({ dir, port, profile }) {
  return [
    `--port=${port}`,
    "--bind-address=127.0.0.1",
    `--socket=${socketOf(dir)}`,
    `--pid-file=${join(dir, "mysqld.pid")}`,
    `--init-file=${join(dir, "init.sql")}`,
    "--skip-name-resolve",
    "--mysqlx=OFF",
    "--secure-file-priv=NULL",
    "--default-time-zone=+00:00",
    "--max-connections=200",
    "--performance-schema=OFF",
    ...profileArguments[profile],
  ];
}

/** @type {Record<Profile, string[]>} */
const profileArguments = {
  kept: [
    "--innodb-flush-log-at-trx-commit=1",
    "--disable-log-bin",
    "--innodb-buffer-pool-size=256M",
    "--loose-innodb-redo-log-capacity=64M",
  ],
  durable: [
    "--innodb-flush-log-at-trx-commit=1",
    "--log-bin",
    "--sync-binlog=1",
    `--binlog-expire-logs-seconds=${BINLOG_KEPT_SECONDS}`,
    "--innodb-buffer-pool-size=1G",
    "--loose-innodb-redo-log-capacity=1G",
  ],
  throwaway: [
    "--innodb-flush-log-at-trx-commit=2",
    "--sync-binlog=0",
    "--disable-log-bin",
    "--innodb-buffer-pool-size=256M",
    "--loose-innodb-redo-log-capacity=64M",
  ],
};

/** Outside the project, whose build reads every file, and short: such a path has at most 107 bytes. */
function socketOf(dir) {
  return join(tmpdir(), `points-mall-${createHash("sha256").update(dir).digest("hex").slice(0, 12)}.sock`);
}

/** What a killed server leaves outside its directory. */
export function removeSocket(dir) {
  for (const file of [socketOf(dir), `${socketOf(dir)}.lock`]) rmSync(file, { force: true });
}

/**
 * Run by the server itself at each start, one statement a line: data of an older version gets its second user this way.
 * `mall` owns the schema and migrates it. `mall_app` is whom the shop works as; db/privileges.ts gives it its rights, table by table.
 */
function initialStatements(profile, passwords) {
  const ours = profile === "kept" ? "mall\\_%" : "mall%";
  const databases = profile === "kept" ? ["mall"] : ["mall", "mall_test"];
  const accounts = (name) => [`'${name}'@'127.0.0.1'`, `'${name}'@'localhost'`];
  const withPassword = (account, password) => [`CREATE USER IF NOT EXISTS ${account} IDENTIFIED BY '${password}'`, `ALTER USER ${account} IDENTIFIED BY '${password}'`];
  const statements = [
    ...databases.map((name) => `CREATE DATABASE IF NOT EXISTS \`${name}\``),
    ...accounts("mall").flatMap((account) => [
      ...withPassword(account, passwords.owner),
      `GRANT ALL ON \`mall\`.* TO ${account} WITH GRANT OPTION`,
      `GRANT ALL ON \`${ours}\`.* TO ${account} WITH GRANT OPTION`,
      // Tests make users to whom something is refused.
      ...(profile === "kept" ? [] : [`GRANT CREATE USER ON *.* TO ${account}`]),
      // What is measured is measured on a slow disk too.
      ...(profile === "durable" ? [`GRANT SYSTEM_VARIABLES_ADMIN ON *.* TO ${account}`] : []),
    ]),
    ...accounts("mall_app").flatMap((account) => withPassword(account, passwords.app)),
    `ALTER USER 'root'@'localhost' IDENTIFIED BY '${passwords.owner}'`,
  ];
  return statements.map((statement) => `${statement};\n`).join("");
}
