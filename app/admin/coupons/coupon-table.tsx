import { useLocale, useTranslations } from "next-intl";
import { inLanguage } from "../../(shop)/views";
import { DataTable, RowLink, type Column } from "@/components/admin/data-table";
import { hrefWith } from "@/components/admin/href";
import type { ListFace } from "@/components/admin/list-face";
import { Moment } from "@/components/admin/moment";
import { Badge, type Progress, type Tone } from "@/components/ui/badge";
import { ProgressBar } from "@/components/ui/progress-bar";
import type { StaffTemplate, TemplateStatus } from "@/lib/coupons/staff-queries";
import { formatDayOf, formatPoints } from "@/lib/i18n";

const looks: Record<TemplateStatus, { tone: Tone; progress: Progress }> = {
  draft: { tone: "neutral", progress: "waiting" },
  active: { tone: "success", progress: "done" },
  archived: { tone: "neutral", progress: "ended" },
};

export function CouponStatusBadge({ status }: { status: TemplateStatus }) {
  const t = useTranslations("adminCoupons.status");
  return <Badge {...looks[status]}>{t(status)}</Badge>;
}

type Row = StaffTemplate & { sentence: string };
type CouponTableProps = { templates: readonly Row[]; now: Date; zone: string; list: ListFace };

export function CouponTable({ templates, now, zone, list }: CouponTableProps) {
  const t = useTranslations("adminCoupons");
  const locale = useLocale();
  const columns: Column<Row>[] = [
    { key: "name", label: t("columns.name"), phone: "title", cell: (template) => <CouponName template={template} /> },
    { key: "status", label: t("columns.status"), phone: "corner", cell: ({ status }) => <CouponStatusBadge status={status} /> },
    { key: "validity", label: t("columns.validity"), phone: "line", cell: (template) => <Validity template={template} zone={zone} /> },
    { key: "issued", label: t("columns.issued"), phone: "line", cell: (template) => <Budget template={template} /> },
    { key: "used", label: t("columns.used"), phone: "pair", end: true, cell: ({ used }) => formatPoints(locale, used) },
    { key: "updated", label: t("columns.updated"), phone: "pair", cell: ({ updatedAt }) => <span className="text-muted"><Moment at={updatedAt} now={now} zone={zone} /></span> },
  ];
  return <DataTable caption={t("caption")} columns={columns} rows={templates} keyOf={({ id }) => id} list={list} />;
}

function CouponName({ template }: { template: Row }) {
  const t = useTranslations("adminCoupons");
  const locale = useLocale();
  return (
    <>
      <RowLink href={hrefWith(`/admin/coupons/${template.id}`)}>{inLanguage(locale, template.name, template.nameEn)}</RowLink>
      <span className="block text-caption text-pretty text-muted">{template.sentence}{template.isClaimable && ` ${t("claimable")}`}</span>
    </>
  );
}

/** When its coupons can be used. */
export function Validity({ template: { validFrom, validUntil, validDays }, zone }: { template: Pick<StaffTemplate, "validFrom" | "validUntil" | "validDays">; zone: string }) {
  const t = useTranslations("adminCoupons");
  const locale = useLocale();
  if (validUntil === null) return t("validDays", { days: validDays ?? 0 });
  const until = formatDayOf(locale, new Date(validUntil.getTime() - 1), zone);
  return validFrom ? t("validBetween", { from: formatDayOf(locale, validFrom, zone), until }) : t("validUntil", { until });
}

/** How many were given out of how many, as a bar and in words. */
export function Budget({ template: { issued, issuedMax } }: { template: Pick<StaffTemplate, "issued" | "issuedMax"> }) {
  const t = useTranslations("adminCoupons");
  if (issuedMax === 0) return <span className="tabular-nums">{t("budgetOpen", { issued })}</span>;
  return (
    <span className="grid min-w-28 gap-1 max-sm:w-full">
      <span aria-hidden="true" className="tabular-nums">{t("budget", { issued, max: issuedMax })}</span>
      <ProgressBar label={t("budgetLabel", { issued, max: issuedMax })} value={issued} max={issuedMax} />
    </span>
  );
}
