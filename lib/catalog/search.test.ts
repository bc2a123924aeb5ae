import fc from "fast-check";
import { expect, test } from "vitest";

import { readSearch, SEARCH_MAX } from "./search";

test.each([
  ["two Chinese characters", "马克", '+"马克"', ["马克"], []],
  ["a Chinese word", "马克杯", '+"马克" +"克杯"', ["马克杯"], []],
  ["one Chinese character", "杯", null, [], ["杯"]],
  ["English words, in any case", "Tea  Mug", '+"te" +"ea" +"mu" +"ug"', ["tea", "mug"], []],
  ["both languages", "咖啡 mug", '+"咖啡" +"mu" +"ug"', ["咖啡", "mug"], []],
  ["a short word beside a long one", "杯 咖啡", '+"咖啡"', ["咖啡"], ["杯"]],
  ["the same word twice", "mug MUG mug", '+"mu" +"ug"', ["mug"], []],
  ["full-width letters", "ＭＵＧ", '+"mu" +"ug"', ["mug"], []],
  ["a word with signs in it", "100%_off", '+"10" +"00" +"of" +"ff"', ["100%_off"], []],
  ["a word of one letter and signs", "C++", null, [], ["c++"]],
  ["operators around words", '+mug -cup* "(tea)', '+"mu" +"ug" +"cu" +"up" +"te" +"ea"', ["+mug", "-cup*", '"(tea)'], []],
  ["signs of their own beside words", "mug + cup", '+"mu" +"ug" +"cu" +"up"', ["mug", "cup"], []],
  ["nothing but signs", "++", null, [], ["++"]],
  ["an emoji", "🎁", null, [], ["🎁"]],
  ["an emoji beside a word", "🎁 mug", '+"mu" +"ug"', ["mug"], ["🎁"]],
])("a search for %s", (_, typed, fulltext, long, short) => {
  expect(readSearch(typed)).toMatchObject({ fulltext, long, short });
});

test.each(["", "   ", "\n\t", "\u200b\u0000"])("nothing is nothing to search for", (typed) => {
  expect(readSearch(typed)).toBeNull();
});

test("what is long is cut between characters", () => {
  expect([...readSearch("🎁".repeat(500))!.text]).toHaveLength(SEARCH_MAX);
  expect(readSearch("mug ".repeat(200))!.long).toEqual(["mug"]);
  const many = readSearch(Array.from({ length: 30 }, (_, index) => `w${index}`).join(" "))!;
  expect(many.long.length).toBeLessThanOrEqual(8);
  expect(many.fulltext!.split(" ").length).toBeLessThanOrEqual(16);
});

test("whatever is typed, the expression is quoted pairs alone", () => {
  fc.assert(fc.property(fc.string({ unit: "binary", maxLength: 60 }), (typed) => {
    const search = readSearch(typed);
    for (const pair of search?.fulltext?.split(" ") ?? []) expect(pair).toMatch(/^\+"[\p{L}\p{Nd}]{2}"$/u);
    if (search) expect(search.long.length + search.short.length).toBeGreaterThan(0);
  }));
});
