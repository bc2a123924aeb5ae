import type { Metadata, Route } from "next";
import { getTranslations } from "next-intl/server";
import { notFound } from "next/navigation";
import { idIn, startStaffReading } from "../../reading";
import { MemberActions } from "./member-actions";
import { FactorBadge } from "../member-table";
import { PermissionList } from "../permission-list";
import { RoleName } from "../role-name";
import { PageHeader } from "@/components/page-header";
import { Badge } from "@/components/ui/badge";
import { ButtonLink } from "@/components/ui/button-link";
import { Card } from "@/components/ui/card";
import { maskEmail } from "@/lib/accounts/mask";
import { permissionsOf } from "@/lib/accounts/permission";
import { findRole, listRoles } from "@/lib/accounts/roles/queries";
import { findUserForStaff } from "@/lib/accounts/staff-queries";

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations("adminAccess.memberPage"))("title") };
}

/** One member of staff: what they may do, and what can be done about it. */
export default async function MemberPage({ params }: { params: Promise<{ id: string }> }) {
  const { db, now, staff } = await startStaffReading("staff.read", "/admin/team");
  const id = idIn((await params).id);
  const user = id === undefined ? null : await findUserForStaff(db, id, now);
  if (!user || user.role === "shopper") notFound();
  const [t, roles, role] = await Promise.all([getTranslations("adminAccess.memberPage"), listRoles(db), user.staffRoleId === null ? null : findRole(db, user.staffRoleId)]);
  const permissions = role?.permissions ?? permissionsOf(user.role, null);
  return (
    <>
      <PageHeader
        title={user.username} back={{ href: "/admin/team" as Route, label: t("back") }}
        lead={
          <span className="flex flex-wrap items-center gap-x-3 gap-y-1 text-dense">
            <Badge tone={user.role === "owner" ? "info" : "neutral"}><RoleName role={user.role} builtIn={role?.builtIn ?? null} name={role?.name ?? user.role} /></Badge>
            <FactorBadge isOn={user.hasSecondFactor} />
            <span className="break-all">{staff.permissions.has("people.contact") ? user.email : maskEmail(user.email)}</span>
          </span>
        }
        actions={staff.permissions.has("people.read") && <ButtonLink href={`/admin/users/${user.id}` as Route} size="dense">{t("account")}</ButtonLink>}
      />
      <div className="grid gap-4 lg:grid-cols-[minmax(0,1fr)_minmax(0,2fr)] lg:items-start">
        <MemberActions user={user} staff={staff} roles={roles} />
        <Card as="section" aria-labelledby="includes-title">
          <h2 id="includes-title" className="mb-3 text-section font-semibold">{t("includes")}</h2>
          <PermissionList permissions={permissions} />
        </Card>
      </div>
    </>
  );
}
