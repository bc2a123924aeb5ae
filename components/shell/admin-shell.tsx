import { useTranslations } from "next-intl";
import Link from "next/link";
import type { ReactNode } from "react";
import { LocaleSwitch } from "../locale-switch";
import { ThemeSwitch } from "../theme-switch";
import { Button } from "../ui/button";
import { Icon } from "../ui/icon";
import { Toaster } from "../ui/toast";
import type { Theme } from "@/lib/i18n";
import { Brand } from "./brand";
import { DemoBadge } from "./demo-badge";
import { NavLink } from "./nav-link";
import { SkipLink } from "./skip-link";
import type { ShellActions } from "./shop-shell";

type AdminShellProps = {
  actions: ShellActions & { signOut: () => Promise<void> };
  theme: Theme | null;
  demo: boolean;
  /** What the merchant calls the shop. */
  brand: string;
  staffName: string;
  /** What waits, by page: shown beside the link. */
  waiting?: Partial<Record<"orders", number>>;
  children: ReactNode;
};

const groups = [
  { key: "business", pages: [{ href: "/admin", key: "overview" }, { href: "/admin/orders", key: "orders" }, { href: "/admin/products", key: "products" }, { href: "/admin/categories", key: "categories" }, { href: "/admin/verify", key: "verify" }, { href: "/admin/pickup-points", key: "pickupPoints" }, { href: "/admin/flash", key: "flash" }] },
  { key: "programme", pages: [{ href: "/admin/rules", key: "rules" }, { href: "/admin/tasks", key: "tasks" }, { href: "/admin/coupons", key: "coupons" }, { href: "/admin/draws", key: "draws" }, { href: "/admin/levels", key: "levels" }] },
  { key: "people", pages: [{ href: "/admin/users", key: "users" }, { href: "/admin/segments", key: "segments" }, { href: "/admin/reviews", key: "reviews" }] },
  { key: "running", pages: [{ href: "/admin/books", key: "books" }, { href: "/admin/settings", key: "settings" }] },
] as const;

/** The merchant's frame: a sidebar from 1024 px on, a menu above it. */
export function AdminShell({ actions, theme, demo, brand, staffName, waiting = {}, children }: AdminShellProps) {
  const t = useTranslations("nav");
  return (
    <div className="min-h-dvh text-dense lg:grid lg:grid-cols-[232px_1fr]">
      <SkipLink />
      <aside className="sticky top-0 hidden h-dvh overflow-y-auto border-e border-border bg-sunken px-2.5 py-3 lg:block">
        <Link href="/admin" className="flex min-h-10 items-center px-2"><Brand size={22} name={brand} /></Link>
        <AdminNav waiting={waiting} />
      </aside>
      <div className="min-w-0">
        <header className="sticky top-0 z-20 flex h-13 items-center gap-2 border-b border-border bg-bg px-4 lg:px-6">
          <details className="group relative lg:hidden">
            <summary aria-label={t("menu")} className="-ms-2 grid size-10 list-none place-items-center rounded-control hover:bg-sunken"><Icon name="menu" size={24} /></summary>
            <div className="absolute start-0 top-11 w-60 rounded-card border border-border bg-card p-2 shadow-popover"><AdminNav waiting={waiting} /></div>
          </details>
          <Link href="/" className="inline-flex min-h-9 min-w-9 items-center justify-center gap-1 rounded-control px-2 text-caption font-medium text-primary hover:bg-primary-soft">
            <Icon name="bag" size={16} />
            <span className="max-sm:sr-only">{t("toShop")}</span>
          </Link>
          <div className="ms-auto flex items-center gap-2">
            <DemoBadge shown={demo} />
            <span className="hidden text-caption text-muted md:inline">{staffName}</span>
            <LocaleSwitch action={actions.chooseLocale} />
            <div className="hidden md:block"><ThemeSwitch action={actions.chooseTheme} theme={theme} /></div>
            <form action={actions.signOut}><Button type="submit" size="dense">{t("signOut")}</Button></form>
          </div>
        </header>
        <main id="main" tabIndex={-1} className="mx-auto w-full max-w-[1440px] px-4 pt-5 pb-24 lg:px-6">{children}</main>
      </div>
      <Toaster />
    </div>
  );
}

function AdminNav({ waiting }: { waiting: NonNullable<AdminShellProps["waiting"]> }) {
  const t = useTranslations("nav");
  return (
    <nav aria-label={t("admin")}>
      {groups.map((group) => (
        <div key={group.key}>
          <p className="px-2 pt-3.5 pb-1.5 text-meta font-medium text-muted">{t(`adminGroups.${group.key}`)}</p>
          <ul>
            {group.pages.map((page) => {
              const count = page.key === "orders" ? waiting.orders : undefined;
              return (
                <li key={page.href}>
                  <NavLink href={page.href} whole={page.href !== "/admin"} className="flex h-9 items-center justify-between rounded-control px-2 hover:bg-card/60 aria-[current]:bg-card aria-[current]:font-semibold aria-[current]:shadow-card">
                    {t(`adminPages.${page.key}`)}
                    {count ? <span className="rounded-full bg-streak-soft px-2 text-meta leading-5 font-semibold text-streak tabular-nums">{count}<span className="sr-only">{t("waiting")}</span></span> : null}
                  </NavLink>
                </li>
              );
            })}
          </ul>
        </div>
      ))}
    </nav>
  );
}
