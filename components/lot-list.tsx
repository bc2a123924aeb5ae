import clsx from "clsx";
import { useLocale, useTranslations } from "next-intl";
import { formatDayOf, type Locale } from "@/lib/i18n";
import { PointsAmount } from "./points-amount";

export type LotView = {
  id: number | string;
  points: number;
  /** null: these points do not expire. */
  expiresAt: Date | null;
  /** Their expiry moves with what the person does. */
  slides?: boolean;
  /** Within the reminder window. */
  soon?: boolean;
};

/** Lots, soonest-expiring first: the order in which they are spent. */
export function LotList({ lots, zone }: { lots: readonly LotView[]; zone: string }) {
  return (
    <ul className="divide-y divide-border">
      {lots.map((lot) => (
        <li key={lot.id} className="flex items-baseline justify-between gap-4 py-2.5 text-dense">
          <span className={clsx(lot.soon ? "font-medium text-warning" : "text-muted")}><LotLife lot={lot} zone={zone} /></span>
          <PointsAmount points={lot.points} className="shrink-0 font-semibold" />
        </li>
      ))}
    </ul>
  );
}

/** Until when a lot is good, in words. */
export function LotLife({ lot: { expiresAt, slides }, zone }: { lot: Pick<LotView, "expiresAt" | "slides">; zone: string }) {
  const t = useTranslations("wallet");
  const locale = useLocale() as Locale;
  if (!expiresAt) return <>{t("neverExpires")}</>;
  const day = formatDayOf(locale, lastDay(expiresAt), zone);
  return <>{slides ? t("slidesUntil", { day }) : t("expiresOn", { day })}</>;
}

/** Points that end at midnight were good until the day before. */
export function lastDay(expiresAt: Date): Date {
  return new Date(expiresAt.getTime() - 1);
}
