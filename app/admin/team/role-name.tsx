import { useTranslations } from "next-intl";
import type { BuiltInRole, Role } from "@/db/schema/people";

type Named = { role?: Role; builtIn: BuiltInRole | null; name: string };

/** A role as people call it: those that came with the shop in the reader's language. */
export function RoleName({ role, builtIn, name }: Named) {
  const t = useTranslations("adminAccess.roleNames");
  return <>{role === "owner" ? t("owner") : builtIn ? t(builtIn) : name}</>;
}

export type RoleOption = { value: string; label: string };

/** The same for lists to choose from. */
export function useRoleOptions(roles: readonly (Named & { id: number })[]): RoleOption[] {
  const t = useTranslations("adminAccess.roleNames");
  return roles.map(({ id, builtIn, name }) => ({ value: String(id), label: builtIn ? t(builtIn) : name }));
}
