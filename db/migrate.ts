import path from "node:path";

import { drizzle } from "drizzle-orm/mysql2";
import { migrate } from "drizzle-orm/mysql2/migrator";
import mysql from "mysql2/promise";

import { assertSupportedServer } from "./server-version";

const LOCK_SECONDS = 60;

/**
 * Brings a database to the newest schema. Migrations are not atomic in MySQL, so one process at a time applies them:
 * a second one waits and finds nothing to do. Throws when the server is not a supported MySQL.
 */
export async function migrateDatabase(url: string, folder = path.join(process.cwd(), "drizzle")): Promise<void> {
  const connection = await mysql.createConnection({ uri: url, timezone: "Z" });
  try {
    await assertSupportedServer(connection);
    const lock = `points-mall:migrate:${connection.config.database ?? ""}`;
    const [[got]] = (await connection.query("SELECT GET_LOCK(?, ?) AS held", [lock, LOCK_SECONDS])) as unknown as [[{ held: number }]];
    if (got.held !== 1) throw new Error(`another process has been migrating for ${LOCK_SECONDS} s`);
    await migrate(drizzle({ client: connection }), { migrationsFolder: folder });
    await connection.query("SELECT RELEASE_LOCK(?)", [lock]);
  } finally {
    await connection.end();
  }
}
