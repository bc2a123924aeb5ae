import clsx from "clsx";
import { useMessages, useTranslations } from "next-intl";
import type { Route } from "next";
import Link from "next/link";
import type { ReactNode } from "react";
import { LocaleSwitch } from "../locale-switch";
import { ThemeSwitch } from "../theme-switch";
import { Button } from "../ui/button";
import { Icon } from "../ui/icon";
import { Toaster } from "../ui/toast";
import type { PaletteWords } from "../admin/palette-words";
import type { Permission } from "@/lib/accounts/permission";
import type { Theme } from "@/lib/i18n";
import { IdleWatch, type SessionEnds } from "../admin/idle-watch";
import { PaletteLaunch } from "../admin/palette-launch";
import { allowedGroups, allowedJumps, type AdminPageKey } from "./admin-pages";
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
  /** The shop's own picture, by its public id. */
  logo: string | null;
  staffId: number;
  staffName: string;
  /** Pages that the role does not include have no link. */
  permissions: ReadonlySet<Permission>;
  session: SessionEnds;
  /** What waits, by page: shown beside the link. */
  waiting?: Waiting;
  children: ReactNode;
};

type Waiting = Partial<Record<AdminPageKey, number>>;

/** The merchant's frame: a sidebar from 1024 px on, a menu above it. */
export function AdminShell({ actions, theme, demo, brand, logo, staffId, staffName, permissions, session, waiting = {}, children }: AdminShellProps) {
  const t = useTranslations("nav");
  return (
    <div className="min-h-dvh text-dense lg:grid lg:grid-cols-[232px_1fr]">
      <SkipLink />
      <aside className="sticky top-0 hidden h-dvh overflow-y-auto border-e border-border bg-sunken px-2.5 py-3 lg:block">
        <Link href="/admin" className="flex min-h-10 items-center px-2"><Brand size={22} name={brand} logo={logo} /></Link>
        <AdminNav permissions={permissions} waiting={waiting} />
      </aside>
      <div className="min-w-0">
        <header className="sticky top-0 z-20 flex h-13 items-center gap-2 border-b border-border bg-bg px-4 lg:px-6">
          <details className="group relative lg:hidden">
            <summary aria-label={t("menu")} className="-ms-2 grid size-10 list-none place-items-center rounded-control hover:bg-sunken"><Icon name="menu" size={24} /></summary>
            <div className="absolute start-0 top-11 max-h-[calc(100dvh-4rem)] w-60 overflow-y-auto rounded-card border border-border bg-card p-2 shadow-popover">
              <AdminNav permissions={permissions} waiting={waiting} />
              <ToShop className="mt-2 h-9 w-full border-t border-border px-2 sm:hidden" />
            </div>
          </details>
          <PaletteLaunch staffId={staffId} words={usePaletteWords()} jumps={allowedJumps(permissions).map(({ page, ...jump }) => ({ ...jump, page: t(`adminPages.${page}`) }))} icon={<Icon name="search" size={16} />} />
          <div className="ms-auto flex items-center gap-2">
            <DemoBadge shown={demo} />
            <ToShop className="min-h-9 rounded-control px-2 hover:bg-primary-soft max-sm:hidden" />
            <span className="hidden text-caption text-muted xl:inline">{staffName}</span>
            <LocaleSwitch action={actions.chooseLocale} />
            <div className="hidden md:block"><ThemeSwitch action={actions.chooseTheme} theme={theme} /></div>
            <form action={actions.signOut} data-signs-out=""><Button type="submit" size="dense">{t("signOut")}</Button></form>
          </div>
        </header>
        <main id="main" tabIndex={-1} className="mx-auto w-full max-w-[1440px] px-4 pt-5 pb-24 lg:px-6">{children}</main>
      </div>
      <IdleWatch session={session} words={useMessages().adminFrame.idle} />
      <Toaster />
    </div>
  );
}

function ToShop({ className }: { className: string }) {
  const t = useTranslations("nav");
  return <Link href="/" className={clsx("inline-flex items-center gap-1 text-caption font-medium text-primary", className)}><Icon name="bag" size={16} />{t("toShop")}</Link>;
}

/** What the browser needs of the palette's sentences, placeholders left for it to fill. */
function usePaletteWords(): PaletteWords {
  return useMessages().adminFrame.palette;
}

function AdminNav({ permissions, waiting }: { permissions: ReadonlySet<Permission>; waiting: Waiting }) {
  const t = useTranslations("nav");
  return (
    <nav aria-label={t("admin")}>
      {allowedGroups(permissions).map((group) => (
        <div key={group.key}>
          <p className="px-2 pt-3.5 pb-1.5 text-meta font-medium text-muted">{t(`adminGroups.${group.key}`)}</p>
          <ul>
            {group.pages.map((page) => {
              const count = waiting[page.key];
              return (
                <li key={page.href}>
                  <NavLink href={page.href as Route} whole={page.href !== "/admin"} className="flex h-9 items-center justify-between rounded-control px-2 hover:bg-card/60 aria-[current]:bg-card aria-[current]:font-semibold aria-[current]:shadow-card">
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
