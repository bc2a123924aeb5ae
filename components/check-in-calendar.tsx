"use client";

import clsx from "clsx";
import { useRef, useState, type KeyboardEvent } from "react";

export type CalendarCell = { day: string; number: string; /** "21 November, checked in, +15" */ label: string; state: "done" | "missed" | "today" | "coming"; mark: string };

type CheckInCalendarProps = { caption: string; /** Monday first; `long` is read, `short` is seen. */ weekdays: readonly { short: string; long: string }[]; /** null: a cell outside the month. */ weeks: readonly (readonly (CalendarCell | null)[])[] };

const steps: Record<string, number> = { ArrowLeft: -1, ArrowRight: 1, ArrowUp: -7, ArrowDown: 7 };

/** A month as a table. One day is in the tab order; the arrow keys, Home and End move within the month. */
export function CheckInCalendar({ caption, weekdays, weeks }: CheckInCalendarProps) {
  const cells = weeks.flat().filter((cell): cell is CalendarCell => cell !== null);
  const [focused, setFocused] = useState(() => cells.find((cell) => cell.state === "today")?.day ?? cells.at(-1)?.day);
  const table = useRef<HTMLTableElement>(null);

  function move(event: KeyboardEvent) {
    const at = cells.findIndex((cell) => cell.day === focused);
    const to = event.key === "Home" ? 0 : event.key === "End" ? cells.length - 1 : at + (steps[event.key] ?? 0);
    const next = cells[to];
    if (to === at || !next) return;
    event.preventDefault();
    setFocused(next.day);
    table.current?.querySelector<HTMLElement>(`[data-day="${next.day}"]`)?.focus();
  }

  return (
    <table ref={table} onKeyDown={move} className="w-full table-fixed border-separate border-spacing-1">
      <caption className="sr-only">{caption}</caption>
      <thead>
        <tr>
          {weekdays.map((weekday) => (
            <th key={weekday.long} scope="col" className="pb-1 text-meta font-medium text-muted">
              <abbr title={weekday.long} className="no-underline">{weekday.short}</abbr>
            </th>
          ))}
        </tr>
      </thead>
      <tbody>
        {weeks.map((week, row) => (
          <tr key={week.find(Boolean)?.day ?? row}>
            {week.map((cell, column) => (
              <td key={cell?.day ?? `empty-${column}`} className="p-0">
                {cell && <Day cell={cell} inOrder={cell.day === focused} onFocus={() => setFocused(cell.day)} />}
              </td>
            ))}
          </tr>
        ))}
      </tbody>
    </table>
  );
}

function Day({ cell, inOrder, onFocus }: { cell: CalendarCell; inOrder: boolean; onFocus: () => void }) {
  return (
    <div
      role="img" aria-label={cell.label} aria-current={cell.state === "today" ? "date" : undefined}
      data-day={cell.day} tabIndex={inOrder ? 0 : -1} onFocus={onFocus}
      className={clsx(
        "grid min-h-12 content-center justify-items-center rounded-control border-2 text-dense tabular-nums",
        cell.state === "done" && "border-transparent bg-primary-soft font-medium text-primary",
        cell.state === "today" && "border-points-fill bg-points-soft font-semibold text-points",
        cell.state === "missed" && "border-transparent text-muted",
        cell.state === "coming" && "border-transparent text-fg",
      )}
    >
      <span>{cell.number}</span>
      <span className="text-tab">{cell.mark}</span>
    </div>
  );
}
