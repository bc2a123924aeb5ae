import clsx from "clsx";
import { useLocale, useTranslations } from "next-intl";
import { formatDayOf, formatInstant, formatPoints, type Locale } from "@/lib/i18n";
import { lastDay, LotList, type LotView } from "./lot-list";
import { PointsAmount } from "./points-amount";
import { Icon } from "./ui/icon";

export type LedgerEntryView = { id: number | string; title: string; at: Date; pointsChange: number; balanceAfter: number; /** The lots it put points into or drew them from. */ lots?: readonly LotView[] };

type LedgerListProps = {
  entries: readonly LedgerEntryView[];
  zone: string;
  /** Level of the month headings. */
  heading?: "h2" | "h3";
  /** The month that the page before ended in: its heading is not said again. */
  continues?: string;
};

/** Newest first, under a heading for each month, with the running balance. */
export function LedgerList({ entries, zone, heading: Heading = "h3", continues }: LedgerListProps) {
  const locale = useLocale() as Locale;
  const months = byMonth(entries, (entry) => formatDayOf(locale, entry.at, zone, "month"));
  return (
    <div className="grid gap-5">
      {[...months].map(([month, rows]) => (
        <section key={month}>
          {month !== continues && <Heading className="mb-1 text-caption font-medium text-muted">{month}</Heading>}
          <ul className="divide-y divide-border">
            {rows.map((entry) => (
              <li key={entry.id} className="py-3">
                <LedgerEntry entry={entry} zone={zone} />
              </li>
            ))}
          </ul>
        </section>
      ))}
    </div>
  );
}

function byMonth(entries: readonly LedgerEntryView[], monthOf: (entry: LedgerEntryView) => string): Map<string, LedgerEntryView[]> {
  const months = new Map<string, LedgerEntryView[]>();
  for (const entry of entries) {
    const month = monthOf(entry);
    months.set(month, [...(months.get(month) ?? []), entry]);
  }
  return months;
}

function LedgerEntry({ entry, zone }: { entry: LedgerEntryView; zone: string }) {
  const t = useTranslations("wallet");
  const locale = useLocale() as Locale;
  // What came into one lot needs no list; what was drawn always has one.
  const onlyLot = entry.pointsChange > 0 && entry.lots?.length === 1 ? entry.lots[0] : undefined;
  return (
    <>
      <div className="flex items-start justify-between gap-4">
        <div className="min-w-0">
          <p className="font-medium text-pretty">{entry.title}</p>
          <p className="text-caption text-muted">
            <time dateTime={entry.at.toISOString()}>{formatInstant(locale, entry.at, zone)}</time>
            {onlyLot?.expiresAt && <>{" · "}{t("expiresOn", { day: formatDayOf(locale, lastDay(onlyLot.expiresAt), zone) })}</>}
          </p>
        </div>
        <div className="shrink-0 text-end whitespace-nowrap">
          <PointsAmount points={entry.pointsChange} signed className={clsx("font-semibold", entry.pointsChange > 0 ? "text-points" : "text-fg")} />
          <p className="text-caption text-muted tabular-nums">{t("balanceAfter", { points: formatPoints(locale, entry.balanceAfter) })}</p>
        </div>
      </div>
      {!onlyLot && entry.lots && entry.lots.length > 0 && (
        <details className="group mt-1">
          <summary className="inline-flex min-h-6 list-none items-center gap-1 text-caption font-medium text-primary">
            {entry.pointsChange < 0 ? t("drawnFrom", { lots: entry.lots.length }) : t("putInto", { lots: entry.lots.length })}
            <Icon name="chevron-down" size={16} className="transition-transform group-open:rotate-180" />
          </summary>
          <div className="mt-1 rounded-control bg-sunken px-3.5">
            <LotList lots={entry.lots} zone={zone} />
          </div>
        </details>
      )}
    </>
  );
}
