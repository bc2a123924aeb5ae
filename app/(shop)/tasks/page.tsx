import type { Metadata, Route } from "next";
import { getTranslations } from "next-intl/server";
import { RulesPanel } from "../earn-ways";
import { GuestRail } from "../guest-rail";
import { PageFrame } from "../page-frame";
import { startReading, type Reading } from "../reading";
import { RollingPoints } from "./rolling-points";
import { TaskList } from "./task-list";
import { goalOf, nameOf, placeOf, rewardOf } from "./task-views";
import { EmptyState } from "@/components/empty-state";
import { PageHeader } from "@/components/page-header";
import { ButtonLink } from "@/components/ui/button-link";
import { Panel } from "@/components/ui/card";
import { Icon } from "@/components/ui/icon";
import { Notice } from "@/components/ui/notice";
import { Toaster } from "@/components/ui/toast";
import { currentShopper, type Shopper } from "@/lib/auth";
import { getBalance, type Balance } from "@/lib/points/queries";
import { listOffers, listTasks } from "@/lib/tasks/queries";

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations("tasks");
  return { title: t("title"), description: t("description") };
}

export default async function TasksPage() {
  const [reading, shopper, t] = await Promise.all([startReading(), currentShopper(), getTranslations("tasks")]);
  const heading = <PageHeader title={t("title")} lead={t("lead")} />;
  return shopper ? <MyTasks reading={reading} shopper={shopper} heading={heading} /> : <Offers reading={reading} heading={heading} />;
}

async function MyTasks({ reading, shopper, heading }: { reading: Reading; shopper: Shopper; heading: React.ReactNode }) {
  const { db, now, policy } = reading;
  const [tasks, balance] = await Promise.all([listTasks(db, shopper.id, now, policy), getBalance(db, shopper.id, now)]);
  const waiting = tasks.filter(({ state }) => state === "claimable").length;
  return (
    <PageFrame heading={heading} rail={<PointsCard reading={reading} balance={balance} waiting={waiting} />}>
      {tasks.length > 0 ? <TaskList reading={reading} tasks={tasks} isClosed={balance.status === "frozen" || balance.isHeld} /> : <NoTasks />}
      <RulesPanel reading={reading} isGuest={false} />
      <Toaster />
    </PageFrame>
  );
}

async function PointsCard({ reading: { locale }, balance, waiting }: { reading: Reading; balance: Balance; waiting: number }) {
  const t = await getTranslations("tasks");
  return (
    <>
      {(balance.status === "frozen" || balance.isHeld) && <Notice tone="danger" className="mb-3">{t(balance.status === "frozen" ? "frozen" : "held")}</Notice>}
      <section aria-label={t("region")} className="hero-ring relative overflow-hidden rounded-hero bg-hero p-5 text-hero-fg md:p-7">
        <p className="text-caption text-hero-muted">{t("balance")}</p>
        <p className="text-balance font-semibold tracking-tight"><RollingPoints points={balance.pointsAvailable} locale={locale} /></p>
        <p className="mt-1 text-caption text-hero-muted">{waiting > 0 ? t("waiting", { tasks: waiting }) : t("noneWaiting")}</p>
        <div className="relative z-10 mt-4 flex flex-wrap gap-3">
          <ButtonLink href="/check-in" look="points">{t("toCheckIn")}</ButtonLink>
          <ButtonLink href={"/invite" as Route} className="border-hero-fg/40! bg-transparent! text-hero-fg! hover:bg-hero-fg/10!">{t("toInvite")}</ButtonLink>
        </div>
      </section>
    </>
  );
}

async function NoTasks() {
  const t = await getTranslations("tasks");
  return (
    <Panel>
      <EmptyState title={t("empty")} action={<ButtonLink href="/check-in" look="primary">{t("toCheckIn")}</ButtonLink>}>{t("emptyHint")}</EmptyState>
    </Panel>
  );
}

/** What a guest could earn. */
async function Offers({ reading, heading }: { reading: Reading; heading: React.ReactNode }) {
  const [offers, t] = await Promise.all([listOffers(reading.db, reading.now), getTranslations("tasks")]);
  return (
    <PageFrame heading={heading} rail={<GuestRail reading={reading} />}>
      <Panel className="mb-4">
        <EmptyState scene="refused" title={t("guestTitle")} action={<ButtonLink href={"/sign-in?next=%2Ftasks" as Route} look="primary">{t("guestAction")}</ButtonLink>}>{t("guestHint")}</EmptyState>
      </Panel>
      {offers.length > 0 && (
        <Panel as="div" padded={false}>
          <ul className="divide-y divide-border">
            {offers.map((task) => (
              <li key={task.id} id={`task-${task.id}`} className="flex items-center gap-3 p-4">
                <span className="grid size-10 shrink-0 place-items-center rounded-control bg-points-soft text-points"><Icon name={placeOf(task.metric).icon} size={20} /></span>
                <span className="min-w-0 grow">
                  <b className="block text-body font-semibold">{nameOf(reading, task)}</b>
                  <span className="block text-dense text-muted">{goalOf(reading, t, task)}</span>
                </span>
                <b className="shrink-0 font-semibold text-points tabular-nums">{rewardOf(reading, t, task)}</b>
              </li>
            ))}
          </ul>
        </Panel>
      )}
      <RulesPanel reading={reading} isGuest />
    </PageFrame>
  );
}
