import type { Metadata } from "next";
import { getTranslations } from "next-intl/server";
import type { SearchParams } from "../../../(shop)/reading";
import { segmentOfGroup } from "../actions";
import { percentOf } from "../format";
import { openReports, type ReportReading } from "../reading";
import { NothingInIt, ReportCard, ReportFrame } from "../report-frame";
import { BarTable } from "@/components/admin/chart-bars";
import { CommandForm } from "@/components/admin/command-form";
import { KpiCard } from "@/components/admin/kpi-card";
import { formatCash, formatPoints } from "@/lib/i18n";
import { publicId } from "@/lib/id";
import type { GapBand, RepurchaseReport, RfmReport } from "@/lib/reports/people";
import { getRepurchase, getRfm } from "@/lib/reports/people-queries";

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations("adminReports.tabs"))("customers") };
}

/** Who buys again, after how long, and who is who by recency, frequency and value. */
export default async function CustomersPage({ searchParams }: { searchParams: SearchParams }) {
  const reading = await openReports("/admin/reports/customers", searchParams);
  const { db, locale, state } = reading;
  if (!state.builtAt) return <ReportFrame reading={reading} current="customers">{null}</ReportFrame>;
  const [t, repurchase, rfm] = await Promise.all([getTranslations("adminReports.kpi"), getRepurchase(db), getRfm(db)]);
  return (
    <ReportFrame reading={reading} current="customers">
      <ul className="grid gap-4 sm:grid-cols-3">
        <KpiCard heading="h2" label={t("repurchase")} value={percentOf(locale, repurchase.rate)} note={t("repurchaseNote", { buyers: repurchase.buyers, repeat: repurchase.repeatBuyers })} definition={t("repurchaseMeans")} />
        <KpiCard heading="h2" label={t("buyers")} value={formatPoints(locale, repurchase.buyers)} definition={t("buyersMeans")} />
        <KpiCard heading="h2" label={t("gap")} value={repurchase.medianGapDays === null ? "–" : t("gapDays", { days: repurchase.medianGapDays })} definition={t("gapMeans")} />
      </ul>
      <Rfm rfm={rfm} reading={reading} />
      <div className="grid grid-cols-1 gap-4 lg:grid-cols-2 lg:items-start">
        <Orders repurchase={repurchase} reading={reading} />
        <Gaps repurchase={repurchase} reading={reading} />
      </div>
    </ReportFrame>
  );
}

async function Rfm({ rfm: { people, groups }, reading: { locale, staff, csvOf } }: { rfm: RfmReport; reading: ReportReading }) {
  const [t, groupNames] = await Promise.all([getTranslations("adminReports.rfm"), getTranslations("adminSegments.groups")]);
  const mayGive = staff.permissions.has("marketing.write");
  return (
    <ReportCard id="rfm" title={t("title")} lead={t("lead")} definition={t("means")} csv={csvOf("rfm")}>
      {people === 0 ? <NothingInIt /> : (
        <BarTable
          caption={t("title")} colour={3} heads={{ label: t("group"), value: t("people"), note: t("share"), action: mayGive ? t("action") : undefined }}
          bars={groups.map(({ group, people: many, share, orders, valueCents }) => ({
            key: group, label: `${groupNames(group)} · ${t(`hints.${group}`)}`, value: many, text: formatPoints(locale, many),
            note: t("note", { share: percentOf(locale, share), orders, value: formatCash(locale, valueCents) }),
            action: mayGive && many > 0 ? (
              <CommandForm action={segmentOfGroup} label={t("giveTo", { group: groupNames(group) })} hidden={{ requestId: publicId(), group }} submit={t("give")} pending={t("making")} look="secondary" />
            ) : undefined,
          }))}
        />
      )}
    </ReportCard>
  );
}

type PanelProps = { repurchase: RepurchaseReport; reading: ReportReading };

async function Orders({ repurchase: { byOrders, buyers }, reading: { locale, csvOf } }: PanelProps) {
  const t = await getTranslations("adminReports.repurchase");
  return (
    <ReportCard id="repurchase" title={t("title")} lead={t("lead")} definition={t("means")} csv={csvOf("repurchase")}>
      {buyers === 0 ? <NothingInIt /> : (
        <BarTable
          caption={t("title")} heads={{ label: t("orders"), value: t("people"), note: "%" }}
          bars={byOrders.map(({ orders, people }) => ({ key: String(orders), label: t("count", { orders }), value: people, text: formatPoints(locale, people), note: percentOf(locale, people / buyers) }))}
        />
      )}
    </ReportCard>
  );
}

async function Gaps({ repurchase: { gaps }, reading: { locale, csvOf } }: PanelProps) {
  const t = await getTranslations("adminReports.gaps");
  const nameOf = ({ from, upTo }: GapBand) => (upTo === null ? t("more", { from }) : upTo === 0 ? t("same") : from === upTo ? t("one", { from }) : t("band", { from, upTo }));
  return (
    <ReportCard id="gaps" title={t("title")} lead={t("lead")} definition={t("means")} csv={csvOf("gaps")}>
      {gaps.every((band) => band.gaps === 0) ? <NothingInIt /> : (
        <BarTable
          caption={t("title")} colour={2} heads={{ label: t("gap"), value: t("times") }}
          bars={gaps.map((band) => ({ key: String(band.from), label: nameOf(band), value: band.gaps, text: formatPoints(locale, band.gaps) }))}
        />
      )}
    </ReportCard>
  );
}
