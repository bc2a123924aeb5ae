import clsx from "clsx";
import type { Route } from "next";
import Link from "next/link";
import { CurrentInView } from "./current-in-view";

export type NavTab = { href: Route; label: string; current: boolean; count?: string };

/** Chips choose what is shown, plain ones how; the underline belongs to the head of a table. */
const looks = {
  chips: { frame: "-mx-1 px-1 py-1", list: "gap-2", tab: chip },
  plain: { frame: "-mx-1 px-1 py-1", list: "gap-1", tab: plain },
  underline: { frame: "border-b border-border px-3", list: "gap-0.5", tab: underlined },
} as const;

type NavTabsProps = { label: string; tabs: readonly NavTab[]; look?: keyof typeof looks; className?: string };

/** Views of one list. They are links, so each has an address and works before any script. */
export function NavTabs({ label, tabs, look = "chips", className }: NavTabsProps) {
  const { frame, list, tab: lookOf } = looks[look];
  return (
    <nav aria-label={label} className={clsx("quiet-scroll", frame, className)}>
      <ul className={clsx("flex w-max", list)}>
        {tabs.map((tab) => (
          <li key={tab.href}>
            <Link href={tab.href} aria-current={tab.current ? "true" : undefined} scroll={false} className={lookOf(tab.current)}>
              {tab.label}
              {tab.count !== undefined && <span className={clsx("ms-1.5 text-meta tabular-nums", !(look === "chips" && tab.current) && "text-muted")}>{tab.count}</span>}
            </Link>
          </li>
        ))}
      </ul>
      <CurrentInView current={tabs.findIndex((tab) => tab.current)} />
    </nav>
  );
}

function chip(current: boolean): string {
  return clsx(
    "pressable inline-flex h-9 items-center rounded-full border px-3.5 text-dense whitespace-nowrap",
    current ? "border-fg bg-fg text-bg" : "border-border bg-card hover:border-input",
  );
}

function plain(current: boolean): string {
  return clsx("inline-flex h-9 items-center rounded-full px-3 text-dense whitespace-nowrap", current ? "bg-sunken font-semibold" : "text-muted hover:text-fg");
}

function underlined(current: boolean): string {
  return clsx(
    "-mb-px inline-flex min-h-11 items-center border-b-2 px-3 text-dense font-medium whitespace-nowrap",
    current ? "border-primary text-fg" : "border-transparent text-muted hover:text-fg",
  );
}
