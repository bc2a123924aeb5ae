import { getLocale, getTranslations } from "next-intl/server";
import { AdjustmentStatusBadge } from "./status-badge";
import { RowLink } from "@/components/admin/data-table";
import { hrefWith } from "@/components/admin/href";
import { ButtonLink } from "@/components/ui/button-link";
import { Card } from "@/components/ui/card";
import { listAdjustmentsOf } from "@/lib/adjustments/staff-queries";
import { formatDayOf, formatSignedPoints } from "@/lib/i18n";

const SHOWN = 5;

/** What staff adjusted of one person's points, on that person's page. */
export async function PersonAdjustments({ userId, zone }: { userId: number; zone: string }) {
  const [t, locale, found] = await Promise.all([getTranslations("adminAdjustments"), getLocale(), listAdjustmentsOf(userId, SHOWN + 1)]);
  return (
    <Card as="section" aria-labelledby="adjustments-title">
      <h2 id="adjustments-title" className="mb-1 text-section font-semibold">{t("person.title")}</h2>
      {found.length === 0 && <p className="py-2 text-dense text-muted">{t("person.none")}</p>}
      <ul className="divide-y divide-border">
        {found.slice(0, SHOWN).map(({ publicId, points, reason, status, maker, createdAt }) => (
          <li key={publicId} className="relative flex flex-wrap items-center justify-between gap-x-4 gap-y-1 py-2.5 text-dense hover:bg-bg">
            <span className="min-w-0">
              <RowLink href={hrefWith(`/admin/adjustments/${publicId}`)}><span className="tabular-nums">{formatSignedPoints(locale, points)}</span> · {t(`reasons.${reason}`)}</RowLink>
              <span className="block text-caption text-muted">{formatDayOf(locale, createdAt, zone)} · {t("person.by", { name: maker })}</span>
            </span>
            <AdjustmentStatusBadge status={status} />
          </li>
        ))}
      </ul>
      {found.length > SHOWN && <ButtonLink href={hrefWith("/admin/adjustments", { user: userId })} size="filter" className="mt-2">{t("person.all")}</ButtonLink>}
    </Card>
  );
}
