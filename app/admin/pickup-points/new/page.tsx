import type { Metadata } from "next";
import { getTranslations } from "next-intl/server";
import { startStaffReading } from "../../reading";
import { createPointForm } from "../actions";
import { readPointWords } from "../form-parts";
import { PointForm } from "../point-form";
import { hrefWith } from "@/components/admin/href";
import { PageHeader } from "@/components/page-header";
import { publicId } from "@/lib/id";

const EMPTY = { name: "", nameEn: "", address: "", addressEn: "", hours: "", phone: "", position: 0, isActive: true };

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations("adminFulfilment.points"))("new") };
}

export default async function NewPickupPointPage() {
  await startStaffReading("products.write", "/admin/pickup-points/new");
  const [t, words] = await Promise.all([getTranslations("adminFulfilment.points"), readPointWords()]);
  return (
    <>
      <PageHeader title={t("new")} back={{ href: hrefWith("/admin/pickup-points"), label: t("title") }} />
      <PointForm point={EMPTY} words={words} requestId={publicId()} action={createPointForm} />
    </>
  );
}
