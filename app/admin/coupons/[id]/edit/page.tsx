import type { Metadata, Route } from "next";
import { getTranslations } from "next-intl/server";
import { notFound } from "next/navigation";
import { inLanguage } from "../../../../(shop)/views";
import { idIn, startStaffReading } from "../../../reading";
import { previewCoupon, saveCouponForm } from "../../actions";
import { CouponStatusBadge } from "../../coupon-table";
import { draftOf, readCouponChoices, readCouponWords, readSentence } from "../../form-parts";
import { CouponForm } from "@/components/admin/coupon-form";
import { PageHeader } from "@/components/page-header";
import { findTemplateForStaff } from "@/lib/coupons/staff-queries";
import { publicId } from "@/lib/id";

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations("adminCoupons"))("edit") };
}

export default async function EditCouponPage({ params }: { params: Promise<{ id: string }> }) {
  const reading = await startStaffReading("marketing.write");
  const id = idIn((await params).id);
  const template = id === undefined ? null : await findTemplateForStaff(reading.db, id);
  if (!template) notFound();
  const [t, words, sentence] = await Promise.all([getTranslations("adminCoupons"), readCouponWords(), readSentence(reading, template)]);
  const goods = await readCouponChoices(reading, template, (level) => t("form.andAbove", { level }));
  const name = inLanguage(reading.locale, template.name, template.nameEn);
  return (
    <>
      <PageHeader title={t("edit")} back={{ href: `/admin/coupons/${template.id}` as Route, label: name }} lead={<CouponStatusBadge status={template.status} />} />
      <CouponForm
        coupon={draftOf(template, reading.policy.timeZone)} {...goods} words={words} requestId={publicId()} first={{ sentence, warnings: [] }} action={saveCouponForm} preview={previewCoupon}
      />
    </>
  );
}
