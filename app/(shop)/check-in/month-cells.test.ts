import { expect, test } from "vitest";

import { calendarWeeks, type CellWords, type DayFact } from "./month-cells";

const words: CellWords = {
  labels: { done: "{day}: {points}", madeUp: "{day} made up", frozen: "{day} kept", skipped: "{day} none", today: "{day} today", missed: "{day} missed", missedOpen: "{day} open", ahead: "{day} ahead", before: "{day} before" },
  marks: { madeUp: "filled", frozen: "kept", skipped: "none", today: "now", missed: "—", missedOpen: "+", ahead: "", before: "" },
};
const month = (days: number, fact: DayFact = "ahead"): DayFact[] => Array<DayFact>(days).fill(fact);

test("a month begins under its weekday and ends in a full row", () => {
  const weeks = calendarWeeks("2026-11-01", month(30), words, "en");
  expect(weeks.map((week) => week.map((cell) => cell?.number ?? ""))).toEqual([
    ["", "", "", "", "", "", "1"], ["2", "3", "4", "5", "6", "7", "8"], ["9", "10", "11", "12", "13", "14", "15"], ["16", "17", "18", "19", "20", "21", "22"], ["23", "24", "25", "26", "27", "28", "29"], ["30", "", "", "", "", "", ""],
  ]);
  expect(calendarWeeks("2027-02-01", month(28), words, "en").map((week) => week.length), "a February that begins on Monday").toEqual([7, 7, 7, 7]);
});

test.each<[DayFact, string, string, string, string]>([
  [20, "done", "+20", "November 3: +20", "11月3日: +20"],
  [0, "done", "✓", "November 3: 0", "11月3日: 0"],
  ["madeUp", "madeUp", "filled", "November 3 made up", "11月3日 made up"],
  ["frozen", "kept", "kept", "November 3 kept", "11月3日 kept"],
  ["skipped", "missed", "none", "November 3 none", "11月3日 none"],
  ["today", "today", "now", "November 3 today", "11月3日 today"],
  ["missed", "missed", "—", "November 3 missed", "11月3日 missed"],
  ["missedOpen", "open", "+", "November 3 open", "11月3日 open"],
  ["ahead", "coming", "", "November 3 ahead", "11月3日 ahead"],
  ["before", "missed", "", "November 3 before", "11月3日 before"],
])("a day that is %s", (fact, state, mark, english, chinese) => {
  const facts = month(30).with(2, fact);
  const cell = (locale: "en" | "zh-CN") => calendarWeeks("2026-11-01", facts, words, locale).flat().find((each) => each?.day === "2026-11-03");
  expect(cell("en")).toEqual({ day: "2026-11-03", number: "3", state, mark, label: english });
  expect(cell("zh-CN")!.label).toBe(chinese);
});
