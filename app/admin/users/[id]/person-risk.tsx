import { getTranslations } from "next-intl/server";
import Link from "next/link";
import { AccountNow } from "../../risk/account-now";
import { ModeBadge } from "../../risk/risk-badges";
import { hrefWith } from "@/components/admin/href";
import { Card } from "@/components/ui/card";
import type { Db } from "@/db/client";
import type { UserId } from "@/lib/ctx";
import type { Balance } from "@/lib/points/queries";
import { listOpenAlertsOf } from "@/lib/risk/staff-queries";

/** What waits to be looked at about a person, and how their account stands; nothing where nothing waits. */
export async function PersonRisk({ db, userId, balance, zone }: { db: Db; userId: UserId; balance: Balance; zone: string }) {
  const [t, alerts] = await Promise.all([getTranslations("adminRisk"), listOpenAlertsOf(db, userId)]);
  if (alerts.length === 0 && !balance.isHeld) return null;
  return (
    <Card as="section" aria-labelledby="risk-title">
      <h2 id="risk-title" className="mb-3 text-section font-semibold">{t("openAlerts")}</h2>
      <p className="text-dense"><AccountNow account={balance} zone={zone} /></p>
      {alerts.length > 0 && (
        <ul className="mt-3 grid gap-2 border-t border-border pt-3 text-dense">
          {alerts.map(({ id, rule, mode }) => (
            <li key={id} className="flex flex-wrap items-center justify-between gap-2">
              <Link href={hrefWith(`/admin/risk/${id}`)} className="inline-block min-h-6 font-medium text-primary hover:underline">{t("openAlert", { rule: t(`rules.${rule}`) })}</Link>
              <ModeBadge mode={mode} />
            </li>
          ))}
        </ul>
      )}
    </Card>
  );
}
