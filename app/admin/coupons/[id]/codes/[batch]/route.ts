import { getTranslations } from "next-intl/server";
import { inLanguage } from "../../../../../(shop)/views";
import { pagesOf, staffDownload } from "../../../../download";
import { idIn } from "../../../../reading";
import { refuseForeignOrigin } from "@/lib/act";
import { printCode } from "@/lib/coupons/code";
import { takeCodes } from "@/lib/coupons/codes/commands";
import { findTemplateForStaff } from "@/lib/coupons/staff-queries";
import { formatInstant } from "@/lib/i18n";
import { PUBLIC_ID } from "@/lib/id";
import { perform } from "@/lib/perform";
import { Refusal } from "@/lib/refusal";
import { staffActor } from "@/lib/staff";

type Place = { params: Promise<{ id: string; batch: string }> };

/** The codes of a batch as a file for the printer. Asked for with POST: it is given once, and nothing that looks ahead may use that up. */
export const POST = (_: Request, { params }: Place): Promise<Response> =>
  staffDownload("marketing.write", async ({ db, locale, policy, today, staff }) => {
    await refuseForeignOrigin();
    const { templateId, batch } = await placeIn(params);
    const codes = await perform(staffActor(staff), (ctx) => takeCodes(ctx, { templateId, batch }));
    const [t, template] = await Promise.all([getTranslations("adminCoupons.codes.csv"), findTemplateForStaff(db, templateId)]);
    const name = template ? inLanguage(locale, template.name, template.nameEn) : "";
    const rows = codes.map(({ code, expiresAt }) => [printCode(code), name, formatInstant(locale, expiresAt, policy.timeZone)]);
    return { name: `codes-${today}`, headings: [t("code"), t("coupon"), t("until")], pages: pagesOf(rows) };
  });

async function placeIn(params: Place["params"]): Promise<{ templateId: number; batch: string }> {
  const { id, batch } = await params;
  const templateId = idIn(id);
  if (templateId === undefined || !PUBLIC_ID.test(batch)) throw new Refusal("not_found");
  return { templateId, batch };
}
