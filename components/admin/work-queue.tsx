import clsx from "clsx";
import { useLocale, useTranslations } from "next-intl";
import type { Route } from "next";
import Link from "next/link";
import { Card } from "../ui/card";
import { Icon, type IconName } from "../ui/icon";
import { formatPoints, type Locale } from "@/lib/i18n";

export type WorkItem = { key: string; icon: IconName; label: string; hint: string; count: number; href: Route; /** Somebody is harmed while it waits. */ isUrgent: boolean };

/** What waits, each a link to the list where it is done; what has nothing waiting is named in one line below. */
export function WorkQueue({ items }: { items: readonly WorkItem[] }) {
  const t = useTranslations("adminFrame.queue");
  const waiting = items.filter(({ count }) => count > 0);
  const quiet = items.filter(({ count }) => count === 0);
  return (
    <>
      {waiting.length > 0 ? <ul className="grid gap-3 sm:grid-cols-2 xl:grid-cols-4">{waiting.map((item) => <li key={item.key}><Waiting item={item} /></li>)}</ul> : <NothingWaits />}
      {quiet.length > 0 && (
        <div className="mt-3 flex flex-wrap items-baseline gap-x-3 gap-y-1 text-caption text-muted">
          <span id="queue-quiet">{t("nothingFor")}</span>
          <ul aria-labelledby="queue-quiet" className="contents">
            {quiet.map(({ key, href, label }) => <li key={key}><Link href={href} className="inline-flex min-h-6 items-center hover:text-fg hover:underline">{label}</Link></li>)}
          </ul>
        </div>
      )}
    </>
  );
}

function Waiting({ item: { icon, label, hint, count, href, isUrgent } }: { item: WorkItem }) {
  const locale = useLocale() as Locale;
  return (
    <Link href={href} className="pressable flex h-full items-center gap-3 rounded-card border border-border bg-card p-4 shadow-card hover:border-input">
      <span className={clsx("grid size-10 shrink-0 place-items-center rounded-control", isUrgent ? "bg-warning-soft text-warning" : "bg-sunken text-muted")}><Icon name={icon} size={20} /></span>
      <span className="min-w-0 grow">
        <span className="block text-dense font-medium">{label}</span>
        <span className="block text-meta text-muted">{hint}</span>
      </span>
      <span className="text-title font-semibold tabular-nums">{formatPoints(locale, count)}</span>
      <Icon name="chevron-right" size={16} className="text-muted" />
    </Link>
  );
}

function NothingWaits() {
  const t = useTranslations("adminFrame.queue");
  return (
    <Card className="flex items-center gap-3">
      <span className="grid size-10 shrink-0 place-items-center rounded-control bg-primary-soft text-success"><Icon name="check" size={20} /></span>
      <span><span className="block text-dense font-medium">{t("allDone")}</span><span className="block text-meta text-muted">{t("allDoneHint")}</span></span>
    </Card>
  );
}
