import { useTranslations } from "next-intl";
import { RoleName } from "./role-name";
import { DataTable, RowLink, type Column } from "@/components/admin/data-table";
import { hrefWith } from "@/components/admin/href";
import { Moment } from "@/components/admin/moment";
import { Badge } from "@/components/ui/badge";
import type { TeamMember } from "@/lib/accounts/team/queries";

export function FactorBadge({ isOn }: { isOn: boolean }) {
  const t = useTranslations("adminAccess.members");
  return isOn ? <Badge tone="success" progress="done">{t("on")}</Badge> : <Badge tone="warning" progress="waiting">{t("off")}</Badge>;
}

export function MemberTable({ members, ownId, now, zone }: { members: readonly TeamMember[]; ownId: number; now: Date; zone: string }) {
  const t = useTranslations("adminAccess.members");
  const columns: Column<TeamMember>[] = [
    {
      key: "name", label: t("name"), phone: "title",
      cell: ({ id, username, emailMasked }) => (
        <>
          <RowLink href={hrefWith(`/admin/team/${id}`)}>{username}</RowLink>
          {id === ownId && <span className="ms-1.5 text-caption text-muted">{t("you")}</span>}
          <span className="block text-caption break-all text-muted">{emailMasked}</span>
        </>
      ),
    },
    { key: "role", label: t("role"), phone: "corner", cell: (member) => <Badge tone={member.role === "owner" ? "info" : "neutral"}><RoleName {...member} /></Badge> },
    { key: "factor", label: t("factor"), phone: "pair", cell: ({ hasSecondFactor }) => <FactorBadge isOn={hasSecondFactor} /> },
    { key: "seen", label: t("lastSignIn"), phone: "pair", cell: ({ lastSignInAt }) => <span className="text-muted">{lastSignInAt ? <Moment at={lastSignInAt} now={now} zone={zone} /> : t("never")}</span> },
  ];
  return <DataTable caption={t("caption")} columns={columns} rows={members} keyOf={({ id }) => id} />;
}
