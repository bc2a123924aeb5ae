/** A private Redis (or Valkey) server. */
import { join } from "node:path";
import { answeringInstance, makePrivateDir, passwordOf, readInstance, startInstance, writePrivately } from "./instance.mjs";
import { firstAnswer, freePort } from "./ports.mjs";
import { findExecutables, run } from "./process.mjs";
import { showProgress } from "./progress.mjs";
import { commandIn, unpackedTrees } from "./unpacked.mjs";

const PROGRAMS = ["redis-server", "valkey-server"];
const INSTALLED_IN = ["/usr/sbin", "/usr/bin", "/usr/local/bin", "/opt/homebrew/bin"];
const UNPACKED = "usr/bin/redis-server";

/**
 * @typedef {{ binary: string, command: string[] }} RedisServer
 * @returns {Promise<RedisServer | null>}
 */
export async function findRedisServer() {
  const installed = PROGRAMS.flatMap((name) => findExecutables(name, INSTALLED_IN)).map((binary) => ({ binary, command: [binary] }));
  const unpacked = unpackedTrees("redis").map((tree) => ({ binary: join(tree, UNPACKED), command: commandIn(tree, UNPACKED) }));
  for (const server of [...installed, ...unpacked]) if (await runs(server)) return server;
  return null;
}

async function runs({ command: [program, ...args] }) {
  const { code } = await run(program, [...args, "--version"]);
  return code === 0;
}

/** The server that runs in `dir`, if one does. */
export function runningRedis(dir) {
  return answeringInstance(dir, ({ url }) => pongs(url));
}

/** Says PING, with the URL's password; a server that still loads its data answers something else. */
export async function pongs(url) {
  const { hostname, port, username, password } = new URL(url);
  const login = password ? `AUTH ${[username, password].filter(Boolean).map(decodeURIComponent).join(" ")}\r\n` : "";
  const answer = await firstAnswer(hostname, Number(port) || 6379, `${login}PING\r\n`);
  return answer?.includes("+PONG") ?? false;
}

/**
 * @param {{ dir: string, server: RedisServer, profile: import("./mysql.mjs").Profile }} plan
 * @returns {Promise<import("./instance.mjs").Instance>}
 */
export async function startRedis({ dir, server, profile }) {
  makePrivateDir(dir);
  const port = await freePort(readInstance(dir)?.port);
  const password = passwordOf(dir);
  const url = `redis://:${password}@127.0.0.1:${port}`;
  const configuration = join(dir, "redis.conf");
  writePrivately(configuration, configurationOf({ dir, port, password, profile }));
  return showProgress("Starting Redis", () =>
    startInstance({ dir, port, url, binary: server.binary, command: [...server.command, configuration], answers: () => pongs(url) }),
  );
}

function configurationOf({ dir, port, password, profile }) {
  const lines = [
    `port ${port}`,
    "bind 127.0.0.1",
    `requirepass ${password}`,
    `dir "${dir}"`,
    `save ""`,
    `appendonly ${profile === "kept" ? "yes" : "no"}`,
    "daemonize no",
  ];
  return `${lines.join("\n")}\n`;
}
