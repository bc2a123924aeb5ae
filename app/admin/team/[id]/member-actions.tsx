import { useTranslations } from "next-intl";
import type { Route } from "next";
import { changeMemberRoleForm, endMemberSessionsForm, resetFactorForm } from "../actions";
import { RoleSelect } from "../role-select";
import { CommandForm } from "@/components/admin/command-form";
import { ButtonLink } from "@/components/ui/button-link";
import { Card } from "@/components/ui/card";
import { mayChangeRole, mayManageAccount } from "@/lib/accounts/permission";
import type { StaffRole } from "@/lib/accounts/roles/queries";
import type { StaffUser } from "@/lib/accounts/staff-queries";
import type { Staff } from "@/lib/auth";
import { publicId } from "@/lib/id";

type MemberActionsProps = { user: StaffUser; staff: Staff; roles: readonly StaffRole[] };

/** What whoever manages the team may do with this colleague; nothing is shown that would be refused. */
export function MemberActions({ user, staff, roles }: MemberActionsProps) {
  const t = useTranslations("adminAccess.memberPage");
  const common = useTranslations("common");
  const hidden = { requestId: publicId(), userId: user.id };
  const isManaged = mayManageAccount(staff, user);
  const givesRoles = mayChangeRole(staff, user);
  return (
    <Card as="section" aria-label={t("title")}>
      <div className="grid gap-4 divide-y divide-border *:not-last:pb-4">
        {user.id === staff.id && (
          <div className="grid justify-items-start gap-2.5">
            <p className="text-dense text-muted">{t("own")}</p>
            <ButtonLink href={"/profile/security" as Route} size="dense">{t("toOwn")}</ButtonLink>
          </div>
        )}
        {!staff.permissions.has("staff.manage") && <p className="text-dense text-muted">{t("readOnly")}</p>}
        {staff.permissions.has("staff.manage") && !givesRoles && <p className="text-dense text-muted">{t(user.role === "owner" ? "ownerOnly" : "moreThanYou")}</p>}
        {givesRoles && (
          <CommandForm key="role" action={changeMemberRoleForm} label={t("change")} hidden={hidden} look="secondary" submit={t("change")} pending={common("pending")}>
            <RoleSelect user={user} staff={staff} roles={roles} label={t("role")} hint={t("roleHint")} />
          </CommandForm>
        )}
        {isManaged && user.hasSecondFactor && (
          <CommandForm key="factor" action={resetFactorForm} label={t("reset")} hidden={hidden} look="secondary" submit={t("reset")} pending={common("pending")}>
            <p className="text-caption text-muted">{t("resetHint")}</p>
          </CommandForm>
        )}
        {isManaged && <Sessions user={user} />}
        {isManaged && (
          <CommandForm key="remove" action={changeMemberRoleForm} label={t("remove")} hidden={{ ...hidden, requestId: publicId(), role: "shopper" }} look="danger" submit={t("remove")} pending={common("pending")}>
            <p className="text-caption text-muted">{t("removeHint")}</p>
          </CommandForm>
        )}
      </div>
    </Card>
  );
}

function Sessions({ user }: { user: StaffUser }) {
  const t = useTranslations("adminAccess.memberPage");
  const common = useTranslations("common");
  const count = <p className="text-dense">{t("sessionsOpen", { count: user.sessionsOpen })}</p>;
  if (user.sessionsOpen === 0) return count;
  return (
    <CommandForm key="sessions" action={endMemberSessionsForm} label={t("endSessions")} hidden={{ requestId: publicId(), userId: user.id }} look="secondary" submit={t("endSessions")} pending={common("pending")}>
      {count}
    </CommandForm>
  );
}
