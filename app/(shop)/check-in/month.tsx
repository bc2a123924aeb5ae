import type { Route } from "next";
import { getTranslations } from "next-intl/server";
import Link from "next/link";
import type { Reading } from "../reading";
import { makeUpDay } from "./actions";
import { makeUpView } from "./make-up-view";
import { MonthCalendar } from "./month-calendar";
import { cellWords, dayFacts, shownMonth, weekdayNames } from "./month-view";
import { Panel } from "@/components/ui/card";
import { Icon } from "@/components/ui/icon";
import { getCheckInMonth, getMakeUpOffer, type CheckInStatus } from "@/lib/checkin/queries";
import type { UserId } from "@/lib/ctx";
import { addMonths, firstOfMonth, type Day } from "@/lib/day";
import { formatDay } from "@/lib/i18n";

type MonthProps = { reading: Reading; userId: UserId; status: CheckInStatus; pointsAvailable: number; wanted: string };

/** One month of check-ins, what can be made up in it, and the streaks. */
export async function Month({ reading, userId, status, pointsAvailable, wanted }: MonthProps) {
  const { db, locale, policy } = reading;
  const { today, since } = status.calendar;
  const [{ month, weeks }, terms, t, common] = await Promise.all([
    getCheckInMonth(db, userId, () => shownMonth(wanted, today, since), reading), getMakeUpOffer(db, userId, reading), getTranslations("checkIn"), getTranslations("common"),
  ]);
  const title = formatDay(locale, month, "month");
  const days = weeks.flat().filter((cell) => cell !== null && cell.canMakeUp).map((cell) => cell!);
  const [earlier, later] = [month > firstOfMonth(since) ? addressOf(addMonths(month, -1)) : null, month < firstOfMonth(today) ? addressOf(addMonths(month, 1)) : null];
  const view = makeUpView({ terms, perks: status.perks, pointsAvailable, policy, locale, days }, t, common);
  return (
    <Panel className="mb-4" aria-labelledby="month">
      <div className="mb-2 flex items-center justify-between">
        <MonthLink to={earlier} icon="chevron-left" label={t("earlier")} />
        <h2 id="month" className="text-section font-semibold">{title}</h2>
        <MonthLink to={later} icon="chevron-right" label={t("later")} />
      </div>
      <MonthCalendar
        key={month} caption={t("calendarCaption", { month: title })} weekdays={weekdayNames(locale)} month={month} facts={dayFacts(weeks)} words={cellWords(t)} locale={locale}
        earlier={earlier} later={later} offer={{ action: makeUpDay, requestId: crypto.randomUUID(), ...view }}
      />
      {days.length > 0 && <p className="mt-3 text-caption text-muted">{t("makeUp.hint", { left: terms.left })}</p>}
      <dl className="mt-4 grid grid-cols-2 gap-3 border-t border-border pt-4 text-center">
        <Figure label={t("currentStreak")} value={t("days", { days: status.streakDays })} />
        <Figure label={t("longestStreak")} value={t("days", { days: status.longestStreak })} />
      </dl>
    </Panel>
  );
}

const addressOf = (month: Day): Route => `/check-in?month=${month.slice(0, 7)}` as Route;

function MonthLink({ to, icon, label }: { to: Route | null; icon: "chevron-left" | "chevron-right"; label: string }) {
  const look = "grid size-11 place-items-center rounded-full";
  if (!to) return <span className={`${look} text-border`} aria-hidden="true"><Icon name={icon} size={24} /></span>;
  return <Link href={to} scroll={false} aria-label={label} className={`${look} hover:bg-sunken`}><Icon name={icon} size={24} /></Link>;
}

function Figure({ label, value }: { label: string; value: string }) {
  return (
    <div className="flex flex-col-reverse">
      <dt className="text-caption text-muted">{label}</dt>
      <dd className="text-title font-semibold tabular-nums">{value}</dd>
    </div>
  );
}
