import { getTranslations } from "next-intl/server";
import Link from "next/link";
import { checkInToday } from "./check-in/actions";
import type { Reading } from "./reading";
import { afterCheckIn, stripView, type CheckInSide } from "./streak-view";
import { CheckInMoment } from "@/components/check-in-moment";
import { CheckInStrip } from "@/components/check-in-strip";
import { PointsAmount } from "@/components/points-amount";
import { Icon } from "@/components/ui/icon";
import { Notice } from "@/components/ui/notice";
import { getCheckInStatus } from "@/lib/checkin/queries";
import type { UserId } from "@/lib/ctx";
import { formatDayOf, formatPoints, formatSignedPoints } from "@/lib/i18n";
import type { Balance } from "@/lib/points/queries";

type CheckInRailProps = { reading: Reading; userId: UserId; balance: Balance };

/** A signed-in shopper's balance, check-in and week, before and after today's tap. */
export async function CheckInRail({ reading, userId, balance }: CheckInRailProps) {
  const { db, today, locale } = reading;
  const [status, t, tWallet] = await Promise.all([getCheckInStatus(db, userId, today), getTranslations("checkIn"), getTranslations("wallet")]);
  const isFrozen = balance.status === "frozen";
  const before: CheckInSide = { strip: status.strip, streakDays: status.streakDays, untilBonus: status.untilBonus };
  const after = status.isDoneToday ? { ...before, tomorrowPoints: status.next.points } : afterCheckIn(status, today);

  return (
    <>
      {isFrozen && <Notice tone="danger" className="mb-3">{t("frozen")}</Notice>}
      <CheckInMoment
        action={checkInToday}
        requestId={crypto.randomUUID()}
        isDone={status.isDoneToday}
        isClosed={isFrozen || status.ladder.length === 0}
        streakDays={status.isDoneToday ? status.streakDays : status.streakDays + 1}
        balance={{
          before: <BalanceFigure label={tWallet("available")} points={balance.pointsAvailable} />,
          after: <BalanceFigure label={tWallet("available")} points={balance.pointsAvailable + (status.isDoneToday ? 0 : status.todaysPoints)} />,
        }}
        streak={{ before: <Week side={before} reading={reading} />, after: <Week side={after} reading={reading} /> }}
        words={{
          cta: t("cta", { points: formatSignedPoints(locale, status.todaysPoints) }),
          done: t("done"),
          tomorrow: t("tomorrow", { points: formatSignedPoints(locale, after.tomorrowPoints) }),
          region: tWallet("region"),
          streakRegion: t("title"),
        }}
      >
        <ExpiringLine balance={balance} reading={reading} />
      </CheckInMoment>
    </>
  );
}

function BalanceFigure({ label, points }: { label: string; points: number }) {
  return (
    <>
      <p className="text-caption text-hero-muted">{label}</p>
      <p className="text-balance font-semibold tracking-tight"><PointsAmount points={points} bare /></p>
    </>
  );
}

/** What is lost next, with its day; the way to the whole list. */
async function ExpiringLine({ balance, reading: { locale, policy } }: { balance: Balance; reading: Reading }) {
  const t = await getTranslations("wallet");
  const text = balance.expiring
    ? t("expiringLine", { points: formatPoints(locale, balance.expiring.points), day: formatDayOf(locale, new Date(balance.expiring.expiresAt.getTime() - 1), policy.timeZone, "day") })
    : t("details");
  return (
    <Link href="/wallet" className="inline-flex min-h-6 items-center text-caption whitespace-nowrap underline decoration-hero-fg/40 underline-offset-3">
      {text}
    </Link>
  );
}

async function Week({ side, reading }: { side: CheckInSide; reading: Reading }) {
  const t = await getTranslations("checkIn");
  return (
    <>
      <div className="mb-3 flex items-center justify-between gap-3">
        <h2 className="flex items-center gap-1.5 text-body font-semibold">
          <Icon name="flame" filled className={side.streakDays > 0 ? "text-streak" : "text-muted"} />
          {t("streak", { days: side.streakDays })}
        </h2>
        <Link href="/check-in" className="inline-flex min-h-6 items-center gap-0.5 text-caption font-medium text-primary">
          {side.untilBonus ? t("untilBonus", side.untilBonus) : t("openCalendar")}
          <Icon name="chevron-right" size={16} />
        </Link>
      </div>
      <CheckInStrip days={stripView(side.strip, reading, t("today"))} />
    </>
  );
}
