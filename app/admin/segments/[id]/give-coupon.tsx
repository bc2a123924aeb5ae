import { getTranslations } from "next-intl/server";
import type { Route } from "next";
import { inLanguage } from "../../../(shop)/views";
import { grantToSegmentForm } from "../../coupons/actions";
import { CommandForm } from "@/components/admin/command-form";
import { ButtonLink } from "@/components/ui/button-link";
import { Card } from "@/components/ui/card";
import { Field, Select } from "@/components/ui/field";
import { db } from "@/db/client";
import { listTemplateChoices } from "@/lib/coupons/staff-queries";
import type { Locale } from "@/lib/i18n";
import { publicId } from "@/lib/id";

/** Gives everybody of a segment a coupon, from where its people are. */
export async function GiveCoupon({ segmentId, locale }: { segmentId: number; locale: Locale }) {
  const [t, coupons, templates] = await Promise.all([getTranslations("adminSegments.give"), getTranslations("adminCoupons.grants"), listTemplateChoices(db())]);
  return (
    <Card as="section" id="give-coupon" aria-labelledby="give-coupon-title" className="mt-4 max-w-4xl">
      <h2 id="give-coupon-title" className="mb-3 text-section font-semibold">{t("title")}</h2>
      {templates.length === 0 ? (
        <div className="grid justify-items-start gap-2">
          <p className="text-dense text-muted">{t("none")}</p>
          <ButtonLink href={"/admin/coupons/new" as Route} size="dense">{t("toCoupons")}</ButtonLink>
        </div>
      ) : (
        <CommandForm action={grantToSegmentForm} label={t("title")} hidden={{ requestId: publicId(), segmentId }} submit={coupons("submit")} pending={coupons("pending")}>
          <Field id="give-template" label={t("coupon")} hint={coupons("hint")}>
            {(wiring) => <Select {...wiring} name="templateId" shape="dense">{templates.map(({ id, name, nameEn }) => <option key={id} value={id}>{inLanguage(locale, name, nameEn)}</option>)}</Select>}
          </Field>
        </CommandForm>
      )}
    </Card>
  );
}
