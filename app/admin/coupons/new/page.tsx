import type { Metadata, Route } from "next";
import { getTranslations } from "next-intl/server";
import { startStaffReading } from "../../reading";
import { createCouponForm, previewCoupon } from "../actions";
import { emptyCoupon, readCouponChoices, readCouponWords } from "../form-parts";
import { CouponForm } from "@/components/admin/coupon-form";
import { PageHeader } from "@/components/page-header";
import { publicId } from "@/lib/id";

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations("adminCoupons"))("new") };
}

export default async function NewCouponPage() {
  const reading = await startStaffReading("marketing.write", "/admin/coupons/new");
  const [t, words] = await Promise.all([getTranslations("adminCoupons"), readCouponWords()]);
  const goods = await readCouponChoices(reading, { scope: "all", scopeIds: [], giftSkuId: null }, (level) => t("form.andAbove", { level }));
  return (
    <>
      <PageHeader title={t("new")} back={{ href: "/admin/coupons" as Route, label: t("title") }} />
      <CouponForm coupon={emptyCoupon} {...goods} words={words} requestId={publicId()} first={{ sentence: null, warnings: [] }} action={createCouponForm} preview={previewCoupon} />
    </>
  );
}
