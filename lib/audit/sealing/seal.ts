/**
 * How rows are written down before they are digested. An auditor can compute it with any program, from what is said here:
 *
 * - a row is a JSON array of its columns in the order below, without spaces, keys of objects in the order of their letters;
 * - an instant is the text of the database, "2026-01-31 09:00:00.000", in UTC; a day is "2026-01-31"; what is missing is null;
 * - a row's digest is the SHA-256 of that text, a stretch's the SHA-256 of its rows' digests one after the other;
 * - a seal's digest is the SHA-256 of `sealText`, which names the seal before it: whoever holds the newest holds all.
 *
 * The columns stay what they are when later versions add others: those get a chain of their own.
 */
export const COLUMNS = {
  events: ["id", "name", "actor_id", "subject_type", "subject_id", "data", "created_at"],
  /** The last is the entry's allocations, [lot, points] each, in the order of the lots. */
  ledger: ["id", "user_id", "kind", "points_change", "balance_after", "rule_id", "source_type", "source_id", "local_day", "breakdown", "actor_id", "reason", "created_at", "allocations"],
} as const;

export type Chain = keyof typeof COLUMNS;
export const CHAINS = Object.keys(COLUMNS) as Chain[];

/** What was before the first seal. */
export const NOTHING = "0".repeat(64);

/** Rows of one seal: so many are read again to tell which of them differs. */
export const ROWS_PER_SEAL = 1_000;

export const rowText = (chain: Chain, row: Readonly<Record<string, unknown>>): string => JSON.stringify(COLUMNS[chain].map((column) => sorted(row[column] ?? null)));

function sorted(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(sorted);
  if (value === null || typeof value !== "object") return value;
  return Object.fromEntries(Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1)).map(([key, inner]) => [key, sorted(inner)]));
}

export type Seal = { chain: Chain; /** The stretch (`from`, `to`]. */ from: number; to: number; rows: number; content: string; previous: string; sealedAt: Date };

export const sealText = ({ chain, from, to, rows, content, previous, sealedAt }: Seal): string =>
  JSON.stringify(["points-mall seal 1", chain, from, to, rows, content, previous, sealedAt.toISOString()]);

export type Marked = { id: number; mark: string };
/** Which rows a seal found: their ids in runs, "1-400,402", and the beginnings of their digests, one after the other. */
export type Marks = { ids: string; marks: string };

/** Hexadecimal figures of a row's digest that tell it from others of its id. */
const MARK_LENGTH = 12;
export const markOf = (digest: string): string => digest.slice(0, MARK_LENGTH);

export const writeMarks = (rows: readonly Marked[]): Marks => ({ ids: runsOf(rows.map(({ id }) => id)), marks: rows.map(({ mark }) => mark).join("") });

function runsOf(ids: readonly number[]): string {
  const runs: [number, number][] = [];
  for (const id of ids) {
    const last = runs.at(-1);
    if (last && id === last[1] + 1) last[1] = id;
    else runs.push([id, id]);
  }
  return runs.map(([first, last]) => (first === last ? `${first}` : `${first}-${last}`)).join(",");
}

/** The rows that a seal found; null when what was kept of them does not hold together. */
export function readMarks({ ids, marks }: Marks, rows: number): Marked[] | null {
  const found: number[] = [];
  for (const run of ids.split(",")) {
    const [first, last = first] = run.split("-").map(Number);
    if (!Number.isSafeInteger(first) || !Number.isSafeInteger(last) || last! < first! || found.length + last! - first! + 1 > rows) return null;
    for (let id = first!; id <= last!; id++) found.push(id);
  }
  if (found.length !== rows || marks.length !== rows * MARK_LENGTH) return null;
  return found.map((id, index) => ({ id, mark: marks.slice(index * MARK_LENGTH, (index + 1) * MARK_LENGTH) }));
}

export type Difference = { id: number; how: "changed" | "missing" | "added" };

/** What became of the rows of a stretch, by their ids. */
export function differencesBetween(sealed: readonly Marked[], present: readonly Marked[]): Difference[] {
  const before = new Map(sealed.map(({ id, mark }) => [id, mark]));
  const now = new Map(present.map(({ id, mark }) => [id, mark]));
  return [...new Set([...before.keys(), ...now.keys()])].sort((a, b) => a - b).flatMap((id): Difference[] => {
    if (!now.has(id)) return [{ id, how: "missing" }];
    if (!before.has(id)) return [{ id, how: "added" }];
    return before.get(id) === now.get(id) ? [] : [{ id, how: "changed" }];
  });
}

/**
 * What is wrong with a seal: `gap`, it does not begin where the one before it ends; `link`, it names another one; `seal`, it was edited itself;
 * `content`, its rows are not those that were sealed.
 */
export type Fault = "gap" | "link" | "seal" | "content";

export type Break = { chain: Chain; from: number; to: number; fault: Fault; /** Empty when it cannot be told. */ rows: Difference[]; found: number; sealed: number };
