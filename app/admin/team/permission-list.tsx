import { useTranslations } from "next-intl";
import { TOPICS } from "./role-choice";
import { Icon } from "@/components/ui/icon";
import type { Permission } from "@/lib/accounts/permission";

/** What a role includes and what not, by topic: sign and word, not only the colour. */
export function PermissionList({ permissions }: { permissions: ReadonlySet<Permission> }) {
  const t = useTranslations("adminAccess");
  return (
    <dl className="grid gap-x-6 gap-y-4 sm:grid-cols-2">
      {TOPICS.map(([topic, all]) => (
        <div key={topic}>
          <dt className="mb-1.5 text-caption font-medium text-muted">{t(`topics.${topic}`)}</dt>
          {all.map((permission) => {
            const isIn = permissions.has(permission);
            return (
              <dd key={permission} className={isIn ? "flex items-start gap-2 py-0.5 text-dense" : "flex items-start gap-2 py-0.5 text-dense text-muted"}>
                <Icon name={isIn ? "check" : "x"} size={16} className={isIn ? "mt-0.5 text-success" : "mt-0.5"} />
                <span><span className="sr-only">{isIn ? t("roleForm.includes") : t("roleForm.without")} </span>{t(`permissions.${permission}`)}</span>
              </dd>
            );
          })}
        </div>
      ))}
    </dl>
  );
}
