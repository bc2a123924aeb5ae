import "server-only";

import { useLocale, useTranslations } from "next-intl";
import { getTranslations } from "next-intl/server";
import type { Route } from "next";
import type { ReactNode } from "react";
import type { Reading, SearchParams } from "../(shop)/reading";
import { runBulkForm } from "./bulk/actions";
import { ViewTools } from "./view-tools";
import { ListColumns, type ColumnWords } from "@/components/admin/list-columns";
import { NoResults } from "@/components/admin/list-empty";
import { faceOf, type ListFace } from "@/components/admin/list-face";
import { ListFilters, useChips, type FilterField } from "@/components/admin/list-filters";
import { Pager, ResourceIndex } from "@/components/admin/resource-index";
import { SelectionBar, type BulkChoice, type SelectionWords } from "@/components/admin/selection-bar";
import type { NavTab } from "@/components/ui/nav-tabs";
import type { Staff } from "@/lib/auth";
import { BULK_AT_ONCE } from "@/lib/bulk/operation";
import { formatPoints } from "@/lib/i18n";
import { isFiltered, LIST_PAGE, listAddress, listParams, readList, storedQuery, usualColumns, type AnyShape, type AnyState, type ListState } from "@/lib/list-address";
import { isListKey } from "@/lib/views/list";
import { listViews, type SavedView } from "@/lib/views/queries";

/** A list that somebody looks at: what its address asks for, and the views that they have of it. */
export type OpenList<Shape extends AnyShape = AnyShape> = { shape: Shape; state: ListState<Shape>; face: ListFace; saved: readonly SavedView[]; staff: Pick<Staff, "id" | "permissions"> };

/** Begins the page of a list. `selects` gives each row a box to choose it by. */
export async function openList<Shape extends AnyShape>(shape: Shape, searchParams: SearchParams, { db, staff }: Pick<Reading, "db"> & { staff: Pick<Staff, "id" | "permissions"> }, selects = false): Promise<OpenList<Shape>> {
  const [params, saved, t] = await Promise.all([searchParams, isListKey(shape.key) ? listViews(db, shape.key, staff.id) : [], getTranslations("admin.list")]);
  const read = readList(shape, params);
  // A view that is gone, or another's own, is not there.
  const state = (read as AnyState).view !== null && saved.some(({ id }) => id === (read as AnyState).view) ? read : { ...read, view: null };
  return { shape, state, face: faceOf(shape, state as AnyState, selects ? { all: t("selectAll"), row: t("selectRow") } : null), saved, staff };
}

/** A view that comes with the list. */
export type ListTab = { label: string; count?: number; filters: Readonly<Record<string, string | number>>; /** Leads elsewhere. */ href?: Route };

type ListFrameProps = {
  list: OpenList;
  label: string;
  /** What can be searched for; null where nothing can. */
  search?: string | null;
  tabs?: readonly ListTab[];
  fields?: readonly FilterField[];
  /** Of a list whose columns can be chosen. */
  columnsIn?: ColumnWords;
  /** Where the list is had as a file. */
  exportTo?: string;
  /** What can be done to many rows at once; the rows have boxes then. */
  bulk?: { choices: readonly BulkChoice[]; words: SelectionWords; /** Changes with the rows. */ rowsKey: string } | null;
  shown: number;
  total: number;
  pageSize?: number;
  /** In place of the pager that counts: of a list that is too long to be counted. */
  pager?: ReactNode;
  /** Said when there are no rows and nothing was asked for that could hide them. */
  first: ReactNode;
  /** Whether nothing was asked for that could hide rows, where a list knows better than its filters say. */
  isFirst?: boolean;
  children: ReactNode;
};

/** With more tabs than this what hangs under the button beside them opens towards them. */
const TABS_FEW = 6;

