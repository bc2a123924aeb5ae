import { useTranslations } from "next-intl";
import { AppealStatusBadge } from "../risk-badges";
import { DataTable, RowLink, type Column } from "@/components/admin/data-table";
import { hrefWith } from "@/components/admin/href";
import type { ListFace } from "@/components/admin/list-face";
import { Moment } from "@/components/admin/moment";
import type { AppealRow } from "@/lib/risk/staff-queries";

type AppealTableProps = { appeals: readonly AppealRow[]; face: ListFace; now: Date; zone: string };

export function AppealTable({ appeals, face, now, zone }: AppealTableProps) {
  const t = useTranslations("adminRisk");
  const columns: Column<AppealRow>[] = [
    {
      key: "person", label: t("appealColumns.person"), phone: "title",
      cell: ({ id, username, emailMasked }) => (
        <>
          <RowLink href={hrefWith(`/admin/risk/appeals/${id}`)}>{username}</RowLink>
          <span className="block text-caption break-all text-muted">{emailMasked}</span>
        </>
      ),
    },
    { key: "body", label: t("appealColumns.body"), phone: "line", cell: ({ body }) => <span className="line-clamp-2 max-w-xl break-words text-muted">{body}</span> },
    { key: "status", label: t("appealColumns.status"), phone: "corner", cell: ({ status }) => <AppealStatusBadge status={status} /> },
    { key: "created", label: t("appealColumns.created"), phone: "line", cell: ({ createdAt }) => <span className="text-muted"><Moment at={createdAt} now={now} zone={zone} /></span> },
  ];
  return <DataTable caption={t("appealsList")} columns={columns} rows={appeals} keyOf={({ id }) => id} list={face} />;
}
