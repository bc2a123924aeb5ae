import fc from "fast-check";
import { expect, test } from "vitest";

import { couponEffect, splitOver, type BasketLine, type CouponTerms } from "./discount";

const PLAIN: CouponTerms = { kind: "amount", unit: "cash", amount: 500, percent: 0, amountMax: 0, minSpend: 0, giftSkuId: null, scope: "all", scopeIds: [] };
const line = (more: Partial<BasketLine> = {}): BasketLine => ({ productId: 1, categoryIds: [10, 1], totalCents: 3_000, points: 0, cashDueCents: 3_000, ...more });
const sum = (numbers: readonly number[]): number => numbers.reduce((total, each) => total + each, 0);
const taken = (terms: Partial<CouponTerms>, ...lines: BasketLine[]) => {
  const effect = couponEffect({ ...PLAIN, ...terms }, lines);
  return effect.ok ? effect.value : effect.code;
};
const centsOf = (terms: Partial<CouponTerms>, ...lines: BasketLine[]) => {
  const effect = taken(terms, ...lines);
  return typeof effect === "string" ? effect : effect.cents;
};

const aLine: fc.Arbitrary<BasketLine> = fc
  .record({ productId: fc.integer({ min: 1, max: 4 }), category: fc.integer({ min: 10, max: 13 }), totalCents: fc.nat(2_000_000), points: fc.nat(1_000_000), share: fc.integer({ min: 0, max: 100 }) })
  .map(({ category, share, ...each }) => ({ ...each, categoryIds: [category, 1], cashDueCents: Math.floor((each.totalCents * share) / 100) }));
const someLines = fc.array(aLine, { minLength: 1, maxLength: 12 });
const someTerms: fc.Arbitrary<CouponTerms> = fc
  .record({
    kind: fc.constantFrom("amount", "percent", "free_delivery", "gift"), unit: fc.constantFrom("cash", "points"), amount: fc.integer({ min: 1, max: 3_000_000 }), percent: fc.integer({ min: 1, max: 100 }),
    amountMax: fc.oneof(fc.constant(0), fc.integer({ min: 1, max: 50_000 })), minSpend: fc.oneof(fc.constant(0), fc.nat(3_000_000)), scope: fc.constantFrom("all", "categories", "products"),
    ids: fc.subarray([1, 2, 3, 4, 10, 11, 12, 13], { minLength: 1 }),
  })
  .map(({ ids, ...each }) => ({ ...each, amount: each.kind === "amount" ? each.amount : 0, giftSkuId: each.kind === "gift" ? 7 : null, scopeIds: each.scope === "all" ? [] : ids }) as CouponTerms);

const isIn = (terms: CouponTerms, { productId, categoryIds }: BasketLine): boolean =>
  terms.scope === "all" || (terms.scope === "products" ? terms.scopeIds.includes(productId) : categoryIds.some((id) => terms.scopeIds.includes(id)));

test("a coupon never takes a line below nothing, and nothing from lines outside its scope", () => {
  fc.assert(fc.property(someTerms, someLines, (terms, lines) => {
    const effect = couponEffect(terms, lines);
    if (!effect.ok) return;
    const { cents, points } = effect.value;
    expect([cents.length, points.length]).toEqual([lines.length, lines.length]);
    for (const [index, each] of lines.entries()) {
      expect(cents[index]).toBeGreaterThanOrEqual(0);
      expect(points[index]).toBeGreaterThanOrEqual(0);
      expect(cents[index]).toBeLessThanOrEqual(each.cashDueCents);
      expect(points[index]).toBeLessThanOrEqual(each.points);
      if (!isIn(terms, each)) expect(cents[index]! + points[index]!).toBe(0);
    }
  }), { numRuns: 1_000 });
});

