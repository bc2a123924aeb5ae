import type { Metadata, Route } from "next";
import { getTranslations } from "next-intl/server";
import { startStaffReading } from "../../../reading";
import { saveRoleForm } from "../../actions";
import { RoleForm } from "../../role-form";
import { readRoleWords, readTopics } from "../form-parts";
import { PageHeader } from "@/components/page-header";
import { publicId } from "@/lib/id";

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations("adminAccess.roleForm"))("new") };
}

export default async function NewRolePage() {
  const { staff } = await startStaffReading("staff.manage", "/admin/team/roles/new");
  const [t, words, topics] = await Promise.all([getTranslations("adminAccess"), readRoleWords(true), readTopics(staff, new Set())]);
  return (
    <>
      <PageHeader title={t("roleForm.new")} back={{ href: "/admin/team/roles" as Route, label: t("roles") }} />
      <RoleForm name="" topics={topics} words={words} requestId={publicId()} action={saveRoleForm} />
    </>
  );
}