/** The frame of a list, all of it from the list's address. */
export function ListFrame({ list, label, search = null, tabs = [], fields = [], columnsIn, exportTo, bulk = null, shown, total, pageSize = LIST_PAGE, pager, first, isFirst = !isFiltered(list.state as AnyState), children }: ListFrameProps) {
  const t = useTranslations("admin.list");
  const { shape, state } = list as { shape: AnyShape; state: AnyState };
  const ways = { shape, state, fields };
  const bare = { q: "", filters: Object.fromEntries(Object.keys(shape.filters).map((name) => [name, undefined])) };
  const hasViews = isListKey(shape.key);
  const allTabs = useTabs(list, tabs);
  return (
    <ResourceIndex
      label={label}
      views={tabs.length > 0 || hasViews ? { label: t("views"), tabs: allTabs, end: hasViews && <ViewTools list={list} end={allTabs.length > TABS_FEW} /> } : undefined}
      search={search === null ? null : { action: shape.path as Route, label: search, value: state.q, keep: Object.fromEntries(listParams(shape, state, { q: "" })) }}
      chips={useChips(ways)}
      clear={listAddress(shape, state, bare) as Route}
      filters={fields.length > 0 && <ListFilters {...ways} />}
      tools={(columnsIn || exportTo) && (
        <>
          {columnsIn && <ListColumns shape={shape} state={state} namesIn={columnsIn} />}
          {exportTo && shown > 0 && <ExportLink to={exportTo} list={list} />}
        </>
      )}
      pager={pager ?? (shown > 0 && <ListPager list={list} shown={shown} total={total} pageSize={pageSize} />)}
    >
      {shown > 0 && bulk ? (
        <SelectionBar
          choices={bulk.choices} words={bulk.words} key={bulk.rowsKey} shown={shown} total={total} query={listParams(shape, { ...state, view: null }).toString()} action={runBulkForm} atOnce={BULK_AT_ONCE} exportTo={exportTo}
        >
          {children}
        </SelectionBar>
      ) : shown > 0 ? children : !isFirst || state.page > 1 ? <NoResults clear={listAddress(shape, state, { ...bare, view: null }) as Route} /> : first}
    </ResourceIndex>
  );
}

/** A file, so the browser follows it and not the router. */
function ExportLink({ to, list: { shape, state } }: { to: string; list: OpenList }) {
  const t = useTranslations("admin.list");
  const query = listParams(shape, state as AnyState).toString();
  return <a href={query ? `${to}?${query}` : to} download title={t("exportHint")} className="pressable inline-flex h-8 items-center rounded-control px-2.5 text-caption font-medium text-primary hover:bg-primary-soft">{t("export")}</a>;
}

export function ListPager({ list: { shape, state }, shown, total, pageSize }: { list: OpenList; shown: number; total: number; pageSize: number }) {
  const t = useTranslations("admin.list");
  const { page } = state as AnyState;
  const first = (page - 1) * pageSize + 1;
  const last = first + shown - 1;
  const to = (next: number) => listAddress(shape, state as AnyState, { page: next }) as Route;
  return <Pager summary={t("range", { first, last, total: Math.max(total, last) })} previous={page > 1 ? to(page - 1) : null} next={last < total ? to(page + 1) : null} />;
}

/** Tabs that come with the list, then those that were saved. A tab starts afresh: it keeps the columns and nothing else. */
function useTabs({ shape, state, saved }: OpenList, tabs: readonly ListTab[]): NavTab[] {
  const [t, locale] = [useTranslations("admin.list"), useLocale()];
  const { columns, view } = state as AnyState;
  const asked = storedQuery(shape, state as AnyState);
  const all = tabs.length > 0 ? tabs : [{ label: t("all"), filters: {} }];
  const ownFilters = new Set(all.flatMap(({ filters }) => Object.keys(filters)));
  const isIn = ({ filters, href }: ListTab): boolean =>
    href === undefined && view === null && [...ownFilters].every((name) => (state as AnyState).filters[name] === filters[name]);
  const plain: AnyState = { ...readList(shape, {}), columns } as AnyState;
  return [
    ...all.map((tab) => ({ href: tab.href ?? (listAddress(shape, plain, { filters: tab.filters }) as Route), label: tab.label, current: isIn(tab), count: tab.count === undefined ? undefined : formatPoints(locale, tab.count) })),
    ...saved.map((each) => ({ href: savedHref(shape, each), label: each.id === view && !isAsSaved(shape, asked, state as AnyState, each) ? `${each.name} *` : each.name, current: each.id === view })),
  ];
}

export const savedState = (shape: AnyShape, { id, query, columns }: SavedView): AnyState => {
  const params = new URLSearchParams(query);
  if (columns) params.set("cols", columns.join(","));
  return { ...(readList(shape, params) as AnyState), view: id };
};

export const savedHref = (shape: AnyShape, view: SavedView): Route => listAddress(shape, savedState(shape, view)) as Route;

export const isAsSaved = (shape: AnyShape, asked: string, state: AnyState, view: SavedView): boolean => {
  const saved = savedState(shape, view);
  return storedQuery(shape, saved) === asked && saved.columns.join() === (state.columns.length > 0 ? state.columns : usualColumns(shape)).join();
};
