import type { Metadata } from "next";
import { getTranslations } from "next-intl/server";
import { startStaffReading } from "../../reading";
import { testWriteForm } from "../service-actions";
import { ServiceFrame } from "../service-frame";
import { TryOut } from "../try-out";
import { Badge } from "@/components/ui/badge";
import { publicId } from "@/lib/id";
import { storagePlace } from "@/lib/try-out";

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations("adminOperations.storageService"))("title") };
}

export default async function StorageSettingsPage() {
  const { staff } = await startStaffReading("settings.read", "/admin/settings/storage");
  const [t, tSettings] = await Promise.all([getTranslations("adminOperations.storageService"), getTranslations("adminSettings")]);
  const place = storagePlace();
  const where = place.kind === "disk"
    ? [{ name: t("folder"), value: <span className="font-mono break-all">{place.folder}</span> }]
    : [
        { name: t("bucketName"), value: <span className="font-mono break-all">{place.bucket}</span> },
        { name: t("region"), value: place.region },
        ...(place.endpoint ? [{ name: t("endpoint"), value: <span className="font-mono break-all">{place.endpoint}</span> }] : []),
      ];
  const facts = [{ name: t("kind"), value: <><Badge tone="info">{t(`kinds.${place.kind}`)}</Badge><span className="mt-1 block text-caption text-muted">{t(`means.${place.kind}`)}</span></> }, ...where];
  return (
    <ServiceFrame title={tSettings("title")} current="storage" heading={t("title")} facts={facts}>
      {staff.permissions.has("settings.write") && <TryOut action={testWriteForm} requestId={publicId()} label={t("test")} hint={t("testHint")} submit={t("write")} pending={t("writing")} />}
    </ServiceFrame>
  );
}
