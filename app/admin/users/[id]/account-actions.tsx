import { useTranslations } from "next-intl";
import { changeRoleForm, endSessionsForm, freezeForm, unfreezeForm } from "../actions";
import { CommandForm } from "@/components/admin/command-form";
import { Card } from "@/components/ui/card";
import { Field, Select } from "@/components/ui/field";
import { mayChangeRole, mayManageAccount } from "@/lib/accounts/permission";
import type { StaffUser } from "@/lib/accounts/staff-queries";
import type { Staff } from "@/lib/auth";
import { publicId } from "@/lib/id";

type AccountActionsProps = { user: StaffUser; isFrozen: boolean; staff: Staff };

/** What this member of staff may do with this account; nothing is shown that would be refused. */
export function AccountActions({ user, isFrozen, staff }: AccountActionsProps) {
  const t = useTranslations("admin.user");
  const isManaged = mayManageAccount(staff, user);
  return (
    <Card as="section" aria-labelledby="actions-title">
      <h2 id="actions-title" className="mb-3 text-section font-semibold">{t("actions")}</h2>
      <div className="grid gap-4 divide-y divide-border *:not-last:pb-4">
        {!isManaged && <p className="text-dense text-muted">{t("ownAccount")}</p>}
        {isManaged && (isFrozen ? <Unfreeze user={user} /> : <Freeze user={user} />)}
        {isManaged && <Sessions user={user} />}
        {mayChangeRole(staff) && <RoleChange user={user} />}
      </div>
    </Card>
  );
}

function Freeze({ user }: { user: StaffUser }) {
  const t = useTranslations("admin.user");
  const common = useTranslations("common");
  return (
    <CommandForm
      key="freeze" action={freezeForm} label={t("freeze")} hidden={{ requestId: publicId(), userId: user.id }} look="danger" submit={t("freeze")} pending={common("pending")}
      fields={[{ name: "reason", label: t("reason"), hint: t("reasonHint"), maxLength: 200, autoComplete: "off" }]}
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

const ROLES = ["shopper", "staff", "owner"] as const;

function RoleChange({ user }: { user: StaffUser }) {
  const t = useTranslations("admin.user");
  const roles = useTranslations("admin.roles");
  const common = useTranslations("common");
  return (
    <CommandForm action={changeRoleForm} label={t("changeRole")} hidden={{ requestId: publicId(), userId: user.id }} look="secondary" submit={t("changeRole")} pending={common("pending")}>
      <Field id="role" label={t("role")} hint={t("roleHint")}>
        {(wiring) => <Select {...wiring} name="role" shape="dense" defaultValue={user.role}>{ROLES.map((role) => <option key={role} value={role}>{roles(role)}</option>)}</Select>}
      </Field>
    </CommandForm>
  );
}
