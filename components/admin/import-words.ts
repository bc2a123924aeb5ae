import type { Tone } from "../ui/badge";

/** A row of a table that is to be taken in, as it is shown: its cells under the words' columns. */
export type ImportRow = { row: number; cells: string[]; verdict: string; tone: Tone };

/** What a file came to. Plain data: it travels to the browser. */
export type ImportState = {
  step: "idle" | "refused" | "checked" | "done";
  message?: string;
  fileName: string;
  text: string;
  rows: ImportRow[];
  /** Rows that would change something. */
  ready: number;
  /** What was found, in words, and what the button says. */
  summary: string;
  /** Sums over the rows that are good, in words. */
  sums?: string;
  confirm: string;
};

export const NOTHING_READ: ImportState = { step: "idle", fileName: "", text: "", rows: [], ready: 0, summary: "", confirm: "" };

export type ImportWords = {
  file: string; text: string; textHint: string; check: string; checking: string; result: string; caption: string; confirming: string; row: string; verdict: string;
  /** The table's own columns; the first names the row. */
  columns: string[];
};
