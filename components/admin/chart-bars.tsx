import clsx from "clsx";
import type { ReactNode } from "react";
import { barShare } from "./chart-scale";

export type Bar = { key: string; label: string; value: number; /** The value as people read it. */ text: string; note?: string; action?: ReactNode };
type BarTableProps = { caption: string; /** Of the row's name, its value and its note. */ heads: { label: string; value: string; note?: string; action?: string }; bars: readonly Bar[]; colour?: 1 | 2 | 3 | 4 };

const fills = { 1: "fill-chart-1", 2: "fill-chart-2", 3: "fill-chart-3", 4: "fill-chart-4" } as const;

/** A table whose rows carry a bar: the picture and its figures are one. The roles are written out because the rows are laid out as grids. */
export function BarTable({ caption, heads, bars, colour = 1 }: BarTableProps) {
  const max = Math.max(...bars.map(({ value }) => value), 0);
  return (
    <table role="table" className="block w-full text-dense">
      <caption className="sr-only">{caption}</caption>
      <thead role="rowgroup" className="sr-only">
        <tr role="row">
          <th role="columnheader" scope="col">{heads.label}</th>
          <th role="columnheader" scope="col">{heads.value}</th>
          {heads.note && <th role="columnheader" scope="col">{heads.note}</th>}
          {heads.action && <th role="columnheader" scope="col">{heads.action}</th>}
        </tr>
      </thead>
      <tbody role="rowgroup" className="grid gap-3.5">
        {bars.map(({ key, label, value, text, note, action }) => (
          <tr key={key} role="row" className="flex flex-wrap items-center gap-x-2">
            <th role="rowheader" scope="row" className="min-w-0 grow text-start font-normal">{label}</th>
            <td role="cell" className="font-semibold tabular-nums">{text}</td>
            {heads.note && <td role="cell" className="text-caption text-muted tabular-nums">{note}</td>}
            {heads.action && <td role="cell" className="ms-auto">{action}</td>}
            <td aria-hidden="true" className="order-last mt-1 w-full">
              <svg viewBox="0 0 100 8" preserveAspectRatio="none" className="block h-2 w-full rounded-full bg-sunken"><rect width={barShare(value, max)} height="8" className={clsx(fills[colour])} /></svg>
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}
