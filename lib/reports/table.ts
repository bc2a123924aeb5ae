import type { CsvCell } from "@/lib/csv";

/** A report as plain cells. Columns are keys: their words are in the messages. Money is in cents, shares are from 0 to 1, a blank is "not known". */
export type ReportTable = { columns: readonly string[]; rows: readonly (readonly CsvCell[])[] };

/** One row for each item, with the named fields as its cells. */
export function tableOf<Row, Column extends keyof Row & string>(rows: readonly Row[], columns: readonly Column[]): ReportTable {
  return { columns, rows: rows.map((row) => columns.map((column) => cellOf(row[column]))) };
}

const cellOf = (value: unknown): CsvCell => (typeof value === "number" || typeof value === "string" ? value : value === null || value === undefined ? null : String(value));

/** A part of a whole, to four places; null where there is no whole. */
export const shareOf = (part: number, whole: number): number | null => (whole === 0 ? null : Math.round((part / whole) * 10_000) / 10_000);

/** Rows by what they have in common, in the order in which each group came first. */
export function grouped<Row, Key>(rows: readonly Row[], keyOf: (row: Row) => Key): Map<Key, Row[]> {
  const groups = new Map<Key, Row[]>();
  for (const row of rows) {
    const group = groups.get(keyOf(row));
    if (group) group.push(row);
    else groups.set(keyOf(row), [row]);
  }
  return groups;
}
