import { stringify } from "csv-stringify/sync";

export type CsvCell = string | number | null;

/** Says to spreadsheets that the text is UTF-8; without it they guess. */
const BYTE_ORDER_MARK = "\uFEFF";

/**
 * Rows as a spreadsheet opens them. A text that a spreadsheet would run as a formula is opened as text; a number stays a number, its minus too.
 * See OWASP on CSV injection.
 */
export const csvLines = (rows: readonly (readonly CsvCell[])[]): string => stringify(rows.map((row) => [...row]), { escape_formulas: true, quote_record_delimiter: true, record_delimiter: "windows" });

/** A file that is written page by page as it is read: however long it is, one page of it is in memory. */
export function csvStream(headings: readonly string[], pages: AsyncIterator<readonly (readonly CsvCell[])[]>): ReadableStream<Uint8Array> {
  const encoder = new TextEncoder();
  return new ReadableStream({
    start(controller) {
      controller.enqueue(encoder.encode(BYTE_ORDER_MARK + csvLines([headings])));
    },
    async pull(controller) {
      const { value, done } = await pages.next();
      if (done) controller.close();
      else controller.enqueue(encoder.encode(csvLines(value)));
    },
    async cancel() {
      await pages.return?.();
    },
  });
}
