import type { Metadata } from "next";
import { getTranslations } from "next-intl/server";
import { startStaffReading } from "../../reading";
import { readSetup } from "../../setup";
import { SettingsTabs } from "../settings-tabs";
import { showSetupForm } from "./actions";
import { CommandForm } from "@/components/admin/command-form";
import { SetupList } from "@/components/admin/setup-list";
import { PageHeader } from "@/components/page-header";
import { Card } from "@/components/ui/card";
import { Notice } from "@/components/ui/notice";
import { ProgressBar } from "@/components/ui/progress-bar";
import { publicId } from "@/lib/id";

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations("adminFrame.setup"))("title") };
}

/** The checklist of a new shop, where it is found again after it was put away. */
export default async function SetupPage() {
  const { db, policy, staff } = await startStaffReading("settings.read", "/admin/settings/setup");
  const [t, settings, { setup, hrefs }] = await Promise.all([getTranslations("adminFrame.setup"), getTranslations("adminSettings"), readSetup(db, policy, staff)]);
  const isShown = !policy.setupHidden;
  return (
    <>
      <PageHeader title={settings("title")} />
      <SettingsTabs current="setup" />
      <Card as="section" aria-labelledby="setup-title" className="max-w-4xl">
        <h2 id="setup-title" className="text-section font-semibold">{t("title")}</h2>
        <p className="mt-1 mb-3 text-caption text-muted">{t("settingsLead")}</p>
        <ProgressBar label={t("progress")} value={setup.done} max={setup.total} />
        <p className="mt-2 mb-3 text-caption text-muted tabular-nums">{t("lead", { done: setup.done, total: setup.total })}</p>
        {setup.isComplete && <Notice tone="success" className="mb-3">{t("complete")}</Notice>}
        <SetupList setup={setup} hrefs={hrefs} />
        {staff.permissions.has("settings.write") && !setup.isComplete && (
          <div className="mt-4 grid gap-3 border-t border-border pt-4">
            <p className="text-caption text-muted">{t(isShown ? "shownNow" : "hiddenNow")}</p>
            <CommandForm
              key={String(isShown)} action={showSetupForm} label={t("title")} submit={t(isShown ? "dismiss" : "show")} pending={t(isShown ? "dismiss" : "show")} look="secondary"
              hidden={{ section: "setup", setupHidden: isShown ? "1" : "0", requestId: publicId() }}
            />
          </div>
        )}
      </Card>
    </>
  );
}
