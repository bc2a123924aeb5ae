import "server-only";

import { parse } from "csv-parse/sync";

/** A file's text: UTF-8, or what a Chinese Excel writes when it is asked for CSV. */
export function textOfFile(bytes: Uint8Array): string {
  try {
    return new TextDecoder("utf-8", { fatal: true }).decode(bytes);
  } catch {
    return new TextDecoder("gb18030").decode(bytes);
  }
}

/** The rows of a CSV, also one with semicolons or tabs; null when its quotes do not close. Cells are trimmed, empty rows left out. */
export const readCsv = (text: string): string[][] | null => readCsvLines(text)?.map(({ cells }) => cells) ?? null;

/** The same, each with the line of the file on which it ends. */
export function readCsvLines(text: string): { line: number; cells: string[] }[] | null {
  const first = text.slice(0, text.search(/\r|\n|$/));
  const delimiter = [",", "\t", ";"].sort((a, b) => first.split(b).length - first.split(a).length)[0];
  try {
    const records = parse(text, {
      bom: true, delimiter, info: true, record_delimiter: ["\r\n", "\n", "\r"], relax_column_count: true, skip_empty_lines: true, skip_records_with_empty_values: true, trim: true,
    }) as unknown as { info: { lines: number }; record: string[] }[];
    return records.map(({ info, record }) => ({ line: info.lines, cells: record }));
  } catch {
    return null;
  }
}
