import { getTranslations } from "next-intl/server";
import type { Reading } from "../reading";
import { walletWhy } from "./trace";
import { lastDay } from "@/components/lot-list";
import { PointsAmount } from "@/components/points-amount";
import { Panel } from "@/components/ui/card";
import { Icon } from "@/components/ui/icon";
import { dayOf } from "@/lib/day";
import { formatDay } from "@/lib/i18n";
import type { WalletLot } from "@/lib/points/queries";
import Link from "next/link";

type Day = { id: number; points: number; day: string };
type Month = { month: string; points: number; days: Day[] };

/** When points end: by month, with the days. What slides has no month: it ends when nothing happens for long enough. */
export async function Schedule({ lots, reading }: { lots: readonly WalletLot[]; reading: Reading }) {
  const t = await getTranslations("wallet");
  if (lots.length === 0) return null;
  const months = byMonth(lots.filter((lot) => !lot.isSliding && !lot.neverExpires), reading.policy.timeZone);
  const [sliding, endless] = [lots.filter((lot) => lot.isSliding), lots.filter((lot) => lot.neverExpires && !lot.isSliding)];
  return (
    <Panel className="mt-3" aria-labelledby="schedule">
      <h2 id="schedule" className="text-body font-semibold">{t("lots")}</h2>
      <p className="text-caption text-muted">{t("lotsHint")}</p>
      <div className="mt-2 divide-y divide-border">
        {sliding.map((lot) => <Sliding key={lot.id} lot={lot} reading={reading} />)}
        {months.map((month, index) => <MonthDays key={month.month} month={month} isOpen={index === 0} reading={reading} />)}
        {endless.length > 0 && <Line label={t("neverExpires")} points={sumOf(endless.map((lot) => lot.pointsRemaining))} />}
      </div>
      <Link href={walletWhy()} className="mt-2 inline-flex min-h-6 items-center gap-0.5 text-caption font-medium text-primary">{t("whyLots")}<Icon name="chevron-right" size={16} /></Link>
    </Panel>
  );
}

/** The next month is open; the days of the others are a tap away. */
function MonthDays({ month: { month, points, days }, isOpen, reading: { locale } }: { month: Month; isOpen: boolean; reading: Reading }) {
  return (
    <details open={isOpen} className="group py-1.5">
      <summary className="flex min-h-8 list-none items-center gap-2 text-dense font-medium">
        <Icon name="chevron-down" size={16} className="text-muted transition-transform group-open:rotate-180" />
        <span className="grow">{formatDay(locale, `${month}-01`, "month")}</span>
        <PointsAmount points={points} className="shrink-0" />
      </summary>
      <ul className="grid gap-1 ps-6 pt-0.5 text-caption text-muted">
        {days.map(({ id, day, points: ofDay }) => (
          <li key={id} className="flex items-baseline justify-between gap-4"><time dateTime={day}>{formatDay(locale, day)}</time><PointsAmount points={ofDay} className="shrink-0" /></li>
        ))}
      </ul>
    </details>
  );
}

/** Says after how long without earning or spending, and until when that is as things stand. */
async function Sliding({ lot, reading: { locale, policy } }: { lot: WalletLot; reading: Reading }) {
  const t = await getTranslations("wallet");
  const day = formatDay(locale, dayOf(lastDay(lot.expiresAt), policy.timeZone), "dayAndYear");
  return (
    <div className="py-1.5 text-dense">
      <Line label={policy.expiry.kind === "sliding" ? t("afterIdleDays", { days: policy.expiry.inactiveDays }) : t("afterIdle")} points={lot.pointsRemaining} />
      <p className="text-caption text-muted">{t("idleUntil", { day })}</p>
    </div>
  );
}

const Line = ({ label, points }: { label: string; points: number }) => (
  <p className="flex min-h-8 items-center justify-between gap-4 text-dense font-medium"><span>{label}</span><PointsAmount points={points} className="shrink-0" /></p>
);

function byMonth(lots: readonly WalletLot[], zone: string): Month[] {
  const months = new Map<string, Day[]>();
  for (const lot of lots) {
    const day = dayOf(lastDay(lot.expiresAt), zone);
    months.set(day.slice(0, 7), [...(months.get(day.slice(0, 7)) ?? []), { id: lot.id, points: lot.pointsRemaining, day }]);
  }
  return [...months].map(([month, days]) => ({ month, days, points: sumOf(days.map(({ points }) => points)) }));
}

const sumOf = (numbers: readonly number[]): number => numbers.reduce((sum, each) => sum + each, 0);
