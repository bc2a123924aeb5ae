import type { Metadata } from "next";
import { getTranslations } from "next-intl/server";
import { startReading } from "../../reading";
import { savePreferences } from "./actions";
import { PreferencesForm, type KindChoice } from "./preferences-form";
import { WatchList } from "./watch-list";
import { PageHeader } from "@/components/page-header";
import { NOTICE_KINDS, type NoticeKind } from "@/db/schema/loyalty";
import type { Role } from "@/db/schema/people";
import { requireShopper } from "@/lib/auth";
import { isFixed, isForOwners, isForStaff, isMailed } from "@/lib/notifications/notice";
import { getPreferences } from "@/lib/notifications/queries";

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations("notifications.preferences"))("title") };
}

export default async function NotificationSettingsPage() {
  const [reading, shopper, t, tCommon] = await Promise.all([startReading(), requireShopper("/notifications/settings"), getTranslations("notifications.preferences"), getTranslations("common")]);
  const preferences = await getPreferences(reading.db, shopper.id);
  const kinds = NOTICE_KINDS.filter((kind) => isFor(kind, shopper.role)).map((kind): KindChoice => ({
    kind, title: t(`kinds.${kind}`), hint: t(`hints.${kind}`), inApp: preferences[kind].inApp, byMail: isMailedTo(kind, shopper.role) ? preferences[kind].byMail : null, isFixed: isFixed(kind),
  }));
  return (
    <div className="mx-auto max-w-3xl">
      <PageHeader title={t("title")} back={{ href: "/notifications", label: t("back") }} lead={t("lead", { email: shopper.email })} />
      <PreferencesForm action={savePreferences} kinds={kinds} words={{ inApp: t("inApp"), byMail: t("byMail"), save: t("save"), pending: tCommon("pending") }} />
      <WatchList shopper={shopper} reading={reading} />
    </div>
  );
}

const isFor = (kind: NoticeKind, role: Role): boolean => (isForOwners(kind) ? role === "owner" : !isForStaff(kind) || role !== "shopper");
const isMailedTo = (kind: NoticeKind, role: Role): boolean => isMailed(kind) && (!isForStaff(kind) || role === "owner");
