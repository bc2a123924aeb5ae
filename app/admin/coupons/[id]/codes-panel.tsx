import { getTranslations } from "next-intl/server";
import type { Reading } from "../../../(shop)/reading";
import { makeCodesForm, voidCodesForm } from "../actions";
import { CommandForm } from "@/components/admin/command-form";
import { DataTable, type Column } from "@/components/admin/data-table";
import { buttonClass } from "@/components/ui/button";
import { Card } from "@/components/ui/card";
import { TextField } from "@/components/ui/field";
import { Icon } from "@/components/ui/icon";
import type { Batch, StaffTemplate } from "@/lib/coupons/staff-queries";
import { formatInstant, formatPoints } from "@/lib/i18n";
import { publicId } from "@/lib/id";

type CodesPanelProps = { template: StaffTemplate; batches: readonly Batch[]; reading: Reading };

/** Printed codes: made here, downloaded once, counted by batch. */
export async function CodesPanel({ template, batches, reading }: CodesPanelProps) {
  const t = await getTranslations("adminCoupons.codes");
  return (
    <Card as="section" padded={false} aria-labelledby="codes-title">
      <div className="grid gap-3 p-4">
        <h2 id="codes-title" className="text-section font-semibold">{t("title")}</h2>
        <p className="max-w-prose text-dense text-muted">{t("hint")}</p>
        {template.status === "active" && (
          <CommandForm
            action={makeCodesForm} label={t("title")} hidden={{ requestId: publicId(), templateId: template.id }} submit={t("submit")} pending={t("pending")}
            fields={[{ name: "quantity", label: t("quantity"), hint: t("quantityHint"), maxLength: 5, autoComplete: "off" }]}
          >
            <TextField id="codes-until" name="until" type="date" shape="dense" label={t("until")} hint={t("untilHint")} />
          </CommandForm>
        )}
        {batches.length === 0 && <p className="text-dense text-muted">{t("none")}</p>}
      </div>
      {batches.length > 0 && <Batches templateId={template.id} batches={batches} reading={reading} />}
    </Card>
  );
}

async function Batches({ templateId, batches, reading: { locale, policy } }: { templateId: number; batches: readonly Batch[]; reading: Reading }) {
  const t = await getTranslations("adminCoupons.codes");
  const at = (instant: Date): string => formatInstant(locale, instant, policy.timeZone);
  const figure = (key: "quantity" | "typed" | "used" | "voided"): Column<Batch> => ({ key, label: t(`columns.${key}`), phone: "pair", end: true, cell: (batch) => formatPoints(locale, batch[key]) });
  const columns: Column<Batch>[] = [
    { key: "made", label: t("columns.made"), phone: "title", cell: ({ createdAt }) => at(createdAt) },
    figure("quantity"), figure("typed"), figure("used"), figure("voided"),
    {
      key: "actions", label: t("columns.actions"), phone: "line",
      cell: (batch) => (
        <span className="flex flex-wrap items-start gap-2">
          {batch.takenAt ? <span className="self-center text-caption text-muted">{t("taken", { at: at(batch.takenAt) })}</span> : <Download templateId={templateId} batch={batch.batch} label={t("download")} name={t("downloadLabel", { at: at(batch.createdAt) })} hint={t("downloadHint")} />}
          {batch.typed + batch.voided < batch.quantity && (
            <CommandForm key={batch.batch} action={voidCodesForm} label={t("voidLabel", { at: at(batch.createdAt) })} hidden={{ requestId: publicId(), templateId, batch: batch.batch }} submit={t("void")} pending={t("voiding")} look="danger" />
          )}
        </span>
      ),
    },
  ];
  return <DataTable caption={t("caption")} columns={columns} rows={batches} keyOf={({ batch }) => batch} />;
}

/** A form, because what it asks for can be had once: a link would be followed by whatever looks ahead. */
function Download({ templateId, batch, label, name, hint }: { templateId: number; batch: string; label: string; name: string; hint: string }) {
  return (
    <form method="post" action={`/admin/coupons/${templateId}/codes/${batch}`}>
      <button type="submit" aria-label={name} title={hint} className={buttonClass({ look: "primary", size: "dense" })}><Icon name="download" size={16} />{label}</button>
    </form>
  );
}
