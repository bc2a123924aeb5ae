"use client";

import type { Route } from "next";
import { useRouter } from "next/navigation";
import { lazy, Suspense, useEffect, useRef, useState } from "react";
import type { MakeUpOffer } from "./make-up-view";
import { calendarWeeks, type CellWords, type DayFact } from "./month-cells";
import { CheckInCalendar, type CalendarCell } from "@/components/check-in-calendar";
import { Notice } from "@/components/ui/notice";
import type { Locale } from "@/lib/i18n";

const loadSheet = () => import("./make-up-sheet").then(({ MakeUpSheet }) => ({ default: MakeUpSheet }));
const MakeUpSheet = lazy(loadSheet);

type MonthCalendarProps = {
  caption: string;
  weekdays: readonly { short: string; long: string }[];
  /** Its first day. */
  month: string;
  /** Its days. */
  facts: readonly DayFact[];
  words: CellWords;
  locale: Locale;
  /** Addresses of the months around; null where there is none. */
  earlier: Route | null;
  later: Route | null;
  offer: MakeUpOffer;
};

/** The month, with a sheet for the day that is to be made up, and below it what came of that. */
export function MonthCalendar({ caption, weekdays, month, facts, words, locale, earlier, later, offer }: MonthCalendarProps) {
  const router = useRouter();
  const [chosen, setChosen] = useState<CalendarCell | null>(null);
  const [isOpen, setOpen] = useState(false);
  const [said, setSaid] = useState("");
  const frame = useRef<HTMLDivElement>(null);
  const madeUp = useRef<string | null>(null);

  // Fetched once the page stands, before anybody can press.
  useEffect(() => void loadSheet(), []);

  // The button of a day that is filled goes with the answer or with the page read anew, whichever comes last; the focus stays on the day.
  useEffect(() => {
    const cell = madeUp.current && frame.current?.querySelector<HTMLElement>(`[data-day="${madeUp.current}"]`);
    if (!cell || cell.tagName === "BUTTON") return;
    madeUp.current = null;
    cell.focus();
  });

  function turn(months: -1 | 1): boolean {
    const address = months < 0 ? earlier : later;
    if (address) router.push(address, { scroll: false });
    return address !== null;
  }

  function choose(cell: CalendarCell) {
    setChosen(cell);
    setOpen(true);
  }

  function done(day: string, message: string) {
    madeUp.current = day;
    setSaid(message);
    setOpen(false);
  }

  return (
    <div ref={frame}>
      <CheckInCalendar caption={caption} weekdays={weekdays} weeks={calendarWeeks(month, facts, words, locale)} onTurn={turn} onChoose={choose} />
      <div role="status">{said && <Notice tone="success" className="mt-3">{said}</Notice>}</div>
      {chosen && (
        <Suspense>
          <MakeUpSheet key={chosen.day} cell={chosen} isOpen={isOpen} onClose={() => setOpen(false)} onDone={(message) => done(chosen.day, message)} offer={offer} />
        </Suspense>
      )}
    </div>
  );
}
