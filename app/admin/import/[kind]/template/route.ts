import { getTranslations } from "next-intl/server";
import { pagesOf, staffDownload } from "../../../download";
import { oneOf } from "../../../reading";
import { IMPORT_KINDS } from "@/lib/imports/schema";
import { Refusal } from "@/lib/refusal";

const COLUMNS = { members: ["email", "name", "birthday", "language"], products: ["slug", "name", "nameEn", "category", "delivery", "points", "cash", "stock", "status", "description", "descriptionEn"] } as const;

/** An empty table with the headings that an import reads. */
export const GET = (_: Request, { params }: { params: Promise<{ kind: string }> }): Promise<Response> =>
  staffDownload("import.run", async () => {
    const kind = oneOf(IMPORT_KINDS, (await params).kind);
    if (!kind) throw new Refusal("not_found");
    const t = await getTranslations("adminImport.columns");
    return { name: `${kind}-template`, headings: COLUMNS[kind].map((column) => t(column)), pages: pagesOf([]) };
  });
