import type { Connection } from "mysql2/promise";

/** `LATERAL`, `VALUES ROW` and checked constraints, all of which the shop stands on, are in MySQL from here on. */
const OLDEST = [8, 0, 19] as const;

/** The database is one that the shop cannot keep its promises on. The message says what to do. */
export class UnsupportedServerError extends Error {
  override readonly name = "UnsupportedServerError";
}

/** Refuses MariaDB and old versions, and settings under which an acknowledged order could be lost. */
export async function assertSupportedServer(connection: Pick<Connection, "query">): Promise<void> {
  const [[server]] = (await connection.query(
    "SELECT VERSION() AS version, @@version_comment AS comment, @@auto_increment_increment AS step, @@sql_mode AS mode",
  )) as unknown as [[{ version: string; comment: string; step: number; mode: string }]];
  if (/mariadb/i.test(`${server.version} ${server.comment}`)) {
    throw new UnsupportedServerError(`DATABASE_URL is a MariaDB (${server.version}); Points Mall needs MySQL ${OLDEST.join(".")} or newer`);
  }
  if (isOlder(server.version)) {
    throw new UnsupportedServerError(`DATABASE_URL is MySQL ${server.version}; Points Mall needs ${OLDEST.join(".")} or newer`);
  }
  if (server.step !== 1) throw new UnsupportedServerError("auto_increment_increment must be 1: rows written together are linked by consecutive ids");
  if (!server.mode.includes("STRICT_TRANS_TABLES")) throw new UnsupportedServerError("sql_mode must contain STRICT_TRANS_TABLES: without it MySQL alters values it cannot store");
}

function isOlder(version: string): boolean {
  const parts = version.split(/[.-]/).map(Number);
  for (const [index, least] of OLDEST.entries()) {
    const part = parts[index] ?? 0;
    if (part !== least) return part < least;
  }
  return false;
}
