import type { Metadata } from "next";
import { getLocale, getTranslations } from "next-intl/server";
import type { SearchParams } from "../../../(shop)/reading";
import { startStaffReading } from "../../reading";
import { readReferralFilter, REFERRALS_PER_PAGE, referralsHref, tasksHref, type ReferralFilter } from "../filter";
import { ReferralTable } from "./referral-table";
import { FirstUse } from "@/components/admin/list-empty";
import { Pager } from "@/components/admin/resource-index";
import { WithoutForms } from "@/components/admin/read-only";
import { PageHeader } from "@/components/page-header";
import { Card } from "@/components/ui/card";
import { NavTabs } from "@/components/ui/nav-tabs";
import { formatPoints } from "@/lib/i18n";
import { listReferrals, type ReferralCounts } from "@/lib/sharing/staff-queries";

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations("adminTasks.referrals"))("title") };
}

const VIEWS = ["review", "open", "rewarded", "refused"] as const;
const sumOf = (counts: ReferralCounts): number => VIEWS.reduce((sum, status) => sum + counts[status], 0);

export default async function ReferralsPage({ searchParams }: { searchParams: SearchParams }) {
  const { db, now, policy, staff } = await startStaffReading("programme.read", "/admin/tasks/referrals");
  const [t, tasks, filter] = await Promise.all([getTranslations("adminTasks.referrals"), getTranslations("adminTasks"), readReferralFilter(searchParams)]);
  const { referrals, counts } = await listReferrals(db, { status: filter.status === "all" ? undefined : filter.status, page: filter.page, pageSize: REFERRALS_PER_PAGE });
  return (
    <>
      <PageHeader title={t("title")} lead={t("lead")} back={{ href: tasksHref(), label: tasks("title") }} />
      <Card as="section" padded={false} aria-label={t("list")} className="overflow-hidden">
        <NavTabs label={t("views")} tabs={await tabsOf(filter, counts)} look="underline" />
        {referrals.length > 0 ? <WithoutForms when={!staff.permissions.has("programme.write")}><ReferralTable referrals={referrals} now={now} zone={policy.timeZone} /></WithoutForms> : (
          <FirstUse title={sumOf(counts) === 0 ? t("firstEmpty") : t("empty")}>{sumOf(counts) === 0 ? t("firstEmptyHint") : t("emptyHint")}</FirstUse>
        )}
        {referrals.length > 0 && <ReferralPager filter={filter} shown={referrals.length} total={filter.status === "all" ? sumOf(counts) : counts[filter.status]} />}
      </Card>
    </>
  );
}

async function tabsOf(filter: ReferralFilter, counts: ReferralCounts) {
  const [t, list, locale] = await Promise.all([getTranslations("adminTasks.referrals.status"), getTranslations("admin.list"), getLocale()]);
  return [
    ...VIEWS.map((status) => ({ href: referralsHref({ status }), label: t(status), current: filter.status === status, count: formatPoints(locale, counts[status]) })),
    { href: referralsHref({ status: "all" }), label: list("all"), current: filter.status === "all", count: formatPoints(locale, sumOf(counts)) },
  ];
}

async function ReferralPager({ filter, shown, total }: { filter: ReferralFilter; shown: number; total: number }) {
  const t = await getTranslations("admin.list");
  const first = (filter.page - 1) * REFERRALS_PER_PAGE + 1;
  const last = first + shown - 1;
  return (
    <Pager
      summary={t("range", { first, last, total })}
      previous={filter.page > 1 ? referralsHref({ ...filter, page: filter.page - 1 }) : null}
      next={last < total ? referralsHref({ ...filter, page: filter.page + 1 }) : null}
    />
  );
}
