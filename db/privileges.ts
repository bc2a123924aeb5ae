import mysql, { type Connection, type RowDataPacket } from "mysql2/promise";

import { excessOf, readGrants, wantedOn, type Grant } from "./grants";

const LOCK_SECONDS = 60;

/** The two users of the database do not fit each other; the message says what to change. */
export class PrivilegesError extends Error {
  override readonly name = "PrivilegesError";
}

/** What became of the app's rights: whether the database itself keeps what is append-only. */
export type Shared = { account: string; granted: number; revoked: number; /** Rights that are left and that the owner could not take back. */ excess: string[] };

/**
 * Gives the user of `appUrl` what the shop needs on each table and nothing more, and takes back what reaches further. Returns null where one
 * user does both, as on many a hosted MySQL: then nothing is changed. May run again at any time: what is right already is left as it is.
 */
export async function shareWithApp(ownerUrl: string, appUrl: string): Promise<Shared | null> {
  const [owner, app] = [new URL(ownerUrl), new URL(appUrl)];
  if (owner.username === app.username) return null;
  if (owner.pathname !== app.pathname) throw new PrivilegesError(`MIGRATE_DATABASE_URL names the database ${owner.pathname.slice(1)} and DATABASE_URL ${app.pathname.slice(1)}: they are two users of one`);
  const schema = decodeURIComponent(owner.pathname.slice(1));
  const { account, grants } = await asApp(app);
  const connection = await mysql.createConnection({ uri: ownerUrl });
  try {
    const lock = `points-mall:grants:${schema}`.slice(0, 64);
    const [[got]] = (await connection.query("SELECT GET_LOCK(?, ?) AS held", [lock, LOCK_SECONDS])) as unknown as [[{ held: number }]];
    if (got.held !== 1) throw new PrivilegesError(`another process has been granting rights for ${LOCK_SECONDS} s`);
    const done = await grantByTable(connection, schema, account, grants);
    const revoked = await revokeWide(connection, schema, account, grants);
    await connection.query("SELECT RELEASE_LOCK(?)", [lock]);
    const excess = excessOf((await asApp(app)).grants, schema);
    return { account, granted: done.granted, revoked: done.revoked + revoked, excess: [...new Set(excess.flatMap(({ privileges }) => privileges))] };
  } finally {
    await connection.end();
  }
}

/** Who the app's user is to the server, and what they may do. Without a database: at first they may not even see it. */
async function asApp(url: URL): Promise<{ account: string; grants: Grant[] }> {
  const bare = new URL(url);
  bare.pathname = "/";
  const connection = await mysql.createConnection({ uri: bare.href }).catch((error: unknown) => {
    throw new PrivilegesError(`the user of DATABASE_URL cannot sign in: ${error instanceof Error ? error.message : String(error)}`);
  });
  try {
    return { account: await accountOf(connection), grants: await grantsOf(connection) };
  } finally {
    await connection.end();
  }
}

async function accountOf(connection: Connection): Promise<string> {
  const [rows] = await connection.query<RowDataPacket[]>("SELECT CURRENT_USER() AS account");
  const account = String(rows[0]!.account);
  const at = account.lastIndexOf("@");
  return `${mysql.escape(account.slice(0, at))}@${mysql.escape(account.slice(at + 1))}`;
}

/** The rights of whoever is connected, those of their roles included. */
export async function grantsOf(connection: Pick<Connection, "query">): Promise<Grant[]> {
  const [roles] = await connection.query<RowDataPacket[]>("SELECT CURRENT_ROLE() AS roles");
  const active = String(roles[0]!.roles ?? "NONE");
  const [rows] = await connection.query<RowDataPacket[]>(`SHOW GRANTS FOR CURRENT_USER()${active === "NONE" ? "" : ` USING ${active}`}`);
  return readGrants(rows.map((row) => String(Object.values(row)[0])));
}

/** Only what differs is said again: a statement of this kind makes the server read all its rights anew. */
async function grantByTable(connection: Connection, schema: string, account: string, grants: readonly Grant[]): Promise<{ granted: number; revoked: number }> {
  const [rows] = await connection.query<RowDataPacket[]>("SELECT table_name AS name FROM information_schema.tables WHERE table_schema = ? AND table_type = 'BASE TABLE' ORDER BY table_name", [schema]);
  const done = { granted: 0, revoked: 0 };
  for (const name of rows.map((row) => String(row.name))) {
    const held = grants.filter((grant) => grant.schema === schema && grant.table === name).flatMap(({ privileges }) => privileges);
    const wanted = wantedOn(name);
    const [missing, surplus] = [wanted.filter((each) => !held.includes(each)), held.filter((each) => !wanted.includes(each))];
    const table = `${mysql.escapeId(schema, true)}.${mysql.escapeId(name, true)}`;
    if (missing.length > 0) await connection.query(`GRANT ${missing.join(", ")} ON ${table} TO ${account}`);
    if (surplus.length > 0) await connection.query(`REVOKE ${surplus.join(", ")} ON ${table} FROM ${account}`);
    done.granted += missing.length > 0 ? 1 : 0;
    done.revoked += surplus.length > 0 ? 1 : 0;
  }
  return done;
}

/** A grant on the whole schema would be worth more than all that the tables refuse. What the owner may not take back is left, and told. */
async function revokeWide(connection: Connection, schema: string, account: string, grants: readonly Grant[]): Promise<number> {
  const wide = grants.filter((grant) => grant.schema !== null && grant.table === null && grant.privileges.length > 0 && excessOf([grant], schema).length > 0);
  let revoked = 0;
  for (const { schema: pattern, privileges } of wide) {
    try {
      // One by one: ALL PRIVILEGES stands in no list with others.
      for (const each of privileges) await connection.query(`REVOKE ${each} ON ${mysql.escapeId(pattern!, true)}.* FROM ${account}`);
      revoked++;
    } catch (error) {
      if (!isDenied(error)) throw error;
    }
  }
  return revoked;
}

const DENIED = new Set([1044, 1142, 1227, 1410]);
const isDenied = (error: unknown): boolean => DENIED.has(Number((error as { errno?: number }).errno));
