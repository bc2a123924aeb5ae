import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";

import { describe, expect, test } from "vitest";
import { createTranslator } from "use-intl/core";

import { locales, type Locale } from "./i18n";
import { mapLiterals, ORDINARY_NAME, renamePoints, withPointsName, type PointsName } from "./points-name";
import { translatorsOf } from "./points-words";

const STARS: PointsName = { zh: "星豆", one: "star", many: "stars" };
const ACORNS: PointsName = { zh: "橡果", one: "acorn", many: "acorns" };
const inEnglish = (message: string, name = STARS) => renamePoints(message, "en", name);
const inChinese = (message: string) => renamePoints(message, "zh-CN", STARS);

test.each([
  ["You have {points} points", "You have {points} stars"],
  ["{points, plural, one {# point} other {# points}} to go", "{points, plural, one {# star} other {# stars}} to go"],
  ["{points, plural, =0 {no points} one {1 pt} other {# pts}}", "{points, plural, =0 {no stars} one {1 star} other {# stars}}"],
  ["{how, select, points {in points} other {by {points, number}}}", "{how, select, points {in stars} other {by {points, number}}}"],
  ["Points earned. Points you own", "Stars earned. Stars you own"],
  ["Welcome to Points Mall: earn points", "Welcome to Points Mall: earn stars"],
  ["Pick-up points and pick-up point", "Pick-up points and pick-up point"],
  ["Your friend's points' worth", "Your friend's stars' worth"],
  ["<points>points</points> for {points}", "<points>stars</points> for {points}"],
  ["it''s '{points}' points", "it''s '{points}' stars"],
  ["POST /api/points/earn, points.csv, appoints, pointless", "POST /api/points/earn, points.csv, appoints, pointless"],
])("in English %j becomes %j", (before, after) => {
  expect(inEnglish(before)).toBe(after);
});

test("the article fits the name", () => {
  expect(inEnglish("a point, A point, a points discount, the point", ACORNS)).toBe("an acorn, An acorn, an acorns discount, the acorn");
  expect(inEnglish("a point")).toBe("a star");
});

test("a name keeps its own capitals", () => {
  expect(inEnglish("points and Points", { zh: "", one: "iPoint", many: "JadeCoins" })).toBe("JadeCoins and JadeCoins");
});

test.each([["你有 {points} 积分", "你有 {points} 星豆"], ["欢迎来到积分商城，攒积分", "欢迎来到积分商城，攒星豆"], ["{积分, plural, other {积分}}", "{积分, plural, other {星豆}}"]])("in Chinese %j becomes %j", (before, after) => {
  expect(inChinese(before)).toBe(after);
});

test("a message whose braces do not match is left as it is", () => {
  for (const message of ["{points", "{a, plural, one {points}", "points }{"]) expect(inEnglish(message)).toBe(message);
});

test("a name that would be code to a pattern is taken by the letter", () => {
  expect(renamePoints("积分", "zh-CN", { ...STARS, zh: "$&$1" })).toBe("$&$1");
  expect(inEnglish("points", { zh: "", one: "$1", many: "$&" })).toBe("$&");
});

const folder = join(import.meta.dirname, "../messages");
type Said = { where: string; message: string };
function sentencesOf(locale: Locale): Said[] {
  const found: Said[] = [];
  const walk = (value: unknown, where: string): void => {
    if (typeof value === "string") found.push({ where, message: value });
    else for (const [key, inner] of Object.entries(value as object)) walk(inner, `${where}.${key}`);
  };
  for (const file of readdirSync(join(folder, locale))) walk(JSON.parse(readFileSync(join(folder, locale, file), "utf8")), file);
  return found;
}

/** What a message says without its literal parts: its arguments, keywords and tags. */
const bonesOf = (message: string): string | null => mapLiterals(message, () => "");
const literalsOf = (message: string): string => {
  let all = "";
  mapLiterals(message, (literal) => ((all += ` ${literal}`), literal));
  return all;
};
/** Every argument that a message could ask for, with a value that all formats take. */
const valuesFor = (message: string, value: number) => {
  const tag = (chunks: unknown) => String(chunks);
  const names = [...message.matchAll(/\{\s*([\w-]+)/g)].map((match) => [match[1]!, /\{\s*\w+\s*,\s*(date|time)/.test(match[0]) ? new Date(0) : value] as const);
  const tags = [...message.matchAll(/<(\w+)>/g)].map((match) => [match[1]!, tag] as const);
  return Object.fromEntries([...names, ...tags]);
};
const format = (locale: Locale, message: string, value: number): string =>
  String(createTranslator({ locale, messages: { it: message }, timeZone: "UTC", onError: (error) => { throw error; } }).markup("it", valuesFor(message, value) as never));

describe.each(locales)("every message in %s", (locale) => {
  const all = sentencesOf(locale);

  test("is read whole, to the letter", () => {
    expect(all.length).toBeGreaterThan(1_000);
    expect(all.filter(({ message }) => mapLiterals(message, (literal) => literal) !== message)).toEqual([]);
  });

  test("keeps its arguments, keywords and tags under another name", () => {
    expect(all.filter(({ message }) => bonesOf(renamePoints(message, locale, ACORNS)) !== bonesOf(message))).toEqual([]);
  });

  test("still parses and formats under another name, for one and for many", () => {
    const broken = all.filter(({ message }) => message.includes("{") || message.includes("<")).flatMap(({ where, message }) => [0, 1, 2].flatMap((value) => {
      try {
        format(locale, message, value);
      } catch {
        return [];
      }
      try {
        return format(locale, renamePoints(message, locale, ACORNS), value) === "" ? [where] : [];
      } catch {
        return [where];
      }
    }));
    expect(broken).toEqual([]);
  });

  test("says the new name wherever it said points, and none of it twice", () => {
    const left = all.filter(({ message }) => /积分(?!商城)/.test(literalsOf(renamePoints(message, "zh-CN", STARS))));
    const leftInEnglish = all.filter(({ message }) => /(?<!pick-up |[/.@_-])\bpoints?\b(?! mall|[_@/]|\.\w)/i.test(literalsOf(inEnglish(message))));
    expect(locale === "en" ? leftInEnglish : left).toEqual([]);
    expect(all.some(({ message }) => renamePoints(message, locale, STARS) !== message)).toBe(true);
  });

  test("comes back as it was under the ordinary name, without being read", () => {
    expect(withPointsName(all, locale, ORDINARY_NAME)).toBe(all);
    expect(all.filter(({ message }) => renamePoints(message, locale, ORDINARY_NAME) !== message && !/\bpts?\b/.test(message))).toEqual([]);
  });
});

test("translators are kept by language and name", () => {
  const words = translatorsOf({ "zh-CN": { have: "{n} 积分" }, en: { have: "{n, plural, one {# point} other {# points}}" } });
  expect([words("en")("have", { n: 1 }), words("en", STARS)("have", { n: 1 }), words("en", STARS)("have", { n: 2 }), words("zh-CN", STARS)("have", { n: 2 })]).toEqual(["1 point", "1 star", "2 stars", "2 星豆"]);
  expect(words("en", STARS)).toBe(words("en", { ...STARS, zh: "别的" }));
});
