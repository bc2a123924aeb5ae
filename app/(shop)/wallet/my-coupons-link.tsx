import type { Route } from "next";
import { getTranslations } from "next-intl/server";
import Link from "next/link";
import type { Reading } from "../reading";
import { Icon } from "@/components/ui/icon";
import { countUsable } from "@/lib/coupons/queries";
import type { UserId } from "@/lib/ctx";

/** The way to one's coupons, with how many can be used now. */
export async function MyCouponsLink({ userId, reading: { db, now } }: { userId: UserId; reading: Reading }) {
  const [count, t] = await Promise.all([countUsable(db, userId, now), getTranslations("coupons.wallet")]);
  return (
    <Link href={"/coupons" as Route} className="mt-4 flex min-h-14 items-center gap-3 rounded-hero border border-border bg-card px-4 hover:bg-sunken md:px-5">
      <Icon name="ticket" size={20} className="text-primary" />
      <span className="min-w-0 grow text-body font-medium">{t("title")}</span>
      <span className="text-caption text-muted tabular-nums">{t("count", { count })}</span>
      <Icon name="chevron-right" size={16} className="text-muted" />
    </Link>
  );
}
