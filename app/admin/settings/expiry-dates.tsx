"use client";

import { useState } from "react";
import { flushSync } from "react-dom";
import { Button } from "@/components/ui/button";
import { Select } from "@/components/ui/field";
import { Icon } from "@/components/ui/icon";
import { fill, type Locale } from "@/lib/i18n";
import { DATES_MAX } from "./expiry-input";
import type { SettingsWords } from "./fields";

type DatesProps = {
  /** "MM-DD". */
  dates: readonly string[];
  words: SettingsWords["points"];
  locale: Locale;
  errors: Readonly<Record<string, string>>;
  /** A line came or went. */
  onChange: () => void;
};

type Line = { key: number; month: string; day: string };

/** A leap year: 29 February can be chosen, and is the month's last day in other years. */
const LEAP_YEAR = 2028;
const daysIn = (month: string): number => new Date(Date.UTC(LEAP_YEAR, Number(month), 0)).getUTCDate();
const two = (number: number): string => String(number).padStart(2, "0");
const MONTHS = Array.from({ length: 12 }, (_, index) => two(index + 1));

/** Days of the year on which points expire. */
export function ExpiryDates({ dates, words, locale, errors, onChange }: DatesProps) {
  const [lines, setLines] = useState<Line[]>(() => dates.map((date, key) => ({ key, month: date.slice(0, 2), day: date.slice(3) })));
  const monthName = new Intl.DateTimeFormat(locale, { month: "long", timeZone: "UTC" });

  function change(key: number, to: Partial<Omit<Line, "key">>) {
    setLines(lines.map((line) => (line.key === key ? clamped({ ...line, ...to }) : line)));
  }
  function add() {
    const key = Math.max(-1, ...lines.map((line) => line.key)) + 1;
    flushSync(() => setLines([...lines, { key, month: "06", day: "30" }]));
    document.getElementById(`expiry.dates.${lines.length}.month`)?.focus();
    onChange();
  }
  function remove(key: number) {
    flushSync(() => setLines(lines.filter((line) => line.key !== key)));
    document.getElementById("add-date")?.focus();
    onChange();
  }

  return (
    <fieldset aria-describedby={errors["expiry.dates"] && "expiry.dates-error"}>
      <legend className="mb-1.5 text-caption font-medium">{words.dates}</legend>
      <div className="grid gap-2">
        {lines.map(({ key, month, day }, index) => {
          const at = `expiry.dates.${index}`;
          const number = { number: index + 1 };
          return (
            <div key={key} className="grid gap-1.5">
              <div role="group" aria-label={fill(words.date, number)} className="flex items-center gap-2">
                <Select
                  id={`${at}.month`} name={`${at}.month`} shape="dense" aria-label={fill(words.month, number)} aria-invalid={errors[at] ? true : undefined}
                  value={month} onChange={(event) => change(key, { month: event.target.value })} className="max-w-44"
                >
                  {MONTHS.map((each) => <option key={each} value={each}>{monthName.format(Date.UTC(LEAP_YEAR, Number(each) - 1))}</option>)}
                </Select>
                <Select id={`${at}.day`} name={`${at}.day`} shape="dense" aria-label={fill(words.day, number)} value={day} onChange={(event) => change(key, { day: event.target.value })} className="max-w-24">
                  {Array.from({ length: daysIn(month) }, (_, each) => two(each + 1)).map((each) => <option key={each} value={each}>{Number(each)}</option>)}
                </Select>
                {lines.length > 1 && <Button look="quiet" size="dense" className="px-2!" aria-label={fill(words.removeDate, number)} onClick={() => remove(key)}><Icon name="x" size={16} /></Button>}
              </div>
              {errors[at] && <p className="text-caption text-danger">{errors[at]}</p>}
            </div>
          );
        })}
      </div>
      {errors["expiry.dates"] && <p id="expiry.dates-error" className="mt-2 text-caption text-danger">{errors["expiry.dates"]}</p>}
      {lines.length < DATES_MAX && <Button id="add-date" size="filter" onClick={add} className="mt-2"><Icon name="plus" size={16} />{words.addDate}</Button>}
    </fieldset>
  );
}

/** A month that is shorter than the day that was chosen takes its last day. */
const clamped = (line: Line): Line => (Number(line.day) > daysIn(line.month) ? { ...line, day: two(daysIn(line.month)) } : line);
