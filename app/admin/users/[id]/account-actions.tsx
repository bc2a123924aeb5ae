import { useTranslations } from "next-intl";
import { RoleSelect } from "../../team/role-select";
import { changeRoleForm, endSessionsForm, freezeForm, unfreezeForm } from "../actions";
import { CommandForm } from "@/components/admin/command-form";
import { Card } from "@/components/ui/card";
import { mayChangeRole, mayManageAccount } from "@/lib/accounts/permission";
import type { StaffRole } from "@/lib/accounts/roles/queries";
import type { StaffUser } from "@/lib/accounts/staff-queries";
import type { Staff } from "@/lib/auth";
import type { Day } from "@/lib/day";
import { publicId } from "@/lib/id";

type AccountActionsProps = { user: StaffUser; isFrozen: boolean; /** A rule froze the account. */ isByRule: boolean; staff: Staff; today: Day; /** Staff roles, for whoever may give them. */ roles: readonly StaffRole[] };

/** What this member of staff may do with this account; nothing is shown that would be refused, and no panel where nothing is left. */
export function AccountActions({ user, isFrozen, isByRule, staff, today, roles }: AccountActionsProps) {
  const t = useTranslations("admin.user");
  const isManaged = mayManageAccount(staff, user) && staff.permissions.has("people.manage");
  const givesRoles = mayChangeRole(staff, user);
  const isOwn = user.id === staff.id;
  if (!isManaged && !givesRoles && !isOwn) return null;
  return (
    <Card as="section" aria-labelledby="actions-title">
      <h2 id="actions-title" className="mb-3 text-section font-semibold">{t("actions")}</h2>
      <div className="grid gap-4 divide-y divide-border *:not-last:pb-4">
        {isOwn && <p className="text-dense text-muted">{t("ownAccount")}</p>}
        {isManaged && (isFrozen ? isByRule && !staff.permissions.has("risk.decide") ? <p className="text-dense text-muted">{t("unfreezeByRule")}</p> : <Unfreeze user={user} /> : <Freeze user={user} today={today} />)}
        {isManaged && <Sessions user={user} />}
        {givesRoles && <RoleChange user={user} staff={staff} roles={roles} />}
      </div>
    </Card>
  );
}

function Freeze({ user, today }: { user: StaffUser; today: Day }) {
  const t = useTranslations("admin.user");
  const risk = useTranslations("adminRisk");
  const common = useTranslations("common");
  return (
    <CommandForm
      key="freeze" action={freezeForm} label={t("freeze")} hidden={{ requestId: publicId(), userId: user.id }} look="danger" submit={t("freeze")} pending={common("pending")}
      fields={[
        { name: "reason", label: t("reason"), hint: t("reasonHint"), maxLength: 200, autoComplete: "off" },
        { name: "until", type: "date", min: today, label: risk("until"), hint: risk("untilHint") },
      ]}
    />
  );
}

function Unfreeze({ user }: { user: StaffUser }) {
  const t = useTranslations("admin.user");
  const common = useTranslations("common");
  return (
    <CommandForm key="unfreeze" action={unfreezeForm} label={t("unfreeze")} hidden={{ requestId: publicId(), userId: user.id }} submit={t("unfreeze")} pending={common("pending")}>
      <p className="text-caption text-muted">{t("unfreezeHint")}</p>
    </CommandForm>
  );
}

function Sessions({ user }: { user: StaffUser }) {
  const t = useTranslations("admin.user");
  const common = useTranslations("common");
  if (user.sessionsOpen === 0) return <p className="text-dense text-muted">{t("sessions", { count: 0 })}</p>;
  return (
    <CommandForm action={endSessionsForm} label={t("endSessions")} hidden={{ requestId: publicId(), userId: user.id }} look="secondary" submit={t("endSessions")} pending={common("pending")}>
      <p className="text-dense">{t("sessions", { count: user.sessionsOpen })}</p>
    </CommandForm>
  );
}

function RoleChange({ user, staff, roles }: { user: StaffUser; staff: Staff; roles: readonly StaffRole[] }) {
  const t = useTranslations("admin.user");
  const common = useTranslations("common");
  return (
    <CommandForm key="role" action={changeRoleForm} label={t("changeRole")} hidden={{ requestId: publicId(), userId: user.id }} look="secondary" submit={t("changeRole")} pending={common("pending")}>
      <RoleSelect user={user} staff={staff} roles={roles} label={t("role")} hint={t("roleHint")} />
    </CommandForm>
  );
}
