import { drizzle, type MySql2Database } from "drizzle-orm/mysql2";
import mysql, { type Connection, type Pool, type PoolConnection } from "mysql2/promise";

import { env } from "@/lib/env";

/** What reads. It has no way to write, so a query that takes one cannot. */
export type Db = Pick<MySql2Database, "select" | "selectDistinct" | "$with" | "with">;

declare const inTransaction: unique symbol;
/** An open transaction: only `transact` makes one. */
export type Tx = MySql2Database & { readonly [inTransaction]: true };

/** Next bundles pages, actions and routes apart; what must exist once in the process lives here. */
const shared = globalThis as { pointsMallPool?: Pool };

function openPool(): Pool {
  const pool = mysql.createPool({
    uri: env().DATABASE_URL,
    connectionLimit: env().POOL_SIZE,
    maxIdle: env().POOL_SIZE,
    queueLimit: 2_000,
    connectTimeout: 5_000,
    timezone: "Z",
    dateStrings: ["DATE"],
    charset: "utf8mb4_0900_ai_ci",
    // The set-based commands send a lock-and-load packet and a write packet (db/packet.ts). Values are always bound.
    multipleStatements: true,
  });
  pool.pool.on("connection", (connection) => {
    connection.query(
      "SET SESSION transaction_isolation = 'READ-COMMITTED', time_zone = '+00:00', innodb_lock_wait_timeout = 3, max_execution_time = 15000",
      (error: unknown) => void (error && connection.destroy()),
    );
  });
  return pool;
}

/**
 * A connection beside the pool, for a lock that is held while others work: held out of the pool, as many locks as it has connections
 * would leave none for the work, and all would wait for each other for ever. Whoever opens it ends it.
 */
export const connectAlone = (): Promise<Connection> => mysql.createConnection({ uri: env().DATABASE_URL, connectTimeout: 5_000, timezone: "Z" });

export const pool = (): Pool => (shared.pointsMallPool ??= openPool());

/** The database for reading, one statement at a time, each on any connection. */
export const db = (): Db => reader();

let cachedReader: { pool: Pool; db: MySql2Database } | undefined;
function reader(): MySql2Database {
  const current = pool();
  if (cachedReader?.pool !== current) cachedReader = { pool: current, db: drizzle({ client: current }) };
  return cachedReader.db;
}

const builders = new WeakMap<object, MySql2Database>();
const connections = new WeakMap<object, PoolConnection>();

/** The query builder of one connection. Private to `db/`. */
export function txOn(connection: PoolConnection): Tx {
  // A pool hands out a new wrapper each time; the connection inside is the same.
  let tx = builders.get(connection.connection);
  if (!tx) {
    tx = drizzle({ client: connection as unknown as Pool });
    builders.set(connection.connection, tx);
    connections.set(tx, connection);
  }
  return tx as Tx;
}

/** The connection under a transaction, for packets. Private to `db/`. */
export function connectionOf(tx: Tx): PoolConnection {
  const connection = connections.get(tx);
  if (!connection) throw new TypeError("not a transaction of this process");
  return connection;
}

export async function closePool(): Promise<void> {
  const open = shared.pointsMallPool;
  shared.pointsMallPool = undefined;
  await open?.end();
}
