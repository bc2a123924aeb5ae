import { getTranslations } from "next-intl/server";
import { FrozenNotice } from "../frozen-notice";
import type { Reading } from "../reading";
import { lastDay } from "@/components/lot-list";
import { PointsAmount } from "@/components/points-amount";
import { ButtonLink } from "@/components/ui/button-link";
import { Notice } from "@/components/ui/notice";
import { formatDayOf, formatPoints } from "@/lib/i18n";
import { EXPIRING_SOON_DAYS, type Balance, type WalletLot } from "@/lib/points/queries";

const DAY_MS = 86_400_000;

/** What can be spent, what is on its way, what is about to end, and what is owed. */
export async function BalanceCard({ balance, lots, reading }: { balance: Balance; lots: readonly WalletLot[]; reading: Reading }) {
  const t = await getTranslations("wallet");
  const { locale, policy, now } = reading;
  const { expiring, pointsDebt } = balance;
  return (
    <>
      <section aria-label={t("region")} className="hero-ring relative overflow-hidden rounded-hero bg-hero p-5 text-hero-fg md:p-7">
        <p className="text-caption text-hero-muted">{t("available")}</p>
        <p className="text-balance font-semibold tracking-tight"><PointsAmount points={balance.pointsAvailable} bare /></p>
        <dl className="mt-4 grid grid-cols-2 gap-3 border-t border-hero-fg/15 pt-3 text-caption">
          <Figure label={t("pending")} points={balance.pointsPending} />
          <Figure label={t("expiring", { days: EXPIRING_SOON_DAYS })} points={expiringSoon(lots, now)} />
          {pointsDebt > 0 && <Figure label={t("debt")} points={-pointsDebt} />}
          <Figure label={t("earnedInAll")} points={balance.totalPointsEarned} />
        </dl>
      </section>
      <FrozenNotice balance={balance} reading={reading} className="mt-3" />
      {balance.isHeld && <Notice tone="warning" className="mt-3">{t("held")}</Notice>}
      {pointsDebt > 0 && <Notice tone="warning" className="mt-3">{t("debtMeans", { points: formatPoints(locale, pointsDebt) })}</Notice>}
      {expiring && (
        <Notice tone="points" className="mt-3">
          <p className="tabular-nums">{t("expiringSoon", { points: formatPoints(locale, expiring.points), day: formatDayOf(locale, lastDay(expiring.expiresAt), policy.timeZone, "day") })}</p>
          <ButtonLink href="/shop?affordable=1" size="filter" className="mt-2">{t("useThem")}</ButtonLink>
        </Notice>
      )}
    </>
  );
}

const expiringSoon = (lots: readonly WalletLot[], now: Date): number =>
  lots.filter(({ expiresAt }) => expiresAt.getTime() <= now.getTime() + EXPIRING_SOON_DAYS * DAY_MS).reduce((sum, { pointsRemaining }) => sum + pointsRemaining, 0);

function Figure({ label, points }: { label: string; points: number }) {
  return (
    <div>
      <dt className="text-hero-muted">{label}</dt>
      <dd className="text-control font-semibold"><PointsAmount points={points} bare /></dd>
    </div>
  );
}
