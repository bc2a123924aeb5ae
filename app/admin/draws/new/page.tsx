import type { Metadata, Route } from "next";
import { getTranslations } from "next-intl/server";
import { startStaffReading } from "../../reading";
import { createDrawForm } from "../actions";
import { emptyDraw, readCouponChoices, readDrawWords } from "../form-parts";
import { DrawForm } from "@/components/admin/draw-form";
import { PageHeader } from "@/components/page-header";
import { publicId } from "@/lib/id";

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations("adminDraws"))("new") };
}

export default async function NewDrawPage() {
  const reading = await startStaffReading("marketing.write", "/admin/draws/new");
  const [t, words, coupons] = await Promise.all([getTranslations("adminDraws"), readDrawWords(), readCouponChoices(reading)]);
  return (
    <>
      <PageHeader title={t("new")} back={{ href: "/admin/draws" as Route, label: t("title") }} />
      <DrawForm draw={emptyDraw} coupons={coupons} words={words} requestId={publicId()} action={createDrawForm} />
    </>
  );
}
