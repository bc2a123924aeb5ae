import { getTranslations } from "next-intl/server";
import { readNotice } from "./actions";
import { NoticeLink } from "./notice-link";
import type { NoticeView } from "./notices";
import type { Reading } from "../reading";
import { Icon } from "@/components/ui/icon";
import { addDays, type Day } from "@/lib/day";
import { formatDay, formatTime, type Locale } from "@/lib/i18n";
import { byDay } from "@/lib/notifications/notice";

type NoticeListProps = { notices: readonly NoticeView[]; reading: Reading; /** The day that the page before ended in: its heading is not said again. */ continues?: string };

/** Newest first, under a heading for each day. */
export async function NoticeList({ notices, reading, continues }: NoticeListProps) {
  const t = await getTranslations("notifications");
  const { locale, today, policy } = reading;
  return (
    <div className="grid gap-6">
      {byDay(notices, policy.timeZone).map(({ day, rows }) => (
        <section key={day}>
          {day !== continues && <h2 className="mb-2 text-caption font-medium text-muted">{headingOf(day, today, locale, { today: t("today"), yesterday: t("yesterday") })}</h2>}
          <ul className="divide-y divide-border overflow-hidden rounded-hero border border-border bg-card">
            {rows.map((notice) => (
              <li key={notice.id}>
                <NoticeLink href={notice.href} isRead={notice.isRead} read={readNotice.bind(null, notice.id)} unreadLabel={t("unread")}>
                  <span className="grid size-10 shrink-0 place-items-center rounded-full bg-sunken text-primary"><Icon name={notice.icon} size={20} /></span>
                  <span className="min-w-0 grow">
                    <span className="block font-medium text-pretty">{notice.title}</span>
                    <span className="block text-caption text-pretty text-muted">{notice.body}</span>
                    <time dateTime={notice.createdAt.toISOString()} className="block text-caption text-muted tabular-nums">{formatTime(locale, notice.createdAt, policy.timeZone)}</time>
                  </span>
                </NoticeLink>
              </li>
            ))}
          </ul>
        </section>
      ))}
    </div>
  );
}

function headingOf(day: Day, today: Day, locale: Locale, words: { today: string; yesterday: string }): string {
  if (day === today) return words.today;
  if (day === addDays(today, -1)) return words.yesterday;
  return formatDay(locale, day, day.slice(0, 4) === today.slice(0, 4) ? "day" : "dayAndYear");
}
