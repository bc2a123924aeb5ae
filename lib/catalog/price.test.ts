import fc from "fast-check";
import { expect, test } from "vitest";

import { maxDiscountPoints, quoteFor, type Price } from "./price";

const PLAIN = { discountPointsMin: 0, discountShareMax: 100, discountPointsPerYuan: null };
const mug: Price = { ...PLAIN, priceMode: "points", pointsPrice: 100, cashPriceCents: 0, discountPointsMax: 0 };
const kettle: Price = { ...PLAIN, priceMode: "points_cash", pointsPrice: 2_400, cashPriceCents: 990, discountPointsMax: 0 };
const speaker: Price = { ...PLAIN, priceMode: "cash_discount", pointsPrice: 0, cashPriceCents: 19_900, discountPointsMax: 5_000 };
const tote: Price = { ...PLAIN, priceMode: "cash_discount", pointsPrice: 3_200, cashPriceCents: 4_990, discountPointsMax: 1_000 };

const quote = (points: number, totalCents: number, discountCents: number, cashDueCents: number) => ({ ok: true, value: { points, totalCents, discountCents, cashDueCents } });

test.each([
  ["a mug for points", mug, 1, undefined, quote(100, 0, 0, 0)],
  ["three mugs", mug, 3, undefined, quote(300, 0, 0, 0)],
  ["a mug with its very points offered", mug, 1, 100, quote(100, 0, 0, 0)],
  ["a kettle for points and cash", kettle, 2, undefined, quote(4_800, 1_980, 0, 1_980)],
  ["a speaker with the most points it takes", speaker, 1, 5_000, quote(5_000, 19_900, 5_000, 14_900)],
  ["two speakers with more", speaker, 2, 10_000, quote(10_000, 39_800, 10_000, 29_800)],
  ["a speaker for cash alone", speaker, 1, 0, quote(0, 19_900, 0, 19_900)],
  ["a speaker with one point", speaker, 1, 1, quote(1, 19_900, 1, 19_899)],
  ["a tote for points alone", tote, 1, undefined, quote(3_200, 4_990, 4_990, 0)],
  ["a tote for cash and points", tote, 1, 1_000, quote(1_000, 4_990, 1_000, 3_990)],
] as const)("%s", (_, price, quantity, points, expected) => {
  expect(quoteFor(price, quantity, points, 100)).toEqual(expected);
});

test.each([
  ["a mug takes its points, no others", mug, 99, { code: "points_only_product", detail: { points: 100 } }],
  ["a mug takes no cash", mug, 0, { code: "points_only_product", detail: { points: 100 } }],
  ["a kettle has one price", kettle, 2_399, { code: "points_only_product", detail: { points: 2_400 } }],
  ["a speaker cannot be had for points", speaker, undefined, { code: "points_not_accepted", detail: {} }],
  ["a speaker takes so many points", speaker, 5_001, { code: "too_many_points", detail: { pointsMax: 5_000 } }],
] as const)("%s", (_, price, points, refusal) => {
  expect(quoteFor(price, 1, points, 100)).toEqual({ ok: false, ...refusal });
});

const discountTerms = {
  discountPointsMin: fc.oneof(fc.constant(0), fc.nat({ max: 1_000 })), discountShareMax: fc.integer({ min: 1, max: 100 }), discountPointsPerYuan: fc.option(fc.integer({ min: 1, max: 1_000 }), { nil: null }),
};
const somePrice: fc.Arbitrary<Price> = fc.oneof(
  fc.record({ priceMode: fc.constant("points" as const), ...discountTerms, pointsPrice: fc.integer({ min: 1, max: 100_000_000 }), cashPriceCents: fc.constant(0), discountPointsMax: fc.constant(0) }),
  fc.record({ priceMode: fc.constant("points_cash" as const), ...discountTerms, pointsPrice: fc.integer({ min: 1, max: 100_000_000 }), cashPriceCents: fc.integer({ min: 1, max: 100_000_000 }), discountPointsMax: fc.constant(0) }),
  fc.record({ priceMode: fc.constant("cash_discount" as const), ...discountTerms, pointsPrice: fc.nat({ max: 100_000_000 }), cashPriceCents: fc.integer({ min: 1, max: 100_000_000 }), discountPointsMax: fc.nat({ max: 100_000_000 }) }),
);

test("every quote is of whole points and whole cents, none negative, and its parts make its total", () => {
  fc.assert(fc.property(somePrice, fc.integer({ min: 1, max: 9_999 }), fc.option(fc.nat({ max: 1_000_000_000 }), { nil: undefined }), fc.integer({ min: 1, max: 100 }), (price, quantity, points, pointsPerYuan) => {
    const answer = quoteFor(price, quantity, points, pointsPerYuan);
    if (!answer.ok) return;
    const { totalCents, discountCents, cashDueCents } = answer.value;
    for (const amount of Object.values(answer.value)) expect(Number.isSafeInteger(amount) && amount >= 0).toBe(true);
    expect(discountCents + cashDueCents).toBe(totalCents);
    expect(totalCents).toBe(price.cashPriceCents * quantity);
  }));
});

