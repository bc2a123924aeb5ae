import clsx from "clsx";
import { useLocale, useTranslations } from "next-intl";
import type { ReactNode } from "react";
import { formatDay, formatDayOf, formatInstant, formatPoints, formatSignedPoints, type Locale } from "@/lib/i18n";
import { lastDay, LotList, type LotView } from "./lot-list";
import { PointsAmount } from "./points-amount";
import { TraceDetails } from "./trace-details";

export type LedgerEntryView = {
  id: number;
  title: string;
  at: Date;
  /** "YYYY-MM" of the programme. */
  month: string;
  pointsChange: number;
  balanceAfter: number;
  /** What the points are made of, by the names of the rules. */
  parts: readonly { label: string; points: number }[];
  /** The lots it put points into or drew them from. */
  lots: readonly LotView[];
  /** What paid a debt, or became one. */
  pointsToDebt: number;
};

export type MonthView = { month: string; pointsIn: number; pointsOut: number };

type LedgerListProps = {
  entries: readonly LedgerEntryView[];
  zone: string;
  months: readonly MonthView[];
  /** Level of the month headings. */
  heading?: "h2" | "h3";
  /** The month that the page before ended in: its heading is not said again. */
  continues?: string;
  /** Where an entry's points came from or went, asked for when somebody wants to know. */
  trace: (entryId: number) => Promise<ReactNode>;
};

/** Newest first, under a heading for each month with its sums, with the running balance. */
export function LedgerList({ entries, zone, months, heading: Heading = "h3", continues, trace }: LedgerListProps) {
  const locale = useLocale() as Locale;
  const t = useTranslations("wallet");
  return (
    <div className="grid gap-5">
      {[...byMonth(entries)].map(([month, rows]) => {
        const sums = months.find((each) => each.month === month);
        return (
          <section key={month}>
            {month !== continues && (
              <div className="mb-1 flex flex-wrap items-baseline justify-between gap-x-4 text-caption text-muted">
                <Heading className="font-medium">{formatDay(locale, `${month}-01`, "month")}</Heading>
                {sums && (
                  <p className="tabular-nums">{t("monthSums", { in: formatSignedPoints(locale, sums.pointsIn), out: formatSignedPoints(locale, sums.pointsOut) })}</p>
                )}
              </div>
            )}
            <ul className="divide-y divide-border">
              {rows.map((entry) => <li key={entry.id} className="py-3"><LedgerEntry entry={entry} zone={zone} trace={trace} /></li>)}
            </ul>
          </section>
        );
      })}
    </div>
  );
}

function byMonth(entries: readonly LedgerEntryView[]): Map<string, LedgerEntryView[]> {
  const months = new Map<string, LedgerEntryView[]>();
  for (const entry of entries) months.set(entry.month, [...(months.get(entry.month) ?? []), entry]);
  return months;
}

type LedgerEntryProps = { entry: LedgerEntryView; zone: string; trace: LedgerListProps["trace"] };

function LedgerEntry({ entry, zone, trace }: LedgerEntryProps) {
  const t = useTranslations("wallet");
  const common = useTranslations("common");
  const locale = useLocale() as Locale;
  const onlyLot = entry.pointsChange > 0 && entry.lots.length === 1 ? entry.lots[0] : undefined;
  return (
    <>
      <div className="flex items-start justify-between gap-4">
        <div className="min-w-0">
          <p className="font-medium text-pretty">{entry.title}</p>
          <p className="text-caption text-muted">
            <time dateTime={entry.at.toISOString()}>{formatInstant(locale, entry.at, zone)}</time>
            {onlyLot?.expiresAt && !onlyLot.slides && <>{" · "}{t("expiresOn", { day: formatDayOf(locale, lastDay(onlyLot.expiresAt), zone) })}</>}
          </p>
        </div>
        <div className="shrink-0 text-end whitespace-nowrap">
          <PointsAmount points={entry.pointsChange} signed className={clsx("font-semibold", entry.pointsChange > 0 ? "text-points" : "text-fg")} />
          <p className="text-caption text-muted tabular-nums">{t("balanceAfter", { points: formatPoints(locale, entry.balanceAfter) })}</p>
        </div>
      </div>
      <TraceDetails
        summary={entry.pointsChange < 0 ? t("whereFrom") : t("whereTo")} about={entry.title}
        load={trace.bind(null, entry.id)} words={{ pending: common("loading"), failed: common("failed"), again: t("again") }}
      >
        <Parts entry={entry} />
        {entry.lots.length > 0 && (
          <>
            <p className="pt-2 text-caption font-medium text-muted">{entry.pointsChange < 0 ? t("drawnFrom", { lots: entry.lots.length }) : t("putInto", { lots: entry.lots.length })}</p>
            <LotList lots={entry.lots} zone={zone} />
          </>
        )}
      </TraceDetails>
    </>
  );
}

/** The rules behind an earning, and the debt that it paid. */
function Parts({ entry: { parts, pointsToDebt } }: { entry: LedgerEntryView }) {
  const t = useTranslations("wallet");
  if (parts.length === 0 && pointsToDebt === 0) return null;
  return (
    <dl className="grid gap-1 py-2 text-caption">
      {parts.map(({ label, points }) => <Part key={label} label={label} points={points} />)}
      {pointsToDebt > 0 && <Part label={t("paidDebt")} points={-pointsToDebt} />}
      {pointsToDebt < 0 && <Part label={t("becameDebt")} points={pointsToDebt} />}
    </dl>
  );
}

const Part = ({ label, points }: { label: string; points: number }) => (
  <div className="flex justify-between gap-4">
    <dt className="text-muted">{label}</dt>
    <dd className="shrink-0"><PointsAmount points={points} signed /></dd>
  </div>
);
