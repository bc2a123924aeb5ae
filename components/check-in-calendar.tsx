"use client";

import clsx from "clsx";
import { useEffect, useRef, useState, type KeyboardEvent } from "react";

/** `open`: missed, and can be chosen to be made up. `kept`: protected. */
export type CalendarState = "done" | "madeUp" | "kept" | "open" | "missed" | "today" | "coming";
export type CalendarCell = { day: string; number: string; /** "21 November, checked in, +15" */ label: string; state: CalendarState; mark: string };

type CheckInCalendarProps = {
  caption: string;
  /** Monday first; `long` is read, `short` is seen. */
  weekdays: readonly { short: string; long: string }[];
  /** null: a cell outside the month. */
  weeks: readonly (readonly (CalendarCell | null)[])[];
  onChoose: (cell: CalendarCell) => void;
  /** Page Up and Page Down: false when there is no such month. */
  onTurn: (months: -1 | 1) => boolean;
};

const steps: Record<string, number> = { ArrowLeft: -1, ArrowRight: 1, ArrowUp: -7, ArrowDown: 7 };
const turns: Record<string, -1 | 1> = { PageUp: -1, PageDown: 1 };

/** The day of the month that keeps the focus when a key turned to another month, which is another table. */
let turnedFrom: number | null = null;

/** A month as a table. One day is in the tab order; arrow keys, Home and End move within the month, Page Up and Page Down between months. */
export function CheckInCalendar({ caption, weekdays, weeks, onChoose, onTurn }: CheckInCalendarProps) {
  const cells = weeks.flat().filter((cell): cell is CalendarCell => cell !== null);
  const [focused, setFocused] = useState(() => (turnedFrom === null ? (cells.find((cell) => cell.state === "today") ?? cells.at(-1)) : cells[Math.min(turnedFrom, cells.length) - 1])?.day);
  const table = useRef<HTMLTableElement>(null);

  const focusOn = (day: string | undefined): void => table.current?.querySelector<HTMLElement>(`[data-day="${day}"]`)?.focus();

  useEffect(() => {
    if (turnedFrom === null) return;
    turnedFrom = null;
    focusOn(focused);
    // Once, for the table that the key called for.
    // eslint-disable-next-line react-hooks/exhaustive-deps
  }, []);

  function move(event: KeyboardEvent) {
    const at = cells.findIndex((cell) => cell.day === focused);
    const turn = turns[event.key];
    if (turn) {
      event.preventDefault();
      if (onTurn(turn)) turnedFrom = at + 1;
      return;
    }
    const to = event.key === "Home" ? 0 : event.key === "End" ? cells.length - 1 : at + (steps[event.key] ?? 0);
    if (to === at || !cells[to]) return;
    event.preventDefault();
    focusOn(cells[to].day);
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
                {cell && <Day cell={cell} inOrder={cell.day === focused} onFocus={() => setFocused(cell.day)} onChoose={onChoose} />}
              </td>
            ))}
          </tr>
        ))}
      </tbody>
    </table>
  );
}

type DayProps = { cell: CalendarCell; inOrder: boolean; onFocus: () => void; onChoose: (cell: CalendarCell) => void };

function Day({ cell, inOrder, onFocus, onChoose }: DayProps) {
  const look = {
    "aria-label": cell.label, "data-day": cell.day, tabIndex: inOrder ? 0 : -1, onFocus,
    className: clsx("grid min-h-12 w-full content-center justify-items-center rounded-control border-2 text-dense tabular-nums", colours[cell.state]),
    children: (
      <>
        <span>{cell.number}</span>
        <span className="max-w-full truncate text-tab">{cell.mark}</span>
      </>
    ),
  };
  if (cell.state === "open") return <button type="button" aria-haspopup="dialog" onClick={() => onChoose(cell)} {...look} />;
  return <div role="img" aria-current={cell.state === "today" ? "date" : undefined} {...look} />;
}

const colours: Record<CalendarState, string> = {
  done: "border-transparent bg-primary-soft font-medium text-primary",
  madeUp: "border-primary bg-primary-soft font-medium text-primary",
  kept: "border-transparent bg-info-soft text-info",
  open: "pressable border-dashed border-input text-primary hover:bg-sunken",
  today: "border-points-fill bg-points-soft font-semibold text-points",
  missed: "border-transparent text-muted",
  coming: "border-transparent text-fg",
};
