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
import { getCheckInStatus, type CheckInStatus } from "@/lib/checkin/queries";
import type { UserId } from "@/lib/ctx";
import { formatDayOf, formatPoints, formatSignedPoints, type Locale } from "@/lib/i18n";
import type { Balance } from "@/lib/points/queries";

type CheckInRailProps = { reading: Reading; userId: UserId; balance: Balance; /** Read here unless the page has it. */ status?: CheckInStatus };

/** A signed-in shopper's balance, check-in and week, before and after today's tap. */
export async function CheckInRail({ reading, userId, balance, status: known }: CheckInRailProps) {
  const { db, locale } = reading;
  const [status, t, tWallet] = await Promise.all([known ?? getCheckInStatus(db, userId, reading), getTranslations("checkIn"), getTranslations("wallet")]);
  const closed = balance.status === "frozen" ? t("frozen") : balance.isHeld ? t("held") : null;
  const before: CheckInSide = { strip: status.strip, streakDays: status.streakDays, untilBonus: status.untilBonus };
  const after = status.isDoneToday ? before : afterCheckIn(status);

  return (
    <>
      {closed && <Notice tone="danger" className="mb-3">{closed}</Notice>}
      <CheckInMoment
        action={checkInToday}
        requestId={crypto.randomUUID()}
        isDone={status.isDoneToday}
        isClosed={closed !== null || !status.isOpen}
        streakDays={after.streakDays}
        balance={{
          before: <BalanceFigure label={tWallet("available")} points={balance.pointsAvailable} />,
          after: <BalanceFigure label={tWallet("available")} points={balance.pointsAvailable + status.todaysPoints - status.todaysPending} />,
        }}
        streak={{ before: <Week side={before} status={status} locale={locale} />, after: <Week side={after} status={status} locale={locale} isDone /> }}
        words={{
          cta: status.todaysPoints > 0 ? t("cta", { points: formatSignedPoints(locale, status.todaysPoints) }) : t("ctaPlain"),
          done: t("done"),
          tomorrow: status.tomorrowsPoints > 0 ? t("tomorrow", { points: formatSignedPoints(locale, status.tomorrowsPoints) }) : "",
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
    <Link href="/wallet" className="inline-flex min-h-6 items-center text-caption underline decoration-hero-fg/40 underline-offset-3">
      {text}
    </Link>
  );
}

type WeekProps = { side: CheckInSide; status: CheckInStatus; locale: Locale; isDone?: boolean };

async function Week({ side, status, locale, isDone = false }: WeekProps) {
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
      <CheckInStrip days={stripView(side.strip, { today: status.calendar.today, locale, todayLabel: t("today") })} />
      {status.frozenDays > 0 && (
        <p className="mt-3 flex items-start gap-1.5 text-caption text-info">
          <Icon name="shield" size={16} className="mt-0.5" />
          {t(isDone || status.isDoneToday ? "freezeUsed" : "freezeWaits", { days: status.frozenDays })}
        </p>
      )}
    </>
  );
}
