import type { Metadata, Route } from "next";
import { getTranslations } from "next-intl/server";
import Link from "next/link";
import { MyLevelBadge } from "../levels/my-level-badge";
import { FrozenNotice } from "../frozen-notice";
import { startReading, type Reading } from "../reading";
import { leave } from "@/app/account";
import { chooseLocale, chooseTheme } from "@/app/preferences";
import { shellFacts } from "@/app/shell";
import { LocaleSwitch } from "@/components/locale-switch";
import { PageHeader } from "@/components/page-header";
import { ThemeSwitch } from "@/components/theme-switch";
import { ButtonLink } from "@/components/ui/button-link";
import { Panel } from "@/components/ui/card";
import { Icon, type IconName } from "@/components/ui/icon";
import { SubmitButton } from "@/components/ui/submit-button";
import { requireShopper, type Shopper } from "@/lib/auth";
import { formatDayOf } from "@/lib/i18n";
import { countViews, type OrderView } from "@/lib/orders/fulfilment-queries";
import { getBalance } from "@/lib/points/queries";

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations("profile"))("title") };
}

export default async function ProfilePage() {
  const [reading, shopper, t] = await Promise.all([startReading(), requireShopper("/profile"), getTranslations("profile")]);
  return (
    <div className="mx-auto grid max-w-3xl gap-4">
      <PageHeader title={t("title")} />
      <Person shopper={shopper} reading={reading} />
      <FrozenNotice balance={await getBalance(reading.db, shopper.id, reading.now)} reading={reading} />
      <OrderShortcuts shopper={shopper} reading={reading} />
      <Places />
      <Preferences />
      <SignOut />
    </div>
  );
}

async function Person({ shopper, reading }: { shopper: Shopper; reading: Reading }) {
  const { locale, policy } = reading;
  const t = await getTranslations("profile");
  return (
    <Panel className="-mt-4 flex flex-wrap items-center gap-4" aria-label={t("account")}>
      <span aria-hidden="true" className="grid size-14 place-items-center rounded-full bg-primary-soft text-title font-semibold text-primary">{[...shopper.username][0]?.toUpperCase()}</span>
      <div className="min-w-0 grow">
        <p className="flex items-center gap-2 text-section font-semibold"><span className="truncate">{shopper.username}</span><MyLevelBadge reading={reading} userId={shopper.id} /></p>
        <p className="truncate text-dense text-muted">{shopper.email}</p>
        <p className="text-caption text-muted">{t("since", { day: formatDayOf(locale, shopper.createdAt, policy.timeZone) })}</p>
      </div>
      {shopper.role !== "shopper" && <ButtonLink href={"/admin" as Route}><Icon name="chart" />{t("toAdmin")}</ButtonLink>}
    </Panel>
  );
}

const shortcuts = [
  { view: "to_pay", icon: "clock" },
  { view: "to_send", icon: "box" },
  { view: "to_receive", icon: "truck" },
  { view: "to_pick_up", icon: "pin" },
  { view: "completed", icon: "check" },
] as const satisfies readonly { view: OrderView; icon: IconName }[];

async function OrderShortcuts({ shopper, reading }: { shopper: Shopper; reading: Reading }) {
  const [counts, t, tProfile] = await Promise.all([countViews(reading.db, shopper.id), getTranslations("orders"), getTranslations("profile")]);
  return (
    <Panel aria-labelledby="my-orders">
      <div className="mb-2 flex items-center justify-between">
        <h2 id="my-orders" className="text-body font-semibold">{t("title")}</h2>
        <Link href="/orders" className="inline-flex min-h-6 items-center gap-0.5 text-caption font-medium text-primary">{tProfile("allOrders")}<Icon name="chevron-right" size={16} /></Link>
      </div>
      <ul className="grid grid-cols-5">
        {shortcuts.map(({ view, icon }) => (
          <li key={view}>
            <Link href={`/orders?view=${view}`} className="relative grid justify-items-center gap-1 rounded-control py-2 text-caption hover:bg-sunken">
              <Icon name={icon} size={24} className="text-primary" />
              {t(`views.${view}`)}
              {counts[view] > 0 && view !== "completed" && (
                <span className="absolute start-1/2 top-0.5 ms-2 min-w-4.5 rounded-full bg-streak px-1 text-center text-tab leading-4.5 font-semibold text-card tabular-nums">{counts[view]}<span className="sr-only">{tProfile("ordersUnit")}</span></span>
              )}
            </Link>
          </li>
        ))}
      </ul>
    </Panel>
  );
}

const places = [
  { href: "/profile/account", name: "account", icon: "user" },
  { href: "/profile/addresses", name: "addresses", icon: "pin" },
  { href: "/coupons", name: "coupons", icon: "ticket" },
  { href: "/levels", name: "levels", icon: "trophy" },
  { href: "/invite", name: "invite", icon: "users" },
  { href: "/notifications", name: "notifications", icon: "bell" },
  { href: "/check-in", name: "timeZone", icon: "clock" },
  { href: "/profile/security", name: "security", icon: "lock" },
  { href: "/profile/data", name: "data", icon: "shield" },
] as const satisfies readonly { href: string; name: string; icon: IconName }[];

/** What else belongs to a person, each on a page of its own. */
async function Places() {
  const t = await getTranslations("profile");
  return (
    <Panel as="section" padded={false} aria-label={t("more")}>
      <ul className="divide-y divide-border">
        {places.map(({ href, name, icon }) => (
          <li key={href}>
            <Link href={href as Route} className="flex min-h-14 items-center gap-3 px-4 hover:bg-sunken md:px-5">
              <Icon name={icon} size={20} className="text-primary" />
              <span className="min-w-0 grow">
                <span className="block text-body font-medium">{t(`places.${name}.title`)}</span>
                <span className="block text-caption text-muted">{t(`places.${name}.hint`)}</span>
              </span>
              <Icon name="chevron-right" size={16} className="text-muted" />
            </Link>
          </li>
        ))}
      </ul>
    </Panel>
  );
}

async function Preferences() {
  const [t, tProfile, { theme }] = await Promise.all([getTranslations("nav"), getTranslations("profile"), shellFacts()]);
  return (
    <Panel aria-label={tProfile("preferences")} className="grid gap-4">
      <div className="flex flex-wrap items-center justify-between gap-2"><h2 className="text-body font-semibold">{t("language")}</h2><LocaleSwitch action={chooseLocale} look="segments" /></div>
      <div className="flex flex-wrap items-center justify-between gap-2"><h2 className="text-body font-semibold">{t("theme")}</h2><ThemeSwitch action={chooseTheme} theme={theme} look="segments" /></div>
    </Panel>
  );
}

async function SignOut() {
  const [t, tCommon] = await Promise.all([getTranslations("nav"), getTranslations("common")]);
  return <form action={leave}><SubmitButton pendingLabel={tCommon("pending")} wide>{t("signOut")}</SubmitButton></form>;
}
