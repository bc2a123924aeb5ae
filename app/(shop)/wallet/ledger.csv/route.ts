import { getTranslations } from "next-intl/server";
import { startReading, type Reading } from "../../reading";
import { namesIn, readEntryFilter, type LedgerFilter } from "../entries";
import { csvRow, CSV_COLUMNS } from "./rows";
import { currentShopper } from "@/lib/auth";
import { csvStream, type CsvCell } from "@/lib/csv";
import type { UserId } from "@/lib/ctx";
import { limit } from "@/lib/limits";
import { isRefusal } from "@/lib/refusal";
import { ENTRIES_PAGE_MAX, listEntries } from "@/lib/points/queries";
import { sentenceFor } from "@/lib/sentence";

/** One's own ledger as a file for a spreadsheet, in the language of the page, with the filters of the page. */
export async function GET(request: Request): Promise<Response> {
  const shopper = await currentShopper();
  const reading = await startReading();
  if (!shopper) return new Response(sentenceFor(reading.locale, "not_signed_in"), { status: 401 });
  try {
    await limit("shopper-read", shopper.id);
  } catch (error) {
    if (!isRefusal(error)) throw error;
    return new Response(sentenceFor(reading.locale, error.code, error.detail), { status: error.status, headers: { "retry-after": String(error.detail.retryAfterSeconds) } });
  }
  const t = await getTranslations("wallet");
  const params = new URL(request.url).searchParams;
  const query = readEntryFilter(params.get("filter") ?? "", params.get("source") ?? "");
  const headings = CSV_COLUMNS.map((column) => t(`columns.${column}`));
  return new Response(csvStream(headings, pagesOf(reading, shopper.id, query, t)), {
    headers: {
      "content-type": "text/csv; charset=utf-8",
      "content-disposition": `attachment; filename="points-${reading.today}.csv"`,
      "cache-control": "private, no-store",
      "x-content-type-options": "nosniff",
    },
  });
}

async function* pagesOf(reading: Reading, userId: UserId, query: LedgerFilter, t: Awaited<ReturnType<typeof getTranslations<"wallet">>>): AsyncGenerator<CsvCell[][]> {
  for (let before: number | undefined; ; ) {
    const page = await listEntries(reading.db, userId, { ...query, before, limit: ENTRIES_PAGE_MAX }, reading.now);
    const names = await namesIn(reading.db, page.entries, reading.locale);
    if (page.entries.length > 0) yield page.entries.map((entry) => csvRow(entry, { t, locale: reading.locale, now: reading.now, names }, reading.policy.timeZone));
    if (page.nextBefore === null) return;
    before = page.nextBefore;
  }
}
