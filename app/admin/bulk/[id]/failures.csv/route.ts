import { getTranslations } from "next-intl/server";
import { noteExport, staffDownload } from "../../../download";
import { maySeeRun } from "../../may-see";
import type { Db } from "@/db/client";
import { OPERATIONS } from "@/lib/bulk/operation";
import { findRun, listFailures, namesOf, type BulkRun } from "@/lib/bulk/queries";
import type { CsvCell } from "@/lib/csv";
import type { Locale } from "@/lib/i18n";
import { PUBLIC_ID } from "@/lib/id";
import { Refusal } from "@/lib/refusal";
import { sentenceFor } from "@/lib/sentence";

const ROWS_AT_ONCE = 500;

/** What a run could not do, and why: for whoever may see the run. */
export const GET = (_: Request, { params }: { params: Promise<{ id: string }> }): Promise<Response> =>
  staffDownload(null, async (reading) => {
    const { db, locale, staff, today } = reading;
    const { id } = await params;
    const run = PUBLIC_ID.test(id) ? await findRun(db, id) : null;
    if (!run || !maySeeRun(staff, run)) throw new Refusal("not_found");
    await noteExport(reading, "bulk/failures", new URLSearchParams({ run: run.publicId }), run.failed, false);
    const t = await getTranslations("adminBulk.file");
    return { name: `failures-${today}`, headings: [t("id"), t("name"), t("code"), t("reason")], pages: pagesOf(db, run, { locale, seesStaff: staff.permissions.has("staff.read") }) };
  });

async function* pagesOf(db: Db, run: BulkRun, reader: { locale: Locale; seesStaff: boolean }): AsyncGenerator<CsvCell[][]> {
  for (let after = ""; ; ) {
    const failures = await listFailures(db, run.id, { after, limit: ROWS_AT_ONCE });
    if (failures.length === 0) return;
    const names = await namesOf(db, OPERATIONS[run.operation].list, failures.map(({ item }) => Number(item)), reader);
    yield failures.map(({ item, code, detail }) => [item, names.get(Number(item)) ?? "", code, sentenceFor(reader.locale, code, detail)]);
    after = failures.at(-1)!.item;
  }
}
