import { expect, test } from "vitest";

import { momentIn, momentText } from "./moment";

const NOW = new Date("2026-11-21T09:30:20.500Z");
const asked = (text: string, zone = "Asia/Shanghai") => momentIn(text, zone, NOW);

test("a minute is meant to its end, in the programme's zone", () => {
  expect(asked("2026-11-20T10:15")).toEqual({ moment: new Date("2026-11-20T02:15:59.999Z"), problem: null });
});

test("the present minute reaches to now, and nothing asked is now", () => {
  expect(asked("2026-11-21T17:30").moment).toEqual(NOW);
  expect(asked("")).toEqual({ moment: NOW, problem: null });
});

test.each(["yesterday", "2026-02-30T10:00", "2026-11-20", "2026-11-20T24:00", "0000-00-00T00:00", "2026-11-20T10:15'; --"])("%s is unreadable, and the present is shown", (text) => {
  expect(asked(text)).toEqual({ moment: NOW, problem: "unreadable" });
});

test("a moment that has not come yet is said to be so", () => {
  expect(asked("2026-11-21T17:31")).toEqual({ moment: NOW, problem: "future" });
});

test.each([
  ["the long day of New York", "America/New_York", "2026-11-01T12:00", "2026-11-01T17:00:59.999Z"],
  ["the short day of New York", "America/New_York", "2026-03-08T12:00", "2026-03-08T16:00:59.999Z"],
  ["an evening of the long day", "America/New_York", "2026-11-01T23:30", "2026-11-02T04:30:59.999Z"],
  ["a zone far east", "Pacific/Kiritimati", "2026-11-20T00:00", "2026-11-19T10:00:59.999Z"],
])("%s keeps the clock's time", (_, zone, text, instant) => {
  expect(asked(text, zone).moment.toISOString()).toBe(instant);
  expect(momentText(asked(text, zone).moment, zone)).toBe(text);
});