test("its parts sum to what it takes off the whole: the amount, or the percentage rounded down, within its limit and what there is", () => {
  fc.assert(fc.property(someTerms, someLines, (terms, lines) => {
    const effect = couponEffect(terms, lines);
    if (!effect.ok || terms.kind === "free_delivery" || terms.kind === "gift") return;
    const base = sum(lines.filter((each) => isIn(terms, each)).map((each) => (terms.unit === "cash" ? each.cashDueCents : each.points)));
    const percentage = Math.min(Number((BigInt(base) * BigInt(terms.percent)) / 100n), terms.amountMax || Infinity);
    expect(sum(terms.unit === "cash" ? effect.value.cents : effect.value.points)).toBe(terms.kind === "amount" ? Math.min(terms.amount, base) : percentage);
    expect(sum(terms.unit === "cash" ? effect.value.points : effect.value.cents), "it takes from one of the two").toBe(0);
  }), { numRuns: 1_000 });
});

test("each line's part is its share, to less than one cent", () => {
  fc.assert(fc.property(fc.array(fc.nat(5_000_000), { minLength: 1, maxLength: 20 }), fc.nat(100), (parts, percent) => {
    const amount = Math.floor((sum(parts) * percent) / 100);
    const split = splitOver(parts, amount);
    expect(sum(split)).toBe(sum(parts) === 0 ? 0 : amount);
    for (const [index, part] of parts.entries()) {
      expect(split[index]).toBeLessThanOrEqual(part);
      if (sum(parts) > 0) expect(Math.abs(split[index]! - (part * amount) / sum(parts))).toBeLessThan(1);
    }
  }));
});

test("lines that are given back one by one, in any order and any number of refunds, give back what was paid and not a cent more", () => {
  fc.assert(fc.property(someTerms, someLines, (terms, lines) => {
    const effect = couponEffect(terms, lines);
    if (!effect.ok) return;
    const paid = lines.map((each, index) => each.cashDueCents - effect.value.cents[index]!);
    expect(sum(paid)).toBe(sum(lines.map(({ cashDueCents }) => cashDueCents)) - sum(effect.value.cents));
    expect(paid.every((cents) => cents >= 0)).toBe(true);
  }));
});

test("a minimum counts what the goods in its scope cost, before points took their part", () => {
  expect(centsOf({ minSpend: 3_000 }, line({ cashDueCents: 1_000 }))).toEqual([500]);
  expect(couponEffect({ ...PLAIN, minSpend: 3_001 }, [line()])).toMatchObject({ ok: false, code: "coupon_minimum", detail: { minimum: 3_001, missing: 1, unit: "cash" } });
  expect(centsOf({ minSpend: 3_001, scope: "products", scopeIds: [1] }, line(), line({ productId: 2 }))).toBe("coupon_minimum");
  expect(centsOf({ minSpend: 3_001, scope: "products", scopeIds: [1, 2] }, line(), line({ productId: 2 }))).toEqual([250, 250]);
});

test("a category holds the goods of those below it", () => {
  expect(centsOf({ scope: "categories", scopeIds: [1] }, line({ categoryIds: [10, 1] }))).toEqual([500]);
  expect(centsOf({ scope: "categories", scopeIds: [10] }, line({ categoryIds: [1] }))).toBe("coupon_not_applicable");
});

test("one that would take nothing off does not apply", () => {
  expect(centsOf({}, line({ cashDueCents: 0 }))).toBe("coupon_not_applicable");
  expect(centsOf({ unit: "points" }, line())).toBe("coupon_not_applicable");
  expect(centsOf({ kind: "percent", amount: 0, percent: 1 }, line({ cashDueCents: 99, totalCents: 99 }))).toBe("coupon_not_applicable");
});

test("free delivery and a gift take nothing off the goods", () => {
  expect(taken({ kind: "free_delivery", amount: 0 }, line())).toEqual({ cents: [0], points: [0], waivesDelivery: true, giftSkuId: null });
  expect(taken({ kind: "gift", amount: 0, giftSkuId: 7 }, line())).toEqual({ cents: [0], points: [0], waivesDelivery: false, giftSkuId: 7 });
});
