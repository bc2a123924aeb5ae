/** Cells of a table by the name of their column. */
export type SheetRow<Column extends string> = { /** Its line in the file, from 1. */ row: number } & Record<Column, string>;

/** The rows below the headings, each cell under its column's name; null when a needed column has no heading. */
export function rowsOf<Column extends string>(cells: readonly (readonly string[])[], headings: Readonly<Record<Column, RegExp>>, needed: readonly NoInfer<Column>[]): SheetRow<Column>[] | null {
  const names = Object.keys(headings) as Column[];
  const places = new Map(names.map((name) => [name, (cells[0] ?? []).findIndex((cell) => headings[name].test(plain(cell)))]));
  if (needed.some((name) => places.get(name)! < 0)) return null;
  return cells.slice(1).map((row, index) => ({ row: index + 2, ...(Object.fromEntries(names.map((name) => [name, plain(row[places.get(name)!] ?? "")])) as Record<Column, string>) }));
}

/** Without the apostrophe by which a spreadsheet keeps text from being read as a formula or a number. */
const plain = (text: string): string => text.replace(/^'/, "").trim();

/** What becomes of a row: it is taken in; it is there already, and nothing changes; or what is wrong with it. */
export type Judged<Row, Fault extends string> = Row & { verdict: "new" | "known" | Fault };

export const newIn = <Row extends { verdict: string }>(rows: readonly Row[]): Row[] => rows.filter(({ verdict }) => verdict === "new");
export const faultyIn = <Row extends { verdict: string }>(rows: readonly Row[]): Row[] => rows.filter(({ verdict }) => verdict !== "new" && verdict !== "known");
