import type { Metadata } from "next";
import { getTranslations } from "next-intl/server";
import { notFound } from "next/navigation";
import { inLanguage } from "../../../(shop)/views";
import { idIn, startStaffReading } from "../../reading";
import { saveLevelForm } from "../actions";
import { readLevelWords } from "../form-parts";
import { LevelForm } from "../level-form";
import { hrefWith } from "@/components/admin/href";
import { ReadOnly } from "@/components/admin/read-only";
import { PageHeader } from "@/components/page-header";
import { publicId } from "@/lib/id";
import { findLevelForStaff } from "@/lib/levels/queries";

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations("adminLevels"))("edit") };
}

export default async function LevelPage({ params }: { params: Promise<{ id: string }> }) {
  const { db, policy, locale, staff } = await startStaffReading("programme.read", "/admin/levels");
  const id = idIn((await params).id);
  const level = id === undefined ? null : await findLevelForStaff(db, id);
  if (!level) notFound();
  const [t, words] = await Promise.all([getTranslations("adminLevels"), readLevelWords()]);
  return (
    <>
      <PageHeader title={inLanguage(locale, level.name, level.nameEn)} back={{ href: hrefWith("/admin/levels"), label: t("title") }} lead={t("reach")} />
      <ReadOnly when={!staff.permissions.has("programme.write")}><LevelForm level={level} words={words} basis={policy.levelBasis} requestId={publicId()} action={saveLevelForm} /></ReadOnly>
    </>
  );
}
