import type { Metadata, Route } from "next";
import { getMessages, getTranslations } from "next-intl/server";
import { notFound } from "next/navigation";
import { startStaffReading } from "../../reading";
import { saveSettingsForm } from "../actions";
import { SECTION_NAMES, SECTION_PATHS, sectionAt } from "../sections";
import { SettingsForm } from "../settings-form";
import { PageHeader } from "@/components/page-header";
import { NavTabs } from "@/components/ui/nav-tabs";
import { Notice } from "@/components/ui/notice";
import { publicId } from "@/lib/id";
import { rangesOf } from "@/lib/settings/schema";

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations("adminSettings"))("title") };
}

export default async function SettingsSectionPage({ params }: { params: Promise<{ section: string }> }) {
  const section = sectionAt((await params).section);
  if (!section) notFound();
  const { policy, locale, now, staff } = await startStaffReading(`/admin/settings/${SECTION_PATHS[section]}`);
  const [t, { adminSettings: words }] = await Promise.all([getTranslations("adminSettings"), getMessages()]);
  const mayEdit = staff.role === "owner";
  return (
    <>
      <PageHeader title={t("title")} />
      <NavTabs
        label={t("sectionsLabel")} className="mb-4"
        tabs={SECTION_NAMES.map((name) => ({ href: `/admin/settings/${SECTION_PATHS[name]}` as Route, label: t(`sections.${name}`), current: name === section }))}
      />
      {!mayEdit && <Notice className="mb-4 max-w-4xl">{t("readOnly")}</Notice>}
      <SettingsForm
        key={section} section={section} policy={policy} ranges={rangesOf(section)} zones={section === "programme" ? zonesWith(policy.timeZone) : []} words={words} locale={locale} now={now}
        requestId={publicId()} mayEdit={mayEdit} action={saveSettingsForm}
      />
    </>
  );
}

/** Every zone that the machine knows; its list leaves out UTC, and aliases under which a zone may have been saved. */
const zonesWith = (own: string): string[] => [...new Set([...Intl.supportedValuesOf("timeZone"), "UTC", own])].sort();
