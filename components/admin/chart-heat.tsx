import clsx from "clsx";
import { heatStep } from "./chart-scale";

export type HeatRow = { key: string; label: string; note: string; /** Shares from 0 to 1; null is not known yet. */ cells: readonly (number | null)[] };
type HeatTableProps = { caption: string; first: string; columns: readonly string[]; rows: readonly HeatRow[]; percent: (share: number) => string; /** Said of a cell that is hatched. */ unknown: string };

/** Shares as a table whose cells are the warmer the higher they are: the figure stands in each of them. */
export function HeatTable({ caption, first, columns, rows, percent, unknown }: HeatTableProps) {
  return (
    <div role="group" aria-label={caption} tabIndex={0} className="relative overflow-x-auto">
      <table className="w-full min-w-160 border-separate border-spacing-0.5 text-caption tabular-nums">
        <caption className="sr-only">{caption}</caption>
        <thead>
          <tr>
            <th scope="col" className="py-2 pe-2 text-start font-medium text-muted">{first}</th>
            {columns.map((column) => <th key={column} scope="col" className="px-1 py-2 text-center font-medium whitespace-nowrap text-muted">{column}</th>)}
          </tr>
        </thead>
        <tbody>
          {rows.map(({ key, label, note, cells }) => (
            <tr key={key}>
              <th scope="row" className="sticky start-0 bg-card pe-2 text-start font-medium whitespace-nowrap">{label} <span className="font-normal text-muted">{note}</span></th>
              {cells.map((share, index) => (
                <td key={index} className={clsx("h-9 rounded-chip text-center", share === null ? "heat-none" : `heat heat-${heatStep(share)}`)}>
                  {share === null ? <span className="sr-only">{unknown}</span> : percent(share)}
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}
