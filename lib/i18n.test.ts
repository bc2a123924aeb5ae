import { describe, expect, test } from "vitest";

import { chooseLocale, fill, formatCash, formatDay, formatDayOf, formatInstant, formatPoints, formatSignedPoints } from "./i18n";

describe("the language of a page", () => {
  test("is the cookie's, whatever the browser asks for", () => {
    expect(chooseLocale("en", "zh-CN,zh;q=0.9")).toBe("en");
  });

  test("is the first language of the browser that the shop speaks", () => {
    expect(chooseLocale(undefined, "fr-FR,en-GB;q=0.8,zh;q=0.5")).toBe("en");
    expect(chooseLocale(undefined, "zh-TW")).toBe("zh-CN");
  });

  test("is Chinese for a cookie that is no language and a browser that says nothing", () => {
    expect(chooseLocale("klingon", null)).toBe("zh-CN");
  });
});

test("a balance is grouped and never abbreviated", () => {
  expect(formatPoints("zh-CN", 12_480)).toBe("12,480");
  expect(formatPoints("en", 1_234_567)).toBe("1,234,567");
});

test("a change carries its sign, with a true minus", () => {
  expect(formatSignedPoints("en", 15)).toBe("+15");
  expect(formatSignedPoints("zh-CN", -2_400)).toBe("\u22122,400");
  expect(formatSignedPoints("en", 0)).toBe("0");
});

test("cash is yuan in both languages", () => {
  expect(formatCash("zh-CN", 990)).toBe("¥9.90");
  expect(formatCash("en", 9_900)).toBe("¥99.00");
});

test("a calendar day reads the same wherever the server stands", () => {
  expect(formatDay("zh-CN", "2026-12-31")).toBe("12月31日");
  expect(formatDay("en", "2026-12-31")).toBe("December 31");
});

test("an instant falls on the day of the programme's zone", () => {
  const lateInShanghai = new Date("2026-11-21T16:30:00Z");
  expect(formatDayOf("en", lateInShanghai, "Asia/Shanghai", "day")).toBe("November 22");
  expect(formatInstant("zh-CN", lateInShanghai, "Asia/Shanghai")).toBe("2026/11/22 00:30");
});

test("a template keeps what it has no value for", () => {
  expect(fill("{points} pts until {day}", { points: "20" })).toBe("20 pts until {day}");
});
