import { useTranslations } from "next-intl";
import Link from "next/link";
import type { ReactNode } from "react";
import { LocaleSwitch } from "../locale-switch";
import { ThemeSwitch } from "../theme-switch";
import { Icon, type IconName } from "../ui/icon";
import type { Theme } from "@/lib/i18n";
import { Brand } from "./brand";
import { DemoBadge } from "./demo-badge";
import { NavLink } from "./nav-link";
import { SkipLink } from "./skip-link";

export type ShellActions = { chooseLocale: (form: FormData) => Promise<void>; chooseTheme: (form: FormData) => Promise<void> };
type ShopShellProps = { actions: ShellActions; theme: Theme | null; demo: boolean; /** What the merchant calls the shop. */ brand: string; logo: string | null; signedIn: boolean; /** The cart and the bell; only for who is signed in. */ waiting?: ReactNode; children: ReactNode };

const destinations = [
  { href: "/", key: "home", icon: "home" },
  { href: "/shop", key: "shop", icon: "bag" },
  { href: "/check-in", key: "earn", icon: "calendar-check" },
  { href: "/wallet", key: "wallet", icon: "wallet" },
  { href: "/profile", key: "profile", icon: "user" },
] as const satisfies readonly { href: string; key: string; icon: IconName }[];

/** The shopper's frame: a tab bar under the thumb on a phone, a header from 1024 px on. */
export function ShopShell({ actions, theme, demo, brand, logo, signedIn, waiting, children }: ShopShellProps) {
  return (
    <>
      <SkipLink />
      <TopHeader actions={actions} theme={theme} demo={demo} brand={brand} logo={logo} signedIn={signedIn} waiting={waiting} />
      <main id="main" tabIndex={-1} className="page-gutters mx-auto max-w-[1264px] pt-2 pb-28 lg:pt-8 lg:pb-16">{children}</main>
      <TabBar />
    </>
  );
}

function TopHeader({ actions, theme, demo, brand, logo, signedIn, waiting }: Omit<ShopShellProps, "children">) {
  const t = useTranslations("nav");
  return (
    <header className="bg-bg lg:sticky lg:top-0 lg:z-20 lg:border-b lg:border-border">
      <div className="page-gutters mx-auto flex h-14 max-w-[1264px] items-center gap-2 sm:gap-3 lg:h-16">
        <Link href="/" aria-label={t("toHome", { name: brand })} className="flex min-h-11 items-center"><Brand name={brand} logo={logo} /></Link>
        <DemoBadge shown={demo} />
        <nav aria-label={t("main")} className="ms-4 hidden lg:block">
          <ul className="flex gap-1">
            {destinations.map(({ href, key }) => (
              <li key={href}>
                <NavLink href={href} whole={href !== "/"} className="inline-flex h-10 items-center rounded-control px-3.5 text-body text-muted hover:bg-sunken hover:text-fg aria-[current]:font-semibold aria-[current]:text-primary">
                  {t(key)}
                </NavLink>
              </li>
            ))}
          </ul>
        </nav>
        <div className="ms-auto flex items-center sm:gap-2">
          {signedIn ? (
            <NavLink href="/orders" whole className="hidden h-10 items-center gap-1.5 rounded-control px-3 text-dense hover:bg-sunken aria-[current]:font-semibold aria-[current]:text-primary lg:inline-flex">
              <Icon name="receipt" />
              {t("orders")}
            </NavLink>
          ) : (
            <Link href="/sign-in" className="hidden h-10 items-center rounded-control px-3 text-dense font-semibold text-primary hover:bg-primary-soft lg:inline-flex">{t("signIn")}</Link>
          )}
          {waiting}
          <LocaleSwitch action={actions.chooseLocale} />
          <div className="hidden lg:block"><ThemeSwitch action={actions.chooseTheme} theme={theme} /></div>
        </div>
      </div>
    </header>
  );
}

function TabBar() {
  const t = useTranslations("nav");
  return (
    <nav aria-label={t("main")} className="fixed inset-x-0 bottom-0 z-20 border-t border-border bg-card/95 pb-[env(safe-area-inset-bottom)] backdrop-blur-md lg:hidden">
      <ul className="mx-auto grid max-w-xl grid-cols-5">
        {destinations.map(({ href, key, icon }) => (
          <li key={href}>
            <NavLink href={href} whole={href !== "/"} className="grid h-14 place-content-center justify-items-center gap-0.5 text-tab text-muted aria-[current]:font-semibold aria-[current]:text-primary">
              <Icon name={icon} size={24} />
              {t(key)}
            </NavLink>
          </li>
        ))}
      </ul>
    </nav>
  );
}
