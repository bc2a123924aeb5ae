import { useLocale, useTranslations } from "next-intl";
import Link from "next/link";
import type { Route } from "next";
import type { ReactNode } from "react";
import type { ReportReading } from "./reading";
import { FirstUse } from "@/components/admin/list-empty";
import { hrefWith } from "@/components/admin/href";
import { Definition } from "@/components/admin/definition";
import { PageHeader } from "@/components/page-header";
import { buttonClass } from "@/components/ui/button";
import { Card } from "@/components/ui/card";
import { Icon } from "@/components/ui/icon";
import { NavTabs } from "@/components/ui/nav-tabs";
import { formatDay, formatInstant } from "@/lib/i18n";
import { WINDOWS } from "@/lib/reports/range";

export const REPORT_PATHS = {
  summary: "/admin/reports", points: "/admin/reports/points", retention: "/admin/reports/retention", customers: "/admin/reports/customers",
  products: "/admin/reports/products", programme: "/admin/reports/programme", liability: "/admin/reports/liability",
} as const;
export type ReportTab = keyof typeof REPORT_PATHS;

type ReportFrameProps = { reading: Pick<ReportReading, "state" | "days" | "policy">; current: ReportTab; /** Filters that another period keeps. */ keep?: Record<string, string | undefined>; children: ReactNode };

/** What every report has: its tabs, the period in the address, and as of when it is. */
export function ReportFrame({ reading: { state, days, policy }, current, keep, children }: ReportFrameProps) {
  const t = useTranslations("adminReports");
  const locale = useLocale();
  const { builtAt, throughDay } = state;
  const asOf = builtAt && { at: formatInstant(locale, builtAt, policy.timeZone), zone: policy.timeZone };
  return (
    <>
      <PageHeader
        title={current === "summary" ? t("title") : `${t("title")} · ${t(`tabs.${current}`)}`} actions={<PeriodSwitch current={current} days={days} keep={keep} />}
        lead={asOf && <span className="text-dense">{throughDay ? t("asOf", { ...asOf, day: formatDay(locale, throughDay, "dayAndYear") }) : t("asOfLive", asOf)}</span>}
      />
      <NavTabs
        label={t("tabsLabel")} className="mb-4"
        tabs={(Object.keys(REPORT_PATHS) as ReportTab[]).map((tab) => ({ href: hrefWith(REPORT_PATHS[tab], { days }), label: t(`tabs.${tab}`), current: tab === current }))}
      />
      {builtAt ? <div className="grid grid-cols-1 gap-4">{children}</div> : <Card padded={false}><FirstUse title={t("first.title")}>{t("first.hint")}</FirstUse></Card>}
    </>
  );
}

function PeriodSwitch({ current, days, keep }: { current: ReportTab; days: number; keep?: Record<string, string | undefined> }) {
  const t = useTranslations("adminReports");
  return (
    <nav aria-label={t("period")} className="flex">
      {WINDOWS.map((window) => (
        <Link
          key={window} href={hrefWith(REPORT_PATHS[current], { ...keep, days: window })} scroll={false} aria-current={window === days ? "true" : undefined}
          className="segment px-3"
        >
          {t("periodDays", { days: window })}
        </Link>
      ))}
    </nav>
  );
}

type ReportCardProps = { id: string; title: string; lead?: string; definition?: string; csv?: string | null; children: ReactNode };

/** One report with what it counts, and its figures to take along. */
export function ReportCard({ id, title, lead, definition, csv, children }: ReportCardProps) {
  const t = useTranslations("adminReports");
  return (
    <Card as="section" aria-labelledby={`${id}-title`} className="min-w-0">
      <div className="mb-3 flex flex-wrap items-start justify-between gap-x-4 gap-y-2">
        <div className="min-w-0 grow basis-40">
          <h2 id={`${id}-title`} className="text-section font-semibold">{title}</h2>
          {lead && <p className="text-caption text-muted tabular-nums">{lead}</p>}
          {definition && <Definition label={title}>{definition}</Definition>}
        </div>
        {csv && <a href={csv as Route} download aria-label={t("csvOf", { title })} className={buttonClass({ size: "filter" })}><Icon name="download" size={16} />{t("csv")}</a>}
      </div>
      {children}
    </Card>
  );
}

export function NothingInIt({ children }: { children?: string }) {
  const t = useTranslations("adminReports");
  return <p className="rounded-control bg-sunken px-3.5 py-3 text-dense text-muted">{children ?? t("empty")}</p>;
}
