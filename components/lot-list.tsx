import clsx from "clsx";
import { useLocale, useTranslations } from "next-intl";
import { formatDayOf, type Locale } from "@/lib/i18n";
import { PointsAmount } from "./points-amount";

export type LotView = { id: number | string; points: number; /** null: these points do not expire. */ expiresAt: Date | null; /** Within the reminder window. */ soon?: boolean };

/** Lots, soonest-expiring first: the order in which they are spent. */
export function LotList({ lots, zone }: { lots: readonly LotView[]; zone: string }) {
  const t = useTranslations("wallet");
  const locale = useLocale() as Locale;
  return (
    <ul className="divide-y divide-border">
      {lots.map((lot) => (
        <li key={lot.id} className="flex items-baseline justify-between gap-4 py-2.5 text-dense">
          <span className={clsx(lot.soon ? "font-medium text-warning" : "text-muted")}>
            {lot.expiresAt ? t("expiresOn", { day: formatDayOf(locale, lastDay(lot.expiresAt), zone) }) : t("neverExpires")}
          </span>
          <PointsAmount points={lot.points} className="font-semibold" />
        </li>
      ))}
    </ul>
  );
}

/** Points that end at midnight were good until the day before. */
export function lastDay(expiresAt: Date): Date {
  return new Date(expiresAt.getTime() - 1);
}
