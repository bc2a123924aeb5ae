/** Where a list stands: after its newest row, older than `before`, or newer than `after` (ids of rows at its edges). */
export type Cursor = { before?: number; after?: number };

export type Turned<Row> = { rows: Row[]; /** Cursor of the older page. */ nextBefore: number | null; /** Cursor of the newer page. */ previousAfter: number | null };

/** One more row than a page holds tells whether there is another page. */
export const oneMore = (limit: number): number => limit + 1;

/**
 * Rows as they were read (newest first, or oldest first when `after` is given) as a page that reads newest first.
 * A page reached from another has that other one beside it.
 */
export function turnPage<Row extends { id: number }>(read: readonly Row[], limit: number, { before, after }: Cursor): Turned<Row> {
  const hasMore = read.length > limit;
  const rows = read.slice(0, limit);
  if (after !== undefined) rows.reverse();
  const first = rows[0]?.id ?? null;
  const last = rows.at(-1)?.id ?? null;
  return after !== undefined
    ? { rows, nextBefore: last, previousAfter: hasMore ? first : null }
    : { rows, nextBefore: hasMore ? last : null, previousAfter: before === undefined ? null : first };
}
