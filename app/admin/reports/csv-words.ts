import type { CsvCell } from "@/lib/csv";
import type { ReportTable } from "@/lib/reports/table";
import type en from "@/messages/en/adminReports.json";

/** The words of the reports in one language. */
type Say = { (key: `columns.${keyof typeof en.columns}`, values?: Record<string, string | number>): string; has: (key: never) => boolean };

/** Headings as people read them, money in yuan, and words for what is a key in the books. Shares stay numbers: they are computed with. */
export function inWords({ columns, rows }: ReportTable, t: unknown): { headings: string[]; rows: CsvCell[][] } {
  const say = t as Say;
  return {
    headings: columns.map((column) => {
      const week = /^week(\d+)$/.exec(column);
      return week ? say("columns.weekN", { n: week[1]! }) : say(`columns.${column}` as "columns.day");
    }),
    rows: rows.map((row) => row.map((cell, index) => cellOf(columns[index]!, cell, say))),
  };
}

/** Columns whose values have words, and where those are. */
const WORDS: Readonly<Record<string, string>> = { source: "sources", step: "funnel.steps", figure: "liability.sums.figures" };
const isMoney = (column: string): boolean => column === "cents" || column.endsWith("Cents");

function cellOf(column: string, cell: CsvCell, say: Say): CsvCell {
  if (isMoney(column) && typeof cell === "number") return (cell / 100).toFixed(2);
  const place = WORDS[column];
  if (!place || typeof cell !== "string") return cell;
  const key = `${place}.${cell}`;
  return say.has(key as never) ? say(key as "columns.day") : cell;
}
