import type { Metadata, Route } from "next";
import { getTranslations } from "next-intl/server";
import { notFound } from "next/navigation";
import { readParams, type SearchParams } from "../../../../(shop)/reading";
import { idIn, startStaffReading } from "../../../reading";
import { deleteRoleForm, saveRoleForm } from "../../actions";
import { PermissionList } from "../../permission-list";
import { RoleForm } from "../../role-form";
import { RoleName } from "../../role-name";
import { readRoleWords, readTopics } from "../form-parts";
import { CommandForm } from "@/components/admin/command-form";
import { PageHeader } from "@/components/page-header";
import { Card } from "@/components/ui/card";
import { Notice } from "@/components/ui/notice";
import { mayGive } from "@/lib/accounts/permission";
import { findRole, type StaffRole } from "@/lib/accounts/roles/queries";
import type { Staff } from "@/lib/auth";
import { publicId } from "@/lib/id";

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations("adminAccess.rolesPage"))("name") };
}

type RolePageProps = { params: Promise<{ id: string }>; searchParams: SearchParams };

export default async function RolePage({ params, searchParams }: RolePageProps) {
  const { db, staff } = await startStaffReading("staff.read", "/admin/team/roles");
  const id = idIn((await params).id);
  const role = id === undefined ? null : await findRole(db, id);
  if (!role) notFound();
  const [t, names, { created }] = await Promise.all([getTranslations("adminAccess"), getTranslations("adminAccess.roleNames"), readParams(searchParams, "created")]);
  const isEditable = role.builtIn === null && staff.permissions.has("staff.manage") && mayGive(staff, { role: "staff", permissions: role.permissions });
  return (
    <>
      <PageHeader title={role.builtIn ? names(role.builtIn) : role.name} back={{ href: "/admin/team/roles" as Route, label: t("roles") }} lead={t("rolesPage.people", { count: role.members })} />
      {created === "1" && <Notice tone="success" role="status" className="mb-4">{t("roleForm.created")}</Notice>}
      {isEditable ? <Editor role={role} staff={staff} /> : <Included role={role} staff={staff} />}
    </>
  );
}

async function Editor({ role, staff }: { role: StaffRole; staff: Staff }) {
  const [t, common, words, topics] = await Promise.all([getTranslations("adminAccess.roleForm"), getTranslations("common"), readRoleWords(false), readTopics(staff, role.permissions)]);
  return (
    <div className="grid gap-4">
      <RoleForm id={role.id} name={role.name} topics={topics} words={words} requestId={publicId()} action={saveRoleForm} />
      <Card as="section" aria-label={t("delete")}>
        <CommandForm action={deleteRoleForm} label={t("delete")} hidden={{ requestId: publicId(), id: role.id }} submit={t("delete")} pending={common("pending")} look="danger">
          <p className="text-dense text-muted">{t("deleteHint")}</p>
        </CommandForm>
      </Card>
    </div>
  );
}

async function Included({ role, staff }: { role: StaffRole; staff: Staff }) {
  const t = await getTranslations("adminAccess");
  return (
    <Card as="section" aria-label={t("roleForm.permissions")}>
      <p className="sr-only"><RoleName {...role} /></p>
      <Notice className="mb-4">{role.builtIn ? t("roleForm.builtInHint") : staff.permissions.has("staff.manage") ? t("roleForm.stronger") : t("memberPage.readOnly")}</Notice>
      <PermissionList permissions={role.permissions} />
    </Card>
  );
}
