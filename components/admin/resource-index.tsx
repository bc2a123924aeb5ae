import { useTranslations } from "next-intl";
import Link from "next/link";
import type { Route } from "next";
import type { ReactNode } from "react";
import { buttonClass } from "../ui/button";
import { ButtonLink } from "../ui/button-link";
import { Card } from "../ui/card";
import { Icon } from "../ui/icon";
import { NavTabs, type NavTab } from "../ui/nav-tabs";
import { SearchForm, type SearchFormProps } from "./search-form";

export type Chip = { key: string; label: string; href: Route };

type ResourceIndexProps = {
  label: string;
  /** Views that come with the list, and those that were saved. */
  views?: { label: string; tabs: readonly NavTab[]; /** Beside the tabs: what saves a view. */ end?: ReactNode };
  search?: SearchFormProps | null;
  /** Filters in force; each is a link to the list without it. */
  chips?: readonly Chip[];
  clear?: Route;
  /** Filters to choose from, beside those in force. */
  filters?: ReactNode;
  /** At the end of the line: columns, the file. */
  tools?: ReactNode;
  children: ReactNode;
  pager?: ReactNode;
};

/** Every list of the back office: views, search and filters above, rows below, the way to more rows at the end. */
export function ResourceIndex({ label, views, search, chips = [], clear, filters, tools, children, pager }: ResourceIndexProps) {
  return (
    <Card as="section" padded={false} aria-label={label} className="has-[[data-row]:checked]:mb-20">
      {views && (
        <div className="relative flex items-end border-b border-border pe-3">
          <NavTabs label={views.label} tabs={views.tabs} look="underline" className="-mb-px min-w-0 border-b-0!" />
          {views.end}
        </div>
      )}
      {(search || filters || tools || chips.length > 0) && (
        <div className="relative flex flex-wrap items-center gap-2 p-3">
          {search && <SearchForm {...search} />}
          <Chips chips={chips} clear={clear} />
          {filters}
          {tools && <span className="ms-auto flex flex-wrap items-center gap-1">{tools}</span>}
        </div>
      )}
      {/* Popovers hang out of the card, rows do not. */}
      <div className="overflow-hidden rounded-b-card">
        {children}
        {pager}
      </div>
    </Card>
  );
}

function Chips({ chips, clear }: { chips: readonly Chip[]; clear: Route | undefined }) {
  const t = useTranslations("admin.list");
  return (
    <>
      {chips.map((chip) => (
        <Link
          key={chip.key} href={chip.href} scroll={false} aria-label={t("removeFilter", { filter: chip.label })}
          className="pressable inline-flex h-8 max-w-full items-center gap-1.5 rounded-control border border-primary bg-primary-soft px-2.5 text-caption font-medium text-primary"
        >
          <span className="truncate">{chip.label}</span>
          <Icon name="x" size={16} />
        </Link>
      ))}
      {clear && chips.length > 1 && <ButtonLink href={clear} scroll={false} look="quiet" size="filter">{t("clearFilters")}</ButtonLink>}
    </>
  );
}

type PagerProps = { summary: string; previous: Route | null; next: Route | null };

export function Pager({ summary, previous, next }: PagerProps) {
  const t = useTranslations("admin.list");
  return (
    <nav aria-label={t("pages")} className="flex flex-wrap items-center justify-between gap-x-4 gap-y-2 border-t border-border px-4 py-2.5">
      <span className="text-caption text-muted tabular-nums">{summary}</span>
      {(previous ?? next) !== null && (
        <span className="flex gap-2">
          <PageLink href={previous} label={t("previous")} />
          <PageLink href={next} label={t("next")} />
        </span>
      )}
    </nav>
  );
}

function PageLink({ href, label }: { href: Route | null; label: string }) {
  if (href) return <ButtonLink href={href} size="dense">{label}</ButtonLink>;
  return <span aria-disabled="true" role="link" className={buttonClass({ size: "dense" }, "cursor-not-allowed border-border! bg-sunken! text-muted!")}>{label}</span>;
}
