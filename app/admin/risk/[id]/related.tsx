import { useLocale, useTranslations } from "next-intl";
import { DataTable, RowLink, type Column } from "@/components/admin/data-table";
import { hrefWith } from "@/components/admin/href";
import { Moment } from "@/components/admin/moment";
import { AccountStatusBadge } from "@/components/admin/user-badges";
import { Card } from "@/components/ui/card";
import { formatPoints, type Locale } from "@/lib/i18n";
import type { RelatedAccount } from "@/lib/risk/staff-queries";

type RelatedProps = { related: readonly RelatedAccount[]; now: Date; zone: string; canOpen: boolean };

/** Other accounts that were signed in on the same device. */
export function Related({ related, now, zone, canOpen }: RelatedProps) {
  const t = useTranslations("adminRisk");
  const locale = useLocale() as Locale;
  const columns: Column<RelatedAccount>[] = [
    {
      key: "account", label: t("relatedColumns.account"), phone: "title",
      cell: ({ userId, username, emailMasked }) => (
        <>
          {canOpen ? <RowLink href={hrefWith(`/admin/users/${userId}`)}>{username}</RowLink> : <span className="font-medium">{username}</span>}
          <span className="block text-caption break-all text-muted">{emailMasked}</span>
        </>
      ),
    },
    { key: "devices", label: t("relatedColumns.devices"), phone: "pair", end: true, cell: ({ devices }) => formatPoints(locale, devices) },
    { key: "address", label: t("relatedColumns.address"), phone: "pair", cell: ({ sharesAddress }) => t(sharesAddress ? "relatedColumns.yes" : "relatedColumns.no") },
    { key: "alerts", label: t("relatedColumns.alerts"), phone: "pair", end: true, cell: ({ openAlerts }) => formatPoints(locale, openAlerts) },
    { key: "status", label: t("relatedColumns.status"), phone: "corner", cell: ({ status }) => <AccountStatusBadge status={status} /> },
    { key: "joined", label: t("relatedColumns.joined"), phone: "pair", cell: ({ createdAt }) => <span className="text-muted"><Moment at={createdAt} now={now} zone={zone} /></span> },
  ];
  return (
    <Card as="section" padded={false} aria-labelledby="related-title" className="overflow-hidden">
      <div className="px-4 pt-4 pb-3">
        <h2 id="related-title" className="text-section font-semibold">{t("related")}</h2>
        <p className="mt-1 text-caption text-muted">{related.length > 0 ? t("relatedHint") : t("noRelated")}</p>
      </div>
      {related.length > 0 && <DataTable caption={t("related")} columns={columns} rows={related} keyOf={({ userId }) => userId} />}
    </Card>
  );
}
