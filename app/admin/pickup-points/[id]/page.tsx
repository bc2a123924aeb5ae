import type { Metadata } from "next";
import { getTranslations } from "next-intl/server";
import { notFound } from "next/navigation";
import { inLanguage } from "../../../(shop)/views";
import { idIn, startStaffReading } from "../../reading";
import { savePointForm } from "../actions";
import { readPointWords } from "../form-parts";
import { PointForm } from "../point-form";
import { hrefWith } from "@/components/admin/href";
import { ReadOnly } from "@/components/admin/read-only";
import { PageHeader } from "@/components/page-header";
import { publicId } from "@/lib/id";
import { findPickupPoint } from "@/lib/orders/pickup-points/queries";

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations("adminFulfilment.points"))("edit") };
}

export default async function PickupPointPage({ params }: { params: Promise<{ id: string }> }) {
  const { db, locale, staff } = await startStaffReading("products.read", "/admin/pickup-points");
  const id = idIn((await params).id);
  const point = id === undefined ? null : await findPickupPoint(db, id);
  if (!point) notFound();
  const [t, words] = await Promise.all([getTranslations("adminFulfilment.points"), readPointWords()]);
  return (
    <>
      <PageHeader title={inLanguage(locale, point.name, point.nameEn)} back={{ href: hrefWith("/admin/pickup-points"), label: t("title") }} lead={t("lead")} />
      <ReadOnly when={!staff.permissions.has("products.write")}><PointForm point={point} words={words} requestId={publicId()} action={savePointForm} /></ReadOnly>
    </>
  );
}
