import type { Metadata } from "next";
import { getMessages, getTranslations } from "next-intl/server";
import { startStaffReading } from "../../reading";
import { checkParcels, sendParcels } from "./actions";
import { FileImport } from "@/components/admin/file-import";
import { hrefWith } from "@/components/admin/href";
import { PageHeader } from "@/components/page-header";
import { buttonClass } from "@/components/ui/button";
import { Icon } from "@/components/ui/icon";
import { publicId } from "@/lib/id";

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations("adminFulfilment.import"))("title") };
}

export default async function ImportPage() {
  const { staff } = await startStaffReading("orders.fulfil", "/admin/orders/import");
  const [t, orders, messages] = await Promise.all([getTranslations("adminFulfilment.import"), getTranslations("admin.orders"), getMessages()]);
  const { file, text, textHint, check, checking, result, caption, confirming, columns } = messages.adminFulfilment.import;
  return (
    <>
      <PageHeader
        title={t("title")} back={{ href: hrefWith("/admin/orders"), label: orders("title") }} lead={t("lead")}
        actions={staff.permissions.has("people.contact") && <a href="/admin/orders/import/to-send.csv" download className={buttonClass({ size: "dense" })}><Icon name="download" size={16} />{t("download")}</a>}
      />
      <FileImport
        check={checkParcels} send={sendParcels} requestId={publicId()}
        words={{ file, text, textHint, check, checking, result, caption, confirming, row: columns.row, verdict: columns.verdict, columns: [columns.number, columns.carrier, columns.trackingNumber] }}
      />
    </>
  );
}
