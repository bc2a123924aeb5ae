import { useTranslations } from "next-intl";
import type { ReportReading } from "../reading";
import { NothingInIt, ReportCard } from "../report-frame";
import { BarTable } from "@/components/admin/chart-bars";
import { ChartTable } from "@/components/admin/chart-table";
import type { Day } from "@/lib/day";
import { formatCash, formatDay, formatPoints } from "@/lib/i18n";
import { liabilitySumsTable, type LiabilityReport } from "@/lib/reports/liability";

type PanelProps = { report: LiabilityReport; reading: Pick<ReportReading, "locale" | "csvOf">; on: Day };

/** The liability by when it ends, by how old it is, and in all its parts. */
export function LiabilityPanels(props: PanelProps) {
  return (
    <>
      <div className="grid grid-cols-1 gap-4 lg:grid-cols-2 lg:items-start">
        <Schedule {...props} />
        <Ages {...props} />
      </div>
      <Sums {...props} />
    </>
  );
}

function Schedule({ report: { schedule }, reading: { locale, csvOf }, on }: PanelProps) {
  const t = useTranslations("adminReports.liability.schedule");
  return (
    <ReportCard id="schedule" title={t("title")} lead={t("lead")} definition={t("means")} csv={csvOf("liability-schedule", { on })}>
      {schedule.length === 0 ? <NothingInIt /> : (
        <BarTable
          caption={t("title")} colour={2} heads={{ label: t("month"), value: t("points"), note: t("cents") }}
          bars={schedule.map(({ month, points, cents }) => ({ key: month, label: month === "never" ? t("never") : formatDay(locale, `${month}-01`, "month"), value: points, text: formatPoints(locale, points), note: formatCash(locale, cents) }))}
        />
      )}
    </ReportCard>
  );
}

function Ages({ report: { ages, outstandingPoints }, reading: { locale, csvOf }, on }: PanelProps) {
  const t = useTranslations("adminReports.liability.ages");
  return (
    <ReportCard id="ages" title={t("title")} lead={t("lead")} definition={t("means")} csv={csvOf("liability-ages", { on })}>
      {outstandingPoints === 0 ? <NothingInIt /> : (
        <BarTable
          caption={t("title")} colour={3} heads={{ label: t("age"), value: t("points"), note: t("cents") }}
          bars={ages.map(({ from, upTo, points, cents }) => ({ key: String(from), label: upTo === null ? t("more", { from }) : t("band", { from, upTo }), value: points, text: formatPoints(locale, points), note: formatCash(locale, cents) }))}
        />
      )}
    </ReportCard>
  );
}

function Sums({ report, reading: { locale, csvOf }, on }: PanelProps) {
  const t = useTranslations("adminReports.liability");
  return (
    <ReportCard id="sums" title={t("sums.title")} csv={csvOf("liability", { on })}>
      <ChartTable
        caption={t("title")} columns={[{ label: t("sums.figure") }, { label: t("sums.points") }, { label: t("sums.cents") }]}
        rows={liabilitySumsTable(report).rows.map(([figure, points, cents]) => [
          t(`sums.figures.${String(figure)}` as "sums.figures.lots"), points === null ? "–" : formatPoints(locale, Number(points)), cents === null ? "–" : formatCash(locale, Number(cents)),
        ])}
      />
    </ReportCard>
  );
}
