import { useTranslations } from "next-intl";
import { givable } from "./role-choice";
import { useRoleOptions } from "./role-name";
import { Field, Select } from "@/components/ui/field";
import type { StaffRole } from "@/lib/accounts/roles/queries";
import type { StaffUser } from "@/lib/accounts/staff-queries";
import type { Staff } from "@/lib/auth";

type RoleSelectProps = { user: Pick<StaffUser, "role" | "staffRoleId">; staff: Staff; roles: readonly StaffRole[]; label: string; hint: string };

/** Roles by name, of those that this member of staff can give; the present one is there in any case. */
export function RoleSelect({ user, staff, roles, label, hint }: RoleSelectProps) {
  const names = useTranslations("admin.roles");
  const present = user.role === "staff" ? String(user.staffRoleId) : user.role;
  const options = useRoleOptions(roles.filter((role) => role.id === user.staffRoleId || givable(staff, [role]).length > 0));
  return (
    <Field id="role" label={label} hint={hint}>
      {(wiring) => (
        <Select {...wiring} name="role" shape="dense" defaultValue={present}>
          <option value="shopper">{names("shopper")}</option>
          {options.map(({ value, label: name }) => <option key={value} value={value}>{name}</option>)}
          {(staff.role === "owner" || user.role === "owner") && <option value="owner">{names("owner")}</option>}
        </Select>
      )}
    </Field>
  );
}
