import { getTranslations } from "next-intl/server";
import { NavLink } from "@/components/shell/nav-link";
import { Icon } from "@/components/ui/icon";
import { db } from "@/db/client";
import type { Shopper } from "@/lib/auth";
import { countUnread, UNREAD_MAX } from "@/lib/notifications/queries";

const look = "relative grid size-11 place-items-center rounded-control text-muted hover:bg-sunken hover:text-fg aria-[current]:text-primary lg:size-10";

/** The way to what a person was told, with how much of it is unread, in figures and in words. */
export async function Bell({ shopper }: { shopper: Shopper }) {
  const [unread, t] = await Promise.all([countUnread(db(), shopper.id), getTranslations("notifications")]);
  return (
    <NavLink href="/notifications" whole className={look}>
      <Icon name="bell" size={24} />
      {unread > 0 && (
        <span aria-hidden="true" className="absolute start-1/2 top-1 min-w-4.5 rounded-full bg-streak px-1 text-center text-tab leading-4.5 font-semibold text-card tabular-nums">{unread >= UNREAD_MAX ? `${UNREAD_MAX - 1}+` : unread}</span>
      )}
      <span className="sr-only">{t("bell", { unread })}</span>
    </NavLink>
  );
}

/** The bell while it is counted. */
export async function QuietBell() {
  const t = await getTranslations("notifications");
  return <NavLink href="/notifications" whole className={look}><Icon name="bell" size={24} /><span className="sr-only">{t("title")}</span></NavLink>;
}
