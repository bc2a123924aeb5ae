import "server-only";

import type { RowDataPacket } from "mysql2";

import { sha256 } from "@/lib/sha256";

import { COLUMNS, differencesBetween, markOf, NOTHING, readMarks, rowText, sealText, type Break, type Chain, type Difference, type Fault, type Marked, type Marks, type Seal } from "./seal";

/** Runs one statement that reads, on whatever connection the caller has. */
export type Ask = (sql: string, values: readonly (string | number | Buffer)[]) => Promise<RowDataPacket[]>;

export type Digested = { id: number; /** In hexadecimal figures. */ digest: string };

const AS_TEXT = new Set(["data", "breakdown", "created_at", "local_day"]);
const TABLES: Record<Chain, string> = { events: "events", ledger: "points_transactions" };
const columnsOf = (chain: Chain): string =>
  COLUMNS[chain].filter((column) => column !== "allocations").map((column) => (AS_TEXT.has(column) ? `CAST(${column} AS CHAR) AS ${column}` : column)).join(", ");

/** At most `max` rows of the stretch (`from`, `to`], in the order of their ids, with their digests. `lock` may wait for nobody: it ends the read. */
export async function digestRows(ask: Ask, chain: Chain, from: number, to: number, max: number, lock: "" | " FOR SHARE NOWAIT" = ""): Promise<Digested[]> {
  const rows = await ask(`SELECT ${columnsOf(chain)} FROM ${TABLES[chain]} FORCE INDEX (PRIMARY) WHERE id > ? AND id <= ? ORDER BY id LIMIT ?${lock}`, [from, to, max]);
  const last = rows.at(-1);
  if (!last) return [];
  const allocations = chain === "ledger" ? await allocationsWithin(ask, from, last.id as number) : null;
  return rows.map((row) => {
    const parsed = { ...row, data: parse(row.data), breakdown: parse(row.breakdown), allocations: allocations?.get(row.id as number) ?? [] };
    return { id: row.id as number, digest: sha256(rowText(chain, parsed)).toString("hex") };
  });
}

const parse = (json: unknown): unknown => (typeof json === "string" ? (JSON.parse(json) as unknown) : (json ?? null));

async function allocationsWithin(ask: Ask, from: number, to: number): Promise<Map<number, [number, number][]>> {
  const rows = await ask("SELECT entry_id, lot_id, points FROM lot_allocations WHERE entry_id > ? AND entry_id <= ? ORDER BY entry_id, lot_id", [from, to]);
  const found = new Map<number, [number, number][]>();
  for (const row of rows) {
    const entry = found.get(row.entry_id as number) ?? [];
    entry.push([row.lot_id as number, row.points as number]);
    found.set(row.entry_id as number, entry);
  }
  return found;
}

export const contentOf = (rows: readonly Digested[]): string => sha256(Buffer.from(rows.map(({ digest }) => digest).join(""), "hex")).toString("hex");
export const digestOf = (seal: Seal): string => sha256(sealText(seal)).toString("hex");

export type StoredSeal = Seal & { digest: string };

const SEAL = "SELECT chain, from_id, to_id, rows_sealed, content_digest, previous_digest, seal_digest, CAST(created_at AS CHAR) AS sealed_at FROM audit_seals";
const sealFrom = (row: RowDataPacket): StoredSeal => ({
  chain: row.chain as Chain, from: row.from_id as number, to: row.to_id as number, rows: row.rows_sealed as number, content: hex(row.content_digest), previous: hex(row.previous_digest),
  digest: hex(row.seal_digest), sealedAt: new Date(`${String(row.sealed_at).replace(" ", "T")}Z`),
});
const hex = (digest: unknown): string => (digest as Buffer).toString("hex");

/** The newest seal of a chain. */
export async function findHead(ask: Ask, chain: Chain): Promise<StoredSeal | null> {
  const [row] = await ask(`${SEAL} WHERE chain = ? ORDER BY from_id DESC LIMIT 1`, [chain]);
  return row ? sealFrom(row) : null;
}

/** The seal of this digest, in whichever chain it is. */
export async function findSeal(ask: Ask, digest: string): Promise<StoredSeal | null> {
  const [row] = await ask(`${SEAL} WHERE seal_digest = ? LIMIT 1`, [Buffer.from(digest, "hex")]);
  return row ? sealFrom(row) : null;
}

