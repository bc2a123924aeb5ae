/** Starts a server with what this machine has, in order: programs on it, Docker, packages of Debian or Ubuntu. */
import { existsSync } from "node:fs";
import { join } from "node:path";
import { isDebianLike, unpackMysql, unpackRedis } from "./debian.mjs";
import { dockerAnswers, startContainer } from "./docker.mjs";
import { howToInstall } from "./instructions.mjs";
import { findMysqlServers, serversFor } from "./mysql-servers.mjs";
import { CannotInitialise, startMysql } from "./mysql.mjs";
import { say } from "./progress.mjs";
import { findRedisServer, startRedis } from "./redis.mjs";
import { PlainError } from "./shutdown.mjs";

/**
 * @typedef {{ url: string, ownerUrl?: string }} Provided
 *   ownerUrl: MySQL as the owner of the schema; `url` is whom the shop works as
 * @typedef {{ dir: string, profile: import("./mysql.mjs").Profile, containerProject: string }} Wanted
 */

/**
 * @param {Wanted} wanted
 * @returns {Promise<Provided>}
 * @throws a sentence that says what to install
 */
export async function provideMysql(wanted) {
  const onMachine = await firstThatInitialises(wanted, await findMysqlServers());
  if (onMachine) return onMachine;
  // Data that a program on this machine made is not in the container: there the shop would look empty.
  const hasData = existsSync(join(wanted.dir, "data"));
  if (!hasData && (await dockerAnswers())) return startContainer("mysql", wanted.containerProject);
  if (isDebianLike()) {
    await fetched(unpackMysql);
    const unpacked = await firstThatInitialises(wanted, await findMysqlServers());
    if (unpacked) return unpacked;
  }
  throw new PlainError(howToInstall("mysql"));
}

async function firstThatInitialises({ dir, profile }, servers) {
  for (const server of serversFor(dir, servers)) {
    try {
      return await startMysql({ dir, server, profile });
    } catch (error) {
      if (!(error instanceof CannotInitialise)) throw error;
      say(error.message);
    }
  }
  return null;
}

/**
 * @param {Wanted} wanted
 * @returns {Promise<Provided | null>} null: the app does without
 */
export async function provideRedis({ dir, profile, containerProject }) {
  const onMachine = await findRedisServer();
  if (onMachine) return startRedis({ dir, server: onMachine, profile });
  if (await dockerAnswers()) return startContainer("redis", containerProject);
  if (isDebianLike()) await fetched(unpackRedis);
  const unpacked = await findRedisServer();
  if (unpacked) return startRedis({ dir, server: unpacked, profile });
  say(howToInstall("redis"));
  return null;
}

/** A mirror out of reach is not the end: the sentence about what to install comes after it. */
async function fetched(unpack) {
  try {
    await unpack();
  } catch (error) {
    say(error.message);
  }
}
