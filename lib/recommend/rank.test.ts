import fc from "fast-check";
import { expect, test } from "vitest";

import { rank, type Rankable, type Taste } from "./rank";

const card = (id: number, change: Partial<Rankable> = {}): Rankable => ({ id, categorySlug: null, pointsPrice: 100, stock: 5, ...change });
const taste = (change: Partial<Taste> = {}): Taste => ({ together: new Map(), categories: new Map(), popular: new Map(), ...change });
const ids = (cards: readonly Rankable[], what: Taste, balance: number | null = null): number[] => rank(cards, what, balance).map(({ id }) => id);

test("without any taste what is popular comes first, and among equals what is newest", () => {
  expect(ids([card(1), card(2), card(3)], taste({ popular: new Map([[2, 9]]) }))).toEqual([2, 3, 1]);
});

test("what others redeemed who redeemed the same comes before the person's categories, and those before what is popular", () => {
  const what = taste({ together: new Map([[1, 3]]), categories: new Map([["tea", 4]]), popular: new Map([[3, 100]]) });
  expect(ids([card(1), card(2, { categorySlug: "tea" }), card(3)], what)).toEqual([1, 2, 3]);
});

test("of two that fit alike, the one that can be paid for now comes first", () => {
  expect(ids([card(1, { pointsPrice: 100 }), card(2, { pointsPrice: 101 })], taste(), 100)).toEqual([1, 2]);
  expect(ids([card(1, { pointsPrice: 100 }), card(2, { pointsPrice: 101 })], taste(), null)).toEqual([2, 1]);
});

test("a price in cash alone is nothing that points can pay", () => {
  expect(ids([card(1, { pointsPrice: 100 }), card(2, { pointsPrice: 0 })], taste(), 100)).toEqual([1, 2]);
});

test("nothing that is out of stock is recommended, and nothing else is lost or made up", () => {
  const cards = fc.uniqueArray(fc.record({ id: fc.nat(50), stock: fc.nat(2), pointsPrice: fc.nat(300), categorySlug: fc.constantFrom(null, "tea", "home") }), { selector: ({ id }) => id });
  const counts = fc.array(fc.tuple(fc.nat(50), fc.integer({ min: 1, max: 1_000 }))).map((pairs) => new Map(pairs));
  fc.assert(fc.property(cards, counts, counts, fc.option(fc.nat(300)), (drawn, together, popular, balance) => {
    const ranked = rank(drawn, taste({ together, popular, categories: new Map([["tea", 2]]) }), balance);
    expect(ranked.map(({ id }) => id).sort((a, b) => a - b)).toEqual(drawn.filter(({ stock }) => stock > 0).map(({ id }) => id).sort((a, b) => a - b));
  }));
});
