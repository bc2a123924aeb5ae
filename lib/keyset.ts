import { and, eq, gt, lt, or, type SQL, type SQLWrapper } from "drizzle-orm";

// Lists that are gone through whole: each part begins where the one before ended, so that none is read twice and never all are in memory.

/** Where a part ended: the row's value in the list's order, and its id among those with the same. */
export type Mark = { id: number; value: unknown };

/** Ids of one part: few enough for memory, many enough that an order without an index is not sorted anew all the time. */
const PART = 10_000;

/** The rows that come after a mark in the order of a column, and then of the id. */
export function beyond(column: SQLWrapper, id: SQLWrapper, mark: Mark | null, isDown: boolean): SQL | undefined {
  if (mark === null) return undefined;
  const further = isDown ? lt : gt;
  return or(further(column, mark.value), and(eq(column, mark.value), further(id, mark.id)));
}

/** All ids of a list in its order. A row that moves within the order meanwhile may be missing or come twice, as when one turns pages. */
export async function* idsInParts<Id extends number>(read: (mark: Mark | null, limit: number) => Promise<readonly { id: number; value: unknown }[]>, part = PART): AsyncGenerator<Id[]> {
  for (let mark: Mark | null = null; ; ) {
    const rows: readonly Mark[] = await read(mark, part);
    if (rows.length > 0) yield rows.map(({ id }) => id as Id);
    if (rows.length < part) return;
    mark = rows.at(-1)!;
  }
}
