import type { Metadata } from "next";
import { getTranslations } from "next-intl/server";
import { startStaffReading } from "../../reading";
import { createLevelForm } from "../actions";
import { readLevelWords } from "../form-parts";
import { LevelForm, type LevelDraft } from "../level-form";
import { hrefWith } from "@/components/admin/href";
import { PageHeader } from "@/components/page-header";
import { publicId } from "@/lib/id";
import { listLevelsForStaff, type StaffLevel } from "@/lib/levels/queries";

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations("adminLevels"))("new") };
}

export default async function NewLevelPage() {
  const { db, policy } = await startStaffReading("programme.write", "/admin/levels/new");
  const [t, words, levels] = await Promise.all([getTranslations("adminLevels"), readLevelWords(), listLevelsForStaff(db)]);
  return (
    <>
      <PageHeader title={t("new")} back={{ href: hrefWith("/admin/levels"), label: t("title") }} lead={t("reach")} />
      <LevelForm level={onTopOf(levels.at(-1))} words={words} basis={policy.levelBasis} requestId={publicId()} action={createLevelForm} />
    </>
  );
}

/** A step above the highest, for the merchant to change. */
const onTopOf = (highest: StaffLevel | undefined): LevelDraft => ({
  rank: highest ? highest.rank + 1 : 0,
  name: "", nameEn: "", benefits: "", benefitsEn: "", isActive: true,
  threshold: highest ? Math.max(1, highest.threshold * 2) : 0,
  multiplierPercent: highest?.multiplierPercent ?? 100,
});
