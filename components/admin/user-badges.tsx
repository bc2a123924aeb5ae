import { useTranslations } from "next-intl";
import { Badge } from "../ui/badge";
import type { Role } from "@/db/schema/people";
import type { AccountStatus } from "@/db/schema/points";

export function AccountStatusBadge({ status }: { status: AccountStatus }) {
  const t = useTranslations("admin.accountStatus");
  return status === "frozen" ? <Badge tone="danger" progress="ended">{t("frozen")}</Badge> : <Badge tone="success" progress="done">{t("active")}</Badge>;
}

export function RoleBadge({ role }: { role: Role }) {
  const t = useTranslations("admin.roles");
  return <Badge tone={role === "shopper" ? "neutral" : "info"}>{t(role)}</Badge>;
}
