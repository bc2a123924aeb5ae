import clsx from "clsx";
import type { Route } from "next";
import Link from "next/link";
import type { ReactNode } from "react";

export type Column<Row> = {
  key: string;
  label: string;
  cell: (row: Row) => ReactNode;
  /** Figures stand at the end of their cell. */
  end?: boolean;
  /** On a phone a row is a card: its title, the corner beside it, a line of its own, or a labelled pair. */
  phone: "title" | "corner" | "line" | "pair";
  /** Which way the rows are sorted by this column. */
  sorted?: "ascending" | "descending";
};

type DataTableProps<Row> = { caption: string; columns: readonly Column<Row>[]; rows: readonly Row[]; keyOf: (row: Row) => string | number };

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
export function DataTable<Row>({ caption, columns, rows, keyOf }: DataTableProps<Row>) {
  return (
    <table role="table" className="w-full text-dense max-sm:block">
      <caption className="sr-only">{caption}</caption>
      <thead role="rowgroup" className="max-sm:sr-only">
        <tr role="row">
          {columns.map((column) => (
            <th
              key={column.key} role="columnheader" scope="col" aria-sort={column.sorted}
              className={clsx("border-t border-border px-3 py-2.5 text-caption font-medium whitespace-nowrap text-muted first:ps-4 last:pe-4", column.end ? "text-end" : "text-start")}
            >
              {column.label}
            </th>
          ))}
        </tr>
      </thead>
      <tbody role="rowgroup" className="max-sm:block">
        {rows.map((row) => (
          <tr
            key={keyOf(row)} role="row"
            className="relative border-t border-border hover:bg-bg has-[a:focus-visible]:bg-bg max-sm:flex max-sm:flex-wrap max-sm:items-start max-sm:gap-x-4 max-sm:gap-y-1.5 max-sm:px-4 max-sm:py-3.5"
          >
            {columns.map((column) => (
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

type RowLinkProps = { href: Route; className?: string; children: ReactNode };

/** The link of a row: the whole row is its target. */
export function RowLink({ href, className, children }: RowLinkProps) {
  return <Link href={href} prefetch={false} className={clsx("min-h-6 min-w-6 font-semibold after:absolute after:inset-0 hover:underline", className ?? "inline-block")}>{children}</Link>;
}
