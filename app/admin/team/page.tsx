import type { Metadata, Route } from "next";
import { getTranslations } from "next-intl/server";
import { readParams, type SearchParams } from "../../(shop)/reading";
import { startStaffReading } from "../reading";
import { Invitations } from "./invitations";
import { MemberTable } from "./member-table";
import { PageHeader } from "@/components/page-header";
import { ButtonLink } from "@/components/ui/button-link";
import { Card } from "@/components/ui/card";
import { Notice } from "@/components/ui/notice";
import { listRoles } from "@/lib/accounts/roles/queries";
import { listInvitations, listTeam } from "@/lib/accounts/team/queries";

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations("adminAccess"))("title") };
}

export default async function TeamPage({ searchParams }: { searchParams: SearchParams }) {
  const { db, now, policy, staff } = await startStaffReading("staff.read", "/admin/team");
  const [t, { removed }, members, invitations, roles] = await Promise.all([getTranslations("adminAccess"), readParams(searchParams, "removed"), listTeam(db), listInvitations(db), listRoles(db)]);
  return (
    <>
      <PageHeader title={t("title")} lead={t("lead")} actions={<ButtonLink href={"/admin/team/roles" as Route} size="dense">{t("roles")}</ButtonLink>} />
      {removed === "1" && <Notice tone="success" role="status" className="mb-4">{t("memberPage.removed")}</Notice>}
      <div className="grid gap-4">
        <Card as="section" padded={false} aria-labelledby="members-title">
          <div className="px-4 pt-4 pb-3">
            <h2 id="members-title" className="text-section font-semibold">{t("members.title")}</h2>
            <p className="text-caption text-muted">{policy.secondFactor === "required" ? t("factorRequired") : t("factorOptional")}</p>
          </div>
          <MemberTable members={members} ownId={staff.id} now={now} zone={policy.timeZone} />
        </Card>
        <Invitations invitations={invitations} roles={roles} staff={staff} now={now} zone={policy.timeZone} />
      </div>
    </>
  );
}
