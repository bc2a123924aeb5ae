import type { Metadata } from "next";
import { getTranslations } from "next-intl/server";
import { startStaffReading } from "../../reading";
import { sendTestMailForm } from "../service-actions";
import { ServiceFrame } from "../service-frame";
import { TryOut } from "../try-out";
import { Badge } from "@/components/ui/badge";
import { ButtonLink } from "@/components/ui/button-link";
import { publicId } from "@/lib/id";
import { mailFrom, mailWay } from "@/lib/mail";

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations("adminOperations.mailService"))("title") };
}

const TONES = { smtp: ["success", "done"], sink: ["warning", "underway"], none: ["danger", "ended"] } as const;

export default async function MailSettingsPage() {
  const { staff } = await startStaffReading("settings.read", "/admin/settings/mail");
  const [t, tSettings] = await Promise.all([getTranslations("adminOperations.mailService"), getTranslations("adminSettings")]);
  const way = mailWay();
  const facts = [
    { name: t("state"), value: <><Badge tone={TONES[way][0]} progress={TONES[way][1]}>{t(`ways.${way}`)}</Badge><span className="mt-1 block text-caption text-muted">{t(`means.${way}`)}</span></> },
    { name: t("from"), value: <span className="font-mono break-all">{mailFrom()}</span> },
  ];
  return (
    <ServiceFrame title={tSettings("title")} current="mail" heading={t("title")} facts={facts}>
      {staff.permissions.has("settings.write") && <TryOut action={sendTestMailForm} requestId={publicId()} label={t("test")} hint={t("testHint", { address: staff.email })} submit={t("send")} pending={t("sending")} />}
      {staff.permissions.has("operations.read") && <p className="mt-4"><ButtonLink href="/admin/operations/mail" look="quiet" size="dense">{t("toLog")}</ButtonLink></p>}
    </ServiceFrame>
  );
}
