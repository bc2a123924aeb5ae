import { getTranslations } from "next-intl/server";
import { startReading } from "../../../../../(shop)/reading";
import { inLanguage } from "../../../../../(shop)/views";
import { idIn } from "../../../../reading";
import { refuseForeignOrigin } from "@/lib/act";
import { currentShopper } from "@/lib/auth";
import { printCode } from "@/lib/coupons/code";
import { takeCodes } from "@/lib/coupons/codes/commands";
import { findTemplateForStaff } from "@/lib/coupons/staff-queries";
import { csvStream, type CsvCell } from "@/lib/csv";
import { formatInstant } from "@/lib/i18n";
import { PUBLIC_ID } from "@/lib/id";
import { limit } from "@/lib/limits";
import { perform } from "@/lib/perform";
import { isRefusal, Refusal, REFUSALS } from "@/lib/refusal";
import { sentenceFor } from "@/lib/sentence";
import { asStaff, staffActor } from "@/lib/staff";

type Place = { params: Promise<{ id: string; batch: string }> };

/** The codes of a batch as a file for the printer. Asked for with POST: it is given once, and nothing that looks ahead may use that up. */
export async function POST(_: Request, { params }: Place): Promise<Response> {
  const reading = await startReading();
  try {
    await refuseForeignOrigin();
    const { staff, templateId, batch } = await readPlace(await params);
    await limit("staff-write", staff.id);
    const codes = await perform(staffActor(staff), (ctx) => takeCodes(ctx, { templateId, batch }));
    const [t, template] = await Promise.all([getTranslations("adminCoupons.codes.csv"), findTemplateForStaff(reading.db, templateId)]);
    const name = template ? inLanguage(reading.locale, template.name, template.nameEn) : "";
    const rows = codes.map(({ code, expiresAt }): CsvCell[] => [printCode(code), name, formatInstant(reading.locale, expiresAt, reading.policy.timeZone)]);
    return new Response(csvStream([t("code"), t("coupon"), t("until")], pagesOf(rows)), {
      headers: {
        "content-type": "text/csv; charset=utf-8",
        "content-disposition": `attachment; filename="codes-${reading.today}.csv"`,
        "cache-control": "private, no-store",
        "x-content-type-options": "nosniff",
      },
    });
  } catch (error) {
    if (!isRefusal(error)) throw error;
    return new Response(sentenceFor(reading.locale, error.code, error.detail), { status: REFUSALS[error.code], headers: { "content-type": "text/plain; charset=utf-8" } });
  }
}

async function readPlace({ id, batch }: { id: string; batch: string }) {
  const person = await currentShopper();
  if (!person) throw new Refusal("not_signed_in");
  const staff = asStaff(person);
  if (!staff) throw new Refusal("forbidden");
  const templateId = idIn(id);
  if (templateId === undefined || !PUBLIC_ID.test(batch)) throw new Refusal("not_found");
  return { staff, templateId, batch };
}

const ROWS_AT_ONCE = 1_000;

async function* pagesOf(rows: readonly CsvCell[][]): AsyncGenerator<CsvCell[][]> {
  for (let from = 0; from < rows.length; from += ROWS_AT_ONCE) yield rows.slice(from, from + ROWS_AT_ONCE);
}
