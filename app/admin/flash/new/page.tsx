import type { Metadata, Route } from "next";
import { getTranslations } from "next-intl/server";
import { startStaffReading } from "../../reading";
import { planFlashForm } from "../actions";
import { emptySale, readFlashChoices, readFlashWords } from "../form-parts";
import { FlashForm } from "@/components/admin/flash-form";
import { PageHeader } from "@/components/page-header";
import { publicId } from "@/lib/id";

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations("adminFlash"))("new") };
}

export default async function NewFlashSalePage() {
  const reading = await startStaffReading("marketing.write", "/admin/flash/new");
  const [t, words] = await Promise.all([getTranslations("adminFlash"), readFlashWords(reading)]);
  return (
    <>
      <PageHeader title={t("new")} back={{ href: "/admin/flash" as Route, label: t("title") }} />
      <FlashForm sale={emptySale(reading)} {...await readFlashChoices(reading)} words={words} requestId={publicId()} action={planFlashForm} />
    </>
  );
}
