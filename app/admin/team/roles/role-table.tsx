import { useTranslations } from "next-intl";
import { RoleName } from "../role-name";
import { DataTable, RowLink, type Column } from "@/components/admin/data-table";
import { hrefWith } from "@/components/admin/href";
import { Badge } from "@/components/ui/badge";
import type { StaffRole } from "@/lib/accounts/roles/queries";

export function RoleTable({ roles }: { roles: readonly StaffRole[] }) {
  const t = useTranslations("adminAccess.rolesPage");
  const hints = useTranslations("adminAccess.roleHints");
  const columns: Column<StaffRole>[] = [
    {
      key: "name", label: t("name"), phone: "title",
      cell: (role) => (
        <>
          <RowLink href={hrefWith(`/admin/team/roles/${role.id}`)}><RoleName {...role} /></RowLink>
          {role.builtIn && <span className="block text-caption text-pretty text-muted">{hints(role.builtIn)}</span>}
        </>
      ),
    },
    { key: "kind", label: t("kind"), phone: "corner", cell: ({ builtIn }) => <Badge tone={builtIn ? "neutral" : "info"}>{builtIn ? t("builtIn") : t("custom")}</Badge> },
    { key: "members", label: t("members"), phone: "pair", cell: ({ members }) => t("people", { count: members }) },
    { key: "permissions", label: t("permissions"), phone: "pair", cell: ({ permissions }) => t("count", { count: permissions.size }) },
  ];
  return <DataTable caption={t("caption")} columns={columns} rows={roles} keyOf={({ id }) => id} />;
}
