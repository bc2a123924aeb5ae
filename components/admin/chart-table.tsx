import clsx from "clsx";
import { useTranslations } from "next-intl";

export type TwinColumn = { label: string; /** Figures stand at the end of their cell. */ end?: boolean };
type ChartTableProps = { caption: string; columns: readonly TwinColumn[]; /** The first cell of each names its row. */ rows: readonly (readonly string[])[] };

/** Figures in a frame of their own that scrolls, so that the page never does. It has the focus to be scrolled by keys. */
export function ChartTable({ caption, columns, rows }: ChartTableProps) {
  return (
    <div role="group" aria-label={caption} tabIndex={0} className="relative mt-1 max-h-96 overflow-auto rounded-control border border-border">
      <table className="w-full text-caption tabular-nums">
        <caption className="sr-only">{caption}</caption>
        <thead className="sticky top-0 bg-sunken">
          <tr>{columns.map(({ label, end = true }, index) => <th key={label} scope="col" className={clsx("px-3 py-2 font-medium whitespace-nowrap text-muted", index > 0 && end ? "text-end" : "text-start")}>{label}</th>)}</tr>
        </thead>
        <tbody>
          {rows.map(([name = "", ...cells], row) => (
            <tr key={`${name}-${row}`} className="border-t border-border">
              <th scope="row" className="px-3 py-1.5 text-start font-normal whitespace-nowrap">{name}</th>
              {cells.map((cell, index) => <td key={index} className={clsx("px-3 py-1.5 whitespace-nowrap", columns[index + 1]?.end === false ? "text-start" : "text-end")}>{cell}</td>)}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}

/** The same figures as the picture above it, a press or a key away. */
export function TableTwin(props: ChartTableProps) {
  const t = useTranslations("admin.overview");
  return (
    <details className="group mt-3">
      <summary className="inline-flex min-h-8 items-center text-caption font-medium text-primary">{t("showTable")}</summary>
      <ChartTable {...props} />
    </details>
  );
}
