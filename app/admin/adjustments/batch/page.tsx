import type { Metadata } from "next";
import { getLocale, getMessages, getTranslations } from "next-intl/server";
import { readParams, type SearchParams } from "../../../(shop)/reading";
import { oneOf, startStaffReading } from "../../reading";
import { checkBatch, sendBatch } from "./actions";
import { BatchForm } from "./batch-form";
import { hrefWith } from "@/components/admin/href";
import { PageHeader } from "@/components/page-header";
import { buttonClass } from "@/components/ui/button";
import { Icon } from "@/components/ui/icon";
import { ADJUSTMENT_REASONS } from "@/db/schema/control";
import { BATCH_ROWS_MAX } from "@/lib/adjustments/batches/batch-file";
import { formatPoints } from "@/lib/i18n";
import { publicId } from "@/lib/id";

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations("adminAdjustments"))("batch") };
}

export default async function BatchFilePage({ searchParams }: { searchParams: SearchParams }) {
  await startStaffReading("adjustments.request", "/admin/adjustments/batch");
  const [t, messages, locale, asked] = await Promise.all([getTranslations("adminAdjustments"), getMessages(), getLocale(), readParams(searchParams, "reason")]);
  const { file, reasons, form } = messages.adminAdjustments;
  return (
    <>
      <PageHeader
        title={t("batch")} back={{ href: hrefWith("/admin/adjustments"), label: t("title") }} lead={<span className="text-dense">{t("file.lead")}</span>}
        actions={<a href="/admin/adjustments/batch/template.csv" download className={buttonClass({ size: "dense" })}><Icon name="download" size={16} />{t("file.template")}</a>}
      />
      <BatchForm
        check={checkBatch} send={sendBatch} requestId={publicId()} reason={oneOf(ADJUSTMENT_REASONS, asked.reason) ?? ""} reasons={ADJUSTMENT_REASONS.map((reason) => ({ value: reason, label: reasons[reason] }))}
        words={{ ...file, fileHint: t("file.fileHint", { rows: formatPoints(locale, BATCH_ROWS_MAX) }), choose: form.choose }}
      />
    </>
  );
}
