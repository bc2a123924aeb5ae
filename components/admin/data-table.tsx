import clsx from "clsx";
import type { Route } from "next";
import Link from "next/link";
import type { ReactNode } from "react";
import type { ListFace } from "./list-face";

export type Column<Row> = {
  key: string;
  label: string;
  cell: (row: Row) => ReactNode;
  /** Figures stand at the end of their cell. */
  end?: boolean;
  /** On a phone a row is a card: its title, the corner beside it, a line of its own, or a labelled pair. */
  phone: "title" | "corner" | "line" | "pair";
  /** Which way the rows are sorted by this column, where no list says it. */
  sorted?: "ascending" | "descending";
};

type DataTableProps<Row> = {
  caption: string;
  columns: readonly Column<Row>[];
  rows: readonly Row[];
  keyOf: (row: Row) => string | number;
  /** The list whose rows these are: it chooses the columns and sorts. */
  list?: ListFace;
  /** The name of a row, for the box that chooses it. */
  nameOf?: (row: Row) => string;
};

const places = {
  title: "max-sm:order-1 max-sm:min-w-0 max-sm:grow max-sm:basis-1/2",
  corner: "max-sm:order-2 max-sm:ms-auto",
  line: "max-sm:order-3 max-sm:w-full",
  pair: "max-sm:order-4 max-sm:flex max-sm:items-baseline max-sm:gap-1.5",
} as const;

/**
 * A table that stands as cards under 640 px. The roles are written out because browsers drop them
 * from a table whose parts are laid out as anything else.
 */
export function DataTable<Row>({ caption, columns, rows, keyOf, list, nameOf }: DataTableProps<Row>) {
  const shown = list ? columns.filter(({ key }) => list.columns.includes(key)) : columns;
  const select = list?.select ?? null;
  return (
    <table role="table" className="w-full text-dense max-sm:block">
      <caption className="sr-only">{caption}</caption>
      <thead role="rowgroup" className={clsx("max-sm:block", !select && "max-sm:sr-only")}>
        <tr role="row" className="max-sm:block">
          {select && <SelectAll label={select.all} />}
          {shown.map((column) => (
            <th
              key={column.key} role="columnheader" scope="col" aria-sort={sortOf(column, list)}
              className={clsx("border-t border-border px-3 py-2.5 text-caption font-medium whitespace-nowrap text-muted first:ps-4 last:pe-4 max-sm:sr-only", column.end ? "text-end" : "text-start")}
            >
              <Heading column={column} list={list} />
            </th>
          ))}
        </tr>
      </thead>
      <tbody role="rowgroup" className="max-sm:block">
        {rows.map((row) => (
          <tr
            key={keyOf(row)} role="row"
            className={clsx(
              "relative border-t border-border hover:bg-bg has-[a:focus-visible]:bg-bg has-[[data-row]:checked]:bg-primary-soft/50",
              "max-sm:flex max-sm:flex-wrap max-sm:items-start max-sm:gap-x-4 max-sm:gap-y-1.5 max-sm:px-4 max-sm:py-3.5",
            )}
          >
            {select && <SelectRow value={keyOf(row)} label={`${select.row} ${nameOf?.(row) ?? keyOf(row)}`} />}
            {shown.map((column) => (
              <td key={column.key} role="cell" className={clsx("px-3 py-2.5 align-middle first:ps-4 last:pe-4 max-sm:p-0!", column.end && "tabular-nums sm:text-end", places[column.phone])}>
                {column.phone === "pair" && <span aria-hidden="true" className="text-caption text-muted sm:hidden">{column.label}</span>}
                {column.cell(row)}
              </td>
            ))}
          </tr>
        ))}
      </tbody>
    </table>
  );
}

function sortOf<Row>({ key, sorted }: Column<Row>, list: ListFace | undefined): "ascending" | "descending" | "none" | undefined {
  if (!list) return sorted;
  if (list.sorted?.by === key) return list.sorted.down ? "descending" : "ascending";
  return key in list.sortHrefs ? "none" : undefined;
}

function Heading<Row>({ column, list }: { column: Column<Row>; list: ListFace | undefined }) {
  const href = list?.sortHrefs[column.key];
  if (!href) return column.label;
  const isSorted = list?.sorted?.by === column.key;
  return (
    <Link href={href} scroll={false} prefetch={false} className={clsx("-my-1 inline-flex min-h-6 items-center gap-1 rounded-control hover:text-fg", column.end && "flex-row-reverse", isSorted && "text-fg")}>
      {column.label}
      <svg width="12" height="12" viewBox="0 0 24 24" fill="none" stroke="currentColor" strokeWidth="2.5" aria-hidden="true" className={clsx("shrink-0", !isSorted && "opacity-0", list?.sorted?.down === false && "rotate-180")}>
        <path d="M12 4v15M6 13l6 6 6-6" />
      </svg>
    </Link>
  );
}

/** The boxes are the browser's own: what is chosen is counted by `SelectionBar`. */
const box = "size-6 shrink-0 cursor-pointer accent-primary";

function SelectAll({ label }: { label: string }) {
  return (
    <th role="columnheader" scope="col" className="w-px border-t border-border ps-2.5 text-start max-sm:block max-sm:w-auto max-sm:px-2.5 max-sm:py-1">
      <label className="relative z-10 flex min-h-8 min-w-8 cursor-pointer items-center justify-start gap-2 px-1 text-caption font-medium text-muted">
        <input type="checkbox" data-all="" aria-label={label} className={box} />
        <span aria-hidden="true" className="sm:hidden">{label}</span>
      </label>
    </th>
  );
}

function SelectRow({ value, label }: { value: string | number; label: string }) {
  return (
    <td role="cell" className="w-px ps-2.5 align-middle max-sm:-ms-2 max-sm:-me-2 max-sm:w-auto max-sm:p-0!">
      <label className="relative z-10 grid min-h-8 min-w-8 cursor-pointer place-items-center max-sm:min-h-6">
        <input type="checkbox" data-row="" value={value} aria-label={label} className={box} />
      </label>
    </td>
  );
}

type RowLinkProps = { href: Route; className?: string; children: ReactNode };

/** The link of a row: the whole row is its target. */
export function RowLink({ href, className, children }: RowLinkProps) {
  return <Link href={href} prefetch={false} className={clsx("min-h-6 min-w-6 font-semibold after:absolute after:inset-0 hover:underline", className ?? "inline-block")}>{children}</Link>;
}
