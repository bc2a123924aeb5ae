import { useLocale, useTranslations } from "next-intl";
import { inLanguage } from "../../(shop)/views";
import { DataTable, RowLink, type Column } from "@/components/admin/data-table";
import { hrefWith } from "@/components/admin/href";
import type { ListFace } from "@/components/admin/list-face";
import { Moment } from "@/components/admin/moment";
import { AccountStatusBadge, RoleBadge } from "@/components/admin/user-badges";
import type { StaffUserRow } from "@/lib/accounts/staff-queries";
import { formatDay, formatPoints } from "@/lib/i18n";

type UserTableProps = { users: readonly StaffUserRow[]; now: Date; zone: string; list: ListFace };

export function UserTable({ users, now, zone, list }: UserTableProps) {
  const t = useTranslations("admin.users");
  const locale = useLocale();
  const columns: Column<StaffUserRow>[] = [
    { key: "name", label: t("columns.name"), phone: "title", cell: (user) => <UserName user={user} /> },
    { key: "status", label: t("columns.status"), phone: "corner", cell: ({ status }) => <AccountStatusBadge status={status} /> },
    { key: "level", label: t("columns.level"), phone: "pair", cell: ({ level }) => (level ? inLanguage(locale, level.name, level.nameEn) : "—") },
    { key: "balance", label: t("columns.balance"), phone: "pair", end: true, cell: ({ pointsBalance }) => <b className="font-semibold">{formatPoints(locale, pointsBalance)}</b> },
    { key: "earned", label: t("columns.earned"), phone: "pair", end: true, cell: ({ totalPointsEarned }) => formatPoints(locale, totalPointsEarned) },
    { key: "seen", label: t("columns.seen"), phone: "pair", cell: ({ lastSeenOn }) => <span className="text-muted">{lastSeenOn ? formatDay(locale, lastSeenOn, "short") : "—"}</span> },
    { key: "joined", label: t("columns.joined"), phone: "pair", cell: ({ createdAt }) => <span className="text-muted"><Moment at={createdAt} now={now} zone={zone} /></span> },
  ];
  return <DataTable caption={t("caption")} columns={columns} rows={users} keyOf={({ id }) => id} list={list} nameOf={({ username }) => username} />;
}

function UserName({ user }: { user: StaffUserRow }) {
  return (
    <span className="block min-w-0">
      <span className="flex flex-wrap items-center gap-2">
        <RowLink href={hrefWith(`/admin/users/${user.id}`)}>{user.username}</RowLink>
        {user.role !== "shopper" && <RoleBadge role={user.role} />}
      </span>
      <span className="block truncate text-caption text-muted">{user.emailMasked}</span>
    </span>
  );
}
