import { entryView, type EntryWords } from "../entries";
import type { CsvCell } from "@/lib/csv";
import type { WalletEntry } from "@/lib/points/queries";

export const CSV_COLUMNS = ["number", "time", "what", "kind", "points", "balance", "rules", "expires", "reference"] as const;

/** One entry as a row of the file. Times are of the programme's zone, as spreadsheets read them. */
export function csvRow(entry: WalletEntry, words: EntryWords, zone: string): CsvCell[] {
  const view = entryView(entry, words);
  const cells: Record<(typeof CSV_COLUMNS)[number], CsvCell> = {
    number: entry.id,
    time: timeIn(zone, entry.createdAt),
    what: view.title,
    kind: words.t(`kinds.${entry.kind}`),
    points: entry.pointsChange,
    balance: entry.balanceAfter,
    rules: view.parts.map(({ label, points }) => `${label}: ${points}`).join("; "),
    expires: entry.pointsChange > 0 ? view.lots.map((lot) => (lot.expiresAt ? timeIn(zone, lot.expiresAt) : words.t("neverExpires"))).join("; ") : null,
    reference: entry.orderId ?? `${entry.sourceType}:${entry.sourceId}`,
  };
  return CSV_COLUMNS.map((column) => cells[column]);
}

/** `2026-11-21 09:30:00`: Swedish writes dates as the norm does. */
const timeIn = (zone: string, at: Date): string => new Intl.DateTimeFormat("sv-SE", { dateStyle: "short", timeStyle: "medium", timeZone: zone }).format(at);
