import { getTranslations } from "next-intl/server";
import { oneOf } from "../../../reading";
import { noteExport, pagesOf, staffDownload } from "../../../download";
import { inWords } from "../../csv-words";
import { REPORT_FILES, readReportFile } from "../../files";
import { Refusal } from "@/lib/refusal";

/** A report's figures as a file, of the period that the page shows. */
export const GET = (request: Request, { params }: { params: Promise<{ report: string }> }): Promise<Response> =>
  staffDownload("reports.export", async (reading) => {
    const [{ report }, t] = await Promise.all([params, getTranslations("adminReports")]);
    const file = oneOf(REPORT_FILES, report);
    const { searchParams } = new URL(request.url);
    const made = file && (await readReportFile(file, reading, searchParams));
    if (!made) throw new Refusal("not_found");
    const { headings, rows } = inWords(made.table, t);
    await noteExport(reading, `reports/${file}`, searchParams, rows.length, false);
    return { name: `${file}-${made.upTo}`, headings, pages: pagesOf(rows) };
  });
