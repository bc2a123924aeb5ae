import mysql from "mysql2/promise";
import type { TestProject } from "vitest/node";

/** Databases of tests are named after the process that runs them, so that two runs on one server do not meet. */
const PREFIX = "mall_test_";

declare module "vitest" {
  interface ProvidedContext {
    mysqlUrl: string;
    redisUrl: string;
    databasePrefix: string;
  }
}

/** Checks once that there are servers to test on, and removes what the run made on them. */
export default async function setup(project: TestProject): Promise<() => Promise<void>> {
  const mysqlUrl = process.env.DATABASE_URL;
  const redisUrl = process.env.REDIS_URL;
  if (!mysqlUrl || !redisUrl) {
    throw new Error("These tests need MySQL and Redis: run them with \"npm test\", or set DATABASE_URL and REDIS_URL (\"npm run -s services\" prints those of the shop).");
  }
  await dropDatabases(mysqlUrl, (name) => !isRunning(Number(/^mall_test_(\d+)_/.exec(name)?.[1])));
  const databasePrefix = `${PREFIX}${process.pid}_${project.name}_`;
  project.provide("mysqlUrl", mysqlUrl);
  project.provide("redisUrl", redisUrl);
  project.provide("databasePrefix", databasePrefix);
  return () => dropDatabases(mysqlUrl, (name) => name.startsWith(databasePrefix));
}

async function dropDatabases(url: string, isOurs: (name: string) => boolean): Promise<void> {
  const connection = await mysql.createConnection(withDatabase(url, ""));
  try {
    const [rows] = await connection.query<mysql.RowDataPacket[]>("SELECT schema_name AS name FROM information_schema.schemata WHERE schema_name LIKE 'mall\\_test\\_%'");
    for (const { name } of rows) if (isOurs(name)) await connection.query(`DROP DATABASE IF EXISTS ${mysql.escapeId(name)}`);
  } finally {
    await connection.end();
  }
}

function withDatabase(url: string, name: string): string {
  const address = new URL(url);
  address.pathname = `/${name}`;
  return address.href;
}

/** Only a name that a run made has a process in it; any other `mall_test_` database is somebody's and stays. */
function isRunning(pid: number): boolean {
  if (!Number.isInteger(pid)) return true;
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === "EPERM";
  }
}
