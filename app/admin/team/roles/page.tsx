import type { Metadata, Route } from "next";
import { getTranslations } from "next-intl/server";
import { readParams, type SearchParams } from "../../../(shop)/reading";
import { startStaffReading } from "../../reading";
import { RoleTable } from "./role-table";
import { PageHeader } from "@/components/page-header";
import { ButtonLink } from "@/components/ui/button-link";
import { Card } from "@/components/ui/card";
import { Icon } from "@/components/ui/icon";
import { Notice } from "@/components/ui/notice";
import { listRoles } from "@/lib/accounts/roles/queries";

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations("adminAccess.rolesPage"))("title") };
}

export default async function RolesPage({ searchParams }: { searchParams: SearchParams }) {
  const { db, staff } = await startStaffReading("staff.read", "/admin/team/roles");
  const [t, { deleted }, roles] = await Promise.all([getTranslations("adminAccess"), readParams(searchParams, "deleted"), listRoles(db)]);
  return (
    <>
      <PageHeader
        title={t("rolesPage.title")} lead={t("rolesPage.lead")} back={{ href: "/admin/team" as Route, label: t("title") }}
        actions={staff.permissions.has("staff.manage") && <ButtonLink href={"/admin/team/roles/new" as Route} look="primary" size="dense"><Icon name="plus" size={16} />{t("rolesPage.new")}</ButtonLink>}
      />
      {deleted === "1" && <Notice tone="success" role="status" className="mb-4">{t("roleForm.deleted")}</Notice>}
      <Card padded={false}><RoleTable roles={roles} /></Card>
    </>
  );
}
