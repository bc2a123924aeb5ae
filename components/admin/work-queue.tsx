import clsx from "clsx";
import { useLocale } from "next-intl";
import type { Route } from "next";
import Link from "next/link";
import { Icon, type IconName } from "../ui/icon";
import { formatPoints, type Locale } from "@/lib/i18n";

export type WorkItem = { key: string; icon: IconName; label: string; hint: string; count: number; href: Route; /** The shop is the one that has to act. */ isUrgent: boolean };

/** What waits, each a link to the list where it is done. */
export function WorkQueue({ items }: { items: readonly WorkItem[] }) {
  const locale = useLocale() as Locale;
  return (
    <ul className="grid gap-3 sm:grid-cols-2 xl:grid-cols-4">
      {items.map((item) => (
        <li key={item.key}>
          <Link href={item.href} className="pressable flex h-full items-center gap-3 rounded-card border border-border bg-card p-4 shadow-card hover:border-input">
            <span className={clsx("grid size-10 shrink-0 place-items-center rounded-control", item.count > 0 && item.isUrgent ? "bg-warning-soft text-warning" : "bg-sunken text-muted")}>
              <Icon name={item.icon} size={20} />
            </span>
            <span className="min-w-0 grow">
              <span className="block text-dense font-medium">{item.label}</span>
              <span className="block text-meta text-muted">{item.hint}</span>
            </span>
            <span className={clsx("text-title font-semibold tabular-nums", item.count === 0 && "text-muted")}>{formatPoints(locale, item.count)}</span>
            <Icon name="chevron-right" size={16} className="text-muted" />
          </Link>
        </li>
      ))}
    </ul>
  );
}
