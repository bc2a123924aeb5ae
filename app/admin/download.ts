import "server-only";

import { startReading, type Reading } from "../(shop)/reading";
import type { Permission } from "@/lib/accounts/permission";
import { currentShopper } from "@/lib/auth";
import { csvStream, type CsvCell } from "@/lib/csv";
import { emit } from "@/lib/events/commands";
import { limit, type LimitName } from "@/lib/limits";
import { idIn, withoutSearch } from "@/lib/list-address";
import { perform } from "@/lib/perform";
import { isRefusal, REFUSALS } from "@/lib/refusal";
import { sentenceFor } from "@/lib/sentence";
import { staffActor, staffWithPermission, type Staff } from "@/lib/staff";

export type Table = { /** The file's name without its end. */ name: string; headings: readonly string[]; pages: AsyncGenerator<CsvCell[][]> };

/**
 * A file that staff takes out of the shop: session, permission and limit, then the work. A refusal is a sentence with its status.
 * Cells are safe against formula injection (`lib/csv.ts`).
 */
export const staffDownload = (permission: Permission | null, work: (reading: Reading & { staff: Staff }) => Promise<Table | Response>): Promise<Response> =>
  staffAnswer(permission, "staff-download", async (reading) => {
    const made = await work(reading);
    return made instanceof Response ? made : csvOf(made);
  });

/** What a script of the back office asks for: session, permission and limit, then the work. Null is for what every member of staff may ask. */
export async function staffAnswer(permission: Permission | null, limitName: LimitName, work: (reading: Reading & { staff: Staff }) => Promise<Response>): Promise<Response> {
  const reading = await startReading();
  try {
    const staff = staffWithPermission(await currentShopper(), permission, reading.policy);
    await limit(limitName, staff.id);
    return await work({ ...reading, staff });
  } catch (error) {
    if (!isRefusal(error)) throw error;
    const headers = { "content-type": "text/plain; charset=utf-8", ...(error.detail.retryAfterSeconds === undefined ? {} : { "retry-after": String(error.detail.retryAfterSeconds) }) };
    return new Response(sentenceFor(reading.locale, error.code, error.detail), { status: REFUSALS[error.code], headers });
  }
}

const csvOf = ({ name, headings, pages }: Table): Response =>
  new Response(csvStream([...headings], pages), {
    headers: { "content-type": "text/csv; charset=utf-8", "content-disposition": `attachment; filename="${name}.csv"`, "cache-control": "private, no-store", "x-content-type-options": "nosniff" },
  });

const ROWS_AT_ONCE = 1_000;

/** A table that is in memory, for `Table.pages`. */
export async function* pagesOf(rows: readonly CsvCell[][]): AsyncGenerator<CsvCell[][]> {
  for (let from = 0; from < rows.length; from += ROWS_AT_ONCE) yield rows.slice(from, from + ROWS_AT_ONCE);
}

/** All rows of a list in the order of its ids: both are read some at a time, as the file is written. */
export async function* inChunks<Id>(parts: AsyncIterable<Id[]>, read: (some: Id[]) => Promise<CsvCell[][]>): AsyncGenerator<CsvCell[][]> {
  for await (const ids of parts) {
    for (let from = 0; from < ids.length; from += IDS_AT_ONCE) yield read(ids.slice(from, from + IDS_AT_ONCE));
  }
}

const IDS_AT_ONCE = 500;
/** More than a page has rows. */
const TICKED_MAX = 500;

/** Those of a list that were ticked, for its search; all of it when none were named. */
export function tickedIn(params: URLSearchParams): { ids?: number[] } {
  const named = params.get("ids");
  return named === null ? {} : { ids: [...new Set(named.split(",").flatMap((id) => idIn(id) ?? []))].slice(0, TICKED_MAX) };
}

/** Rows of a list in memory: those that were ticked, or all. */
export function onlyTicked<Row extends { id: number }>(rows: readonly Row[], params: URLSearchParams): Row[] {
  const { ids } = tickedIn(params);
  return rows.filter(({ id }) => !ids || ids.includes(id));
}

/** Whoever took a list out of the shop is known afterwards. */
export const noteExport = ({ staff }: { staff: Staff }, list: string, params: URLSearchParams, rows: number, withContacts: boolean): Promise<unknown> =>
  perform(staffActor(staff), (ctx) => emit(ctx, { name: "list.exported", subject: { type: "user", id: String(staff.id) }, data: { list, query: withoutSearch(params), rows, withContacts } }));

/** The table of a list that is in memory: the columns that are shown, in their order. */
export const listTable = <Row>(name: string, columns: readonly string[], headingOf: (column: string) => string, cells: Readonly<Record<string, (row: Row) => CsvCell>>, rows: readonly Row[]): Table =>
  ({ name, headings: columns.map(headingOf), pages: pagesOf(rows.map((row) => columns.map((column) => cells[column]!(row)))) });
