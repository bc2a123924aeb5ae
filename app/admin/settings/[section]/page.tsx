import type { Metadata } from "next";
import { getMessages, getTranslations } from "next-intl/server";
import { notFound } from "next/navigation";
import { startStaffReading } from "../../reading";
import { saveSettingsForm } from "../actions";
import { SECTION_PATHS, sectionAt } from "../sections";
import { SettingsForm } from "../settings-form";
import { SettingsTabs } from "../settings-tabs";
import { PageHeader } from "@/components/page-header";
import { Notice } from "@/components/ui/notice";
import { publicId } from "@/lib/id";
import { listPaymentStates } from "@/lib/payment-states";
import { rangesOf } from "@/lib/settings/schema";

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations("adminSettings"))("title") };
}

export default async function SettingsSectionPage({ params }: { params: Promise<{ section: string }> }) {
  const section = sectionAt((await params).section);
  if (!section) notFound();
  const { policy, locale, now, staff } = await startStaffReading("settings.read", `/admin/settings/${SECTION_PATHS[section]}`);
  const [t, { adminSettings: words }] = await Promise.all([getTranslations("adminSettings"), getMessages()]);
  const mayEdit = staff.permissions.has("settings.write");
  return (
    <>
      <PageHeader title={t("title")} />
      <SettingsTabs current={section} />
      {!mayEdit && <Notice className="mb-4 max-w-4xl">{t("readOnly")}</Notice>}
      <SettingsForm
        key={section} section={section} policy={policy} ranges={rangesOf(section)} zones={section === "programme" ? zonesWith(policy.timeZone) : []} words={words} locale={locale} now={now}
        payments={section === "payment" ? listPaymentStates() : []}
        requestId={publicId()} mayEdit={mayEdit} action={saveSettingsForm}
      />
    </>
  );
}

/** Every zone that the machine knows; its list leaves out UTC, and aliases under which a zone may have been saved. */
const zonesWith = (own: string): string[] => [...new Set([...Intl.supportedValuesOf("timeZone"), "UTC", own])].sort();
