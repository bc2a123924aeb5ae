import { getTranslations } from "next-intl/server";
import { TOPICS } from "../role-choice";
import type { RoleFormWords, RoleTopic } from "../role-form";
import type { Permission } from "@/lib/accounts/permission";
import type { Staff } from "@/lib/auth";

export async function readRoleWords(isNew: boolean): Promise<RoleFormWords> {
  const [t, common] = await Promise.all([getTranslations("adminAccess.roleForm"), getTranslations("common")]);
  return {
    name: t("name"), nameHint: t("nameHint"), permissions: t("permissions"), permissionsHint: t("permissionsHint"), notYours: t("notYours"), leave: t("leave"), checkFields: t("checkFields"),
    bar: { unsaved: t(isNew ? "unsavedNew" : "unsaved"), discard: t("discard"), save: isNew ? t("create") : t("save"), pending: common("pending"), shortcut: t("shortcut") },
  };
}

/** All permissions by topic: which the role has, and which this member of staff could give. */
export async function readTopics(staff: Pick<Staff, "role" | "permissions">, chosen: ReadonlySet<Permission>): Promise<RoleTopic[]> {
  const t = await getTranslations("adminAccess");
  return TOPICS.map(([topic, permissions]) => ({
    key: topic,
    label: t(`topics.${topic}`),
    permissions: permissions.map((permission) => ({
      value: permission, label: t(`permissions.${permission}`), isChosen: chosen.has(permission), isGivable: staff.role === "owner" || staff.permissions.has(permission),
    })),
  }));
}
