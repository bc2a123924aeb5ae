import type { Metadata, Route } from "next";
import { getTranslations } from "next-intl/server";
import { CheckInRail } from "../check-in-rail";
import { GuestRail } from "../guest-rail";
import { PageFrame } from "../page-frame";
import { readParams, startReading, type SearchParams } from "../reading";
import { Cards } from "./cards";
import { Month } from "./month";
import { Prizes } from "./prizes";
import { Rules } from "./rules";
import { Zone } from "./zone";
import { EmptyState } from "@/components/empty-state";
import { PageHeader } from "@/components/page-header";
import { ButtonLink } from "@/components/ui/button-link";
import { Panel } from "@/components/ui/card";
import { currentShopper } from "@/lib/auth";
import { getCheckInStatus } from "@/lib/checkin/queries";
import { getBalance } from "@/lib/points/queries";

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations("checkIn");
  return { title: t("pageTitle"), description: t("description") };
}

export default async function CheckInPage({ searchParams }: { searchParams: SearchParams }) {
  const [reading, shopper, { month, rules }, t] = await Promise.all([startReading(), currentShopper(), readParams(searchParams, "month", "rules"), getTranslations("checkIn")]);
  const toTasks = <ButtonLink href={"/tasks" as Route} size="dense">{(await getTranslations("tasks"))("title")}</ButtonLink>;
  const heading = <PageHeader title={t("pageTitle")} lead={t("lead")} actions={toTasks} />;
  if (!shopper) {
    return (
      <PageFrame heading={heading} rail={<GuestRail reading={reading} />}>
        <Panel className="mb-4">
          <EmptyState scene="refused" title={t("guestTitle")} action={<ButtonLink href={"/sign-in?next=%2Fcheck-in" as Route} look="primary">{t("guestAction")}</ButtonLink>}>{t("guestHint")}</EmptyState>
        </Panel>
        <Rules reading={reading} timeZone={reading.policy.timeZone} month="" isOpen={rules === "1"} />
      </PageFrame>
    );
  }
  const [balance, status] = await Promise.all([getBalance(reading.db, shopper.id, reading.now), getCheckInStatus(reading.db, shopper.id, reading)]);
  return (
    <PageFrame heading={heading} rail={<CheckInRail reading={reading} userId={shopper.id} balance={balance} status={status} />}>
      <Month reading={reading} userId={shopper.id} status={status} pointsAvailable={balance.pointsAvailable} wanted={month} />
      <Prizes prizes={status.prizes} locale={reading.locale} />
      <Cards reading={reading} status={status} />
      <Zone reading={reading} calendar={status.calendar} />
      <Rules reading={reading} timeZone={status.calendar.timeZone} month={month} isOpen={rules === "1"} />
    </PageFrame>
  );
}