test("points take no more than their share of the price, at the SKU's own ratio", () => {
  fc.assert(fc.property(somePrice.filter(({ priceMode }) => priceMode === "cash_discount"), fc.integer({ min: 1, max: 20 }), (price, quantity) => {
    const most = maxDiscountPoints(price, quantity, 100);
    const answer = quoteFor(price, quantity, most, 100);
    expect(answer).toMatchObject({ ok: true });
    if (!answer.ok) return;
    expect(BigInt(answer.value.discountCents) * 100n).toBeLessThanOrEqual(BigInt(answer.value.totalCents) * BigInt(price.discountShareMax));
    expect(quoteFor(price, quantity, most + 1, 100)).toMatchObject({ ok: false, code: "too_many_points", detail: { pointsMax: most } });
  }));
});

test("fewer points than the least that the merchant takes are refused; none are not", () => {
  const lamp: Price = { ...speaker, discountPointsMin: 500 };
  expect(quoteFor(lamp, 1, 499, 100)).toEqual({ ok: false, code: "too_few_points", detail: { pointsMin: 500 } });
  expect(quoteFor(lamp, 1, 500, 100)).toMatchObject({ ok: true });
  expect(quoteFor(lamp, 1, 0, 100)).toMatchObject({ ok: true });
});

test("half of a lamp at 50 points a yuan", () => {
  const lamp: Price = { ...speaker, discountShareMax: 50, discountPointsPerYuan: 50, discountPointsMax: 100_000 };
  expect(maxDiscountPoints(lamp, 1, 100)).toBe(4_975);
  expect(quoteFor(lamp, 1, 4_975, 100)).toEqual(quote(4_975, 19_900, 9_950, 9_950));
});

test("what points take off is never more than they are worth, nor a whole cent less", () => {
  fc.assert(fc.property(fc.integer({ min: 1, max: 100 }), fc.integer({ min: 1, max: 1_000_000 }), fc.nat({ max: 1_000_000 }), (pointsPerYuan, cashPriceCents, points) => {
    const price: Price = { ...PLAIN, priceMode: "cash_discount", pointsPrice: 0, cashPriceCents, discountPointsMax: 1_000_000 };
    const answer = quoteFor(price, 1, points, pointsPerYuan);
    if (!answer.ok) {
      expect(points).toBeGreaterThan(answer.detail.pointsMax as number);
      return;
    }
    const { discountCents } = answer.value;
    expect(BigInt(discountCents) * BigInt(pointsPerYuan)).toBeLessThanOrEqual(BigInt(points) * 100n);
    if (discountCents < cashPriceCents) expect(BigInt(discountCents + 1) * BigInt(pointsPerYuan)).toBeGreaterThan(BigInt(points) * 100n);
  }));
});

test("the most points that are taken are enough for the whole price, where the merchant allows it, and one point fewer is not", () => {
  fc.assert(fc.property(fc.integer({ min: 1, max: 100 }), fc.integer({ min: 1, max: 1_000_000 }), (pointsPerYuan, cashPriceCents) => {
    const price: Price = { ...PLAIN, priceMode: "cash_discount", pointsPrice: 0, cashPriceCents, discountPointsMax: 100_000_000 };
    const most = maxDiscountPoints(price, 1, pointsPerYuan);
    expect(quoteFor(price, 1, most, pointsPerYuan)).toMatchObject({ ok: true, value: { cashDueCents: 0 } });
    const fewer = quoteFor(price, 1, most - 1, pointsPerYuan);
    expect(fewer.ok && fewer.value.cashDueCents).toBeGreaterThan(0);
  }));
});

test("more points never make it dearer", () => {
  fc.assert(fc.property(fc.integer({ min: 1, max: 100 }), fc.integer({ min: 1, max: 100_000 }), fc.nat({ max: 90_000 }), fc.integer({ min: 1, max: 500 }), (pointsPerYuan, cashPriceCents, points, more) => {
    const price: Price = { ...PLAIN, priceMode: "cash_discount", pointsPrice: 0, cashPriceCents, discountPointsMax: 1_000_000 };
    const [less, plenty] = [quoteFor(price, 1, points, pointsPerYuan), quoteFor(price, 1, points + more, pointsPerYuan)];
    if (less.ok && plenty.ok) expect(plenty.value.cashDueCents).toBeLessThanOrEqual(less.value.cashDueCents);
  }));
});

test("an order at every limit stays exact", () => {
  const most: Price = { ...PLAIN, priceMode: "points_cash", pointsPrice: 100_000_000, cashPriceCents: 100_000_000, discountPointsMax: 0 };
  expect(quoteFor(most, 9_999, undefined, 100)).toEqual(quote(999_900_000_000, 999_900_000_000, 0, 999_900_000_000));
});
