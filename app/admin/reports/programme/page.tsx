import type { Metadata, Route } from "next";
import { getTranslations } from "next-intl/server";
import type { SearchParams } from "../../../(shop)/reading";
import { inLanguage } from "../../../(shop)/views";
import { percentOf } from "../format";
import { openReports, type ReportReading } from "../reading";
import { NothingInIt, ReportCard, ReportFrame } from "../report-frame";
import { DataTable, RowLink } from "@/components/admin/data-table";
import { formatPoints } from "@/lib/i18n";
import { getRuleReport, getTaskReport } from "@/lib/reports/effect-queries";
import type { RuleReport, TaskReport } from "@/lib/reports/effects";

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations("adminReports.tabs"))("programme") };
}

/** Whether tasks and rules do what they are paid for. */
export default async function ProgrammeReportPage({ searchParams }: { searchParams: SearchParams }) {
  const reading = await openReports("/admin/reports/programme", searchParams);
  const { db, days, state } = reading;
  if (!state.builtAt) return <ReportFrame reading={reading} current="programme">{null}</ReportFrame>;
  const [tasks, rules] = await Promise.all([getTaskReport(db, days), getRuleReport(db, days)]);
  return (
    <ReportFrame reading={reading} current="programme">
      <Rules report={rules} reading={reading} />
      <Tasks report={tasks} reading={reading} />
    </ReportFrame>
  );
}

async function Rules({ report: { rows, windowDays }, reading: { locale, csvOf, staff } }: { report: RuleReport; reading: ReportReading }) {
  const t = await getTranslations("adminReports.rules");
  const mayOpen = staff.permissions.has("programme.read");
  return (
    <ReportCard id="rules" title={t("title")} lead={t("lead", { days: windowDays })} definition={t("means")} csv={csvOf("rules")}>
      {rows.length === 0 ? <NothingInIt>{t("none")}</NothingInIt> : (
        <div className="-mx-4">
          <DataTable
            caption={t("caption")} rows={rows} keyOf={({ ruleId }) => ruleId}
            columns={[
              { key: "name", label: t("name"), phone: "title", cell: (row) => nameIn(mayOpen ? `/admin/rules/${row.ruleId}` : null, inLanguage(locale, row.name, row.nameEn)) },
              { key: "entries", label: t("entries"), end: true, phone: "pair", cell: (row) => formatPoints(locale, row.entries) },
              { key: "people", label: t("people"), end: true, phone: "pair", cell: (row) => formatPoints(locale, row.people) },
              { key: "points", label: t("points"), end: true, phone: "corner", cell: (row) => formatPoints(locale, row.points) },
              { key: "share", label: t("shareOfIssued"), end: true, phone: "pair", cell: (row) => percentOf(locale, row.shareOfIssued) },
              { key: "budget", label: t("budget"), end: true, phone: "pair", cell: (row) => (row.budgetPoints === null ? t("noBudget") : t("budgetOf", { used: row.budgetUsed ?? 0, total: row.budgetPoints, share: percentOf(locale, row.shareOfBudget) })) },
            ]}
          />
        </div>
      )}
    </ReportCard>
  );
}

async function Tasks({ report: { rows, windowDays, activePeople }, reading: { locale, csvOf, staff } }: { report: TaskReport; reading: ReportReading }) {
  const t = await getTranslations("adminReports.tasks");
  const mayOpen = staff.permissions.has("programme.read");
  return (
    <ReportCard id="tasks" title={t("title")} lead={t("lead", { days: windowDays, people: activePeople })} definition={t("means")} csv={csvOf("tasks")}>
      {rows.length === 0 ? <NothingInIt>{t("none")}</NothingInIt> : (
        <div className="-mx-4">
          <DataTable
            caption={t("caption")} rows={rows} keyOf={({ taskId }) => taskId}
            columns={[
              { key: "name", label: t("name"), phone: "title", cell: (row) => nameIn(mayOpen ? `/admin/tasks/${row.taskId}` : null, inLanguage(locale, row.name, row.nameEn)) },
              { key: "claims", label: t("claims"), end: true, phone: "pair", cell: (row) => formatPoints(locale, row.claims) },
              { key: "people", label: t("people"), end: true, phone: "pair", cell: (row) => formatPoints(locale, row.people) },
              { key: "rate", label: t("completionRate"), end: true, phone: "corner", cell: (row) => percentOf(locale, row.completionRate) },
              { key: "points", label: t("points"), end: true, phone: "pair", cell: (row) => formatPoints(locale, row.points) },
              { key: "back", label: t("pointsTakenBack"), end: true, phone: "pair", cell: (row) => formatPoints(locale, row.pointsTakenBack) },
            ]}
          />
        </div>
      )}
    </ReportCard>
  );
}

const nameIn = (href: string | null, name: string) => (href ? <RowLink href={href as Route}>{name}</RowLink> : <span className="font-semibold">{name}</span>);