/** What follows the newest seal: how many ids at most, and since when. */
export async function findTail(ask: Ask, chain: Chain): Promise<{ ids: number; since: Date | null }> {
  const head = (await findHead(ask, chain))?.to ?? 0;
  const but = chain === "events" ? " AND name <> 'audit.sealed'" : "";
  const [row] = await ask(`SELECT id, CAST(created_at AS CHAR) AS at, (SELECT MAX(id) FROM ${TABLES[chain]}) AS newest FROM ${TABLES[chain]} WHERE id > ?${but} ORDER BY id LIMIT 1`, [head]);
  return row ? { ids: (row.newest as number) - head, since: new Date(`${String(row.at).replace(" ", "T")}Z`) } : { ids: 0, since: null };
}

/** Where a check stands: the seal after which it goes on. */
export type Place = { from: number; to: number; digest: string };
export const BEGINNING: Place = { from: -1, to: 0, digest: NOTHING };

export type Checked = { seals: number; rows: number; /** Where the next check goes on. */ place: Place; isAtEnd: boolean; broken: Break | null };

const SEALS_AT_ONCE = 50;
/** Rows beyond those that were sealed which are still told apart. */
const ADDED_MAX = 1_000;

/** Computes seals anew from the rows under them, one after the other, until one is wrong, `max` are checked or the time is over. */
export async function checkSeals(ask: Ask, chain: Chain, start: Place, { max = Infinity, deadline = Infinity, clock = Date.now, onSeal }: { max?: number; deadline?: number; clock?: () => number; onSeal?: (seal: StoredSeal) => void } = {}): Promise<Checked> {
  const done: Checked = { seals: 0, rows: 0, place: start, isAtEnd: false, broken: null };
  while (done.seals < max) {
    const seals = (await ask(`${SEAL} WHERE chain = ? AND from_id > ? ORDER BY from_id LIMIT ?`, [chain, done.place.from, Math.min(SEALS_AT_ONCE, max - done.seals)])).map(sealFrom);
    if (seals.length === 0) return { ...done, isAtEnd: true, broken: await findLost(ask, chain, done.place) };
    for (const seal of seals) {
      if (clock() >= deadline) return done;
      const broken = await checkSeal(ask, seal, done.place);
      if (broken) return { ...done, broken };
      onSeal?.(seal);
      done.seals++;
      done.rows += seal.rows;
      done.place = { from: seal.from, to: seal.to, digest: seal.digest };
    }
  }
  return done;
}

/** Computes one seal anew. */
async function checkSeal(ask: Ask, seal: StoredSeal, before: Place): Promise<Break | null> {
  const wrong = (fault: Fault, rows: Difference[] = [], found = seal.rows): Break => ({ chain: seal.chain, from: seal.from, to: seal.to, fault, rows, found, sealed: seal.rows });
  if (seal.from !== before.to || seal.to <= seal.from) return wrong("gap");
  if (seal.previous !== before.digest) return wrong("link");
  if (digestOf(seal) !== seal.digest) return wrong("seal");
  const present = await digestRows(ask, seal.chain, seal.from, seal.to, seal.rows + ADDED_MAX);
  if (present.length === seal.rows && contentOf(present) === seal.content) return null;
  const sealed = await findMarks(ask, seal);
  return wrong("content", sealed ? differencesBetween(sealed, present.map(({ id, digest }) => ({ id, mark: markOf(digest) }))) : [], present.length);
}

/** A seal that the events tell of beyond the last that is there: somebody cut the chain's end off. */
async function findLost(ask: Ask, chain: Chain, { to, digest }: Place): Promise<Break | null> {
  const [newest] = await ask(
    "SELECT CAST(data AS CHAR) AS data FROM events WHERE id = (SELECT MAX(id) FROM events WHERE subject_type = 'seal' AND subject_id LIKE ?) AND name = 'audit.sealed'",
    [`${chain}-%`],
  );
  const told = newest ? (JSON.parse(String(newest.data)) as { from: number; to: number; rows: number; digest: string }) : null;
  // Written while the check went on: then it is there, only later than this check looked.
  if (!told || told.digest === digest || (await findSeal(ask, told.digest))) return null;
  return { chain, from: to, to: told.to, fault: "gap", rows: [], found: 0, sealed: told.rows };
}

/** The rows as the seal found them. They are kept in an event of their own, which the chain of events seals in turn. */
async function findMarks(ask: Ask, seal: StoredSeal): Promise<Marked[] | null> {
  const rows = await ask("SELECT CAST(data AS CHAR) AS data FROM events WHERE subject_type = 'seal' AND subject_id = ? AND name = 'audit.sealed' ORDER BY id LIMIT 10", [sealName(seal)]);
  for (const row of rows) {
    const data = JSON.parse(String(row.data)) as Marks & { digest: string };
    if (data.digest === seal.digest) return readMarks(data, seal.rows);
  }
  return null;
}

export const sealName = ({ chain, to }: Pick<Seal, "chain" | "to">): string => `${chain}-${to}`;
