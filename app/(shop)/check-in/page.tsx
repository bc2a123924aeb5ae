import type { Metadata, Route } from "next";
import { getTranslations } from "next-intl/server";
import Link from "next/link";
import { CheckInRail } from "../check-in-rail";
import { GuestRail } from "../guest-rail";
import { PageFrame } from "../page-frame";
import { readParams, startReading, type Reading, type SearchParams } from "../reading";
import { calendarWeeks, shownMonth, weekdayNames } from "./month-view";
import { Rules } from "./rules";
import { CheckInCalendar } from "@/components/check-in-calendar";
import { EmptyState } from "@/components/empty-state";
import { PageHeader } from "@/components/page-header";
import { ButtonLink } from "@/components/ui/button";
import { Panel } from "@/components/ui/card";
import { Icon } from "@/components/ui/icon";
import { currentShopper, type Shopper } from "@/lib/auth";
import { getCheckInMonth, getCheckInStatus } from "@/lib/checkin/queries";
import { addMonths, dayOf, firstOfMonth, type Day } from "@/lib/day";
import { formatDay } from "@/lib/i18n";
import { getBalance } from "@/lib/points/queries";

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations("checkIn");
  return { title: t("pageTitle"), description: t("description") };
}

export default async function CheckInPage({ searchParams }: { searchParams: SearchParams }) {
  const [reading, shopper, { month }, t] = await Promise.all([startReading(), currentShopper(), readParams(searchParams, "month"), getTranslations("checkIn")]);
  const heading = <PageHeader title={t("pageTitle")} lead={t("lead")} />;
  if (!shopper) {
    return (
      <PageFrame heading={heading} rail={<GuestRail reading={reading} />}>
        <Panel className="mb-4">
          <EmptyState scene="refused" title={t("guestTitle")} action={<ButtonLink href={"/sign-in?next=%2Fcheck-in" as Route} look="primary">{t("guestAction")}</ButtonLink>}>{t("guestHint")}</EmptyState>
        </Panel>
        <Rules reading={reading} />
      </PageFrame>
    );
  }
  const balance = await getBalance(reading.db, shopper.id, reading.now);
  return (
    <PageFrame heading={heading} rail={<CheckInRail reading={reading} userId={shopper.id} balance={balance} />}>
      <Month reading={reading} shopper={shopper} wanted={month} />
      <Rules reading={reading} />
    </PageFrame>
  );
}

async function Month({ reading, shopper, wanted }: { reading: Reading; shopper: Shopper; wanted: string }) {
  const { db, today, locale, policy } = reading;
  const joined = dayOf(shopper.createdAt, policy.timeZone);
  const month = shownMonth(wanted, today, joined);
  const [weeks, status, t] = await Promise.all([getCheckInMonth(db, shopper.id, month, today, joined), getCheckInStatus(db, shopper.id, today), getTranslations("checkIn")]);
  const title = formatDay(locale, month, "month");
  return (
    <Panel className="mb-4" aria-labelledby="month">
      <div className="mb-2 flex items-center justify-between">
        <MonthLink to={month > firstOfMonth(joined) ? addMonths(month, -1) : null} icon="chevron-left" label={t("earlier")} />
        <h2 id="month" className="text-section font-semibold">{title}</h2>
        <MonthLink to={month < firstOfMonth(today) ? addMonths(month, 1) : null} icon="chevron-right" label={t("later")} />
      </div>
      <CheckInCalendar key={month} caption={t("calendarCaption", { month: title })} weekdays={weekdayNames(locale)} weeks={calendarWeeks(weeks, locale, t)} />
      <dl className="mt-4 grid grid-cols-2 gap-3 border-t border-border pt-4 text-center">
        <Figure label={t("currentStreak")} value={t("days", { days: status.streakDays })} />
        <Figure label={t("longestStreak")} value={t("days", { days: status.longestStreak })} />
      </dl>
    </Panel>
  );
}

function MonthLink({ to, icon, label }: { to: Day | null; icon: "chevron-left" | "chevron-right"; label: string }) {
  const look = "grid size-11 place-items-center rounded-full";
  if (!to) return <span className={`${look} text-border`} aria-hidden="true"><Icon name={icon} size={24} /></span>;
  return <Link href={`/check-in?month=${to.slice(0, 7)}`} scroll={false} aria-label={label} className={`${look} hover:bg-sunken`}><Icon name={icon} size={24} /></Link>;
}

function Figure({ label, value }: { label: string; value: string }) {
  return (
    <div className="flex flex-col-reverse">
      <dt className="text-caption text-muted">{label}</dt>
      <dd className="text-title font-semibold tabular-nums">{value}</dd>
    </div>
  );
}
