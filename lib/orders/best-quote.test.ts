import { expect, test } from "vitest";

import type { CouponTerms } from "@/lib/coupons/discount";

import { bestQuote, couponQuotes, type OfferedCoupon } from "./best-quote";
import { pointsRange, quoteOrder, type QuotedOffer, type QuoteLine } from "./quote";

const speaker: QuotedOffer = {
  skuId: 1, productId: 1, categoryIds: [], delivery: "shipped", priceMode: "cash_discount", pointsPrice: 0, cashPriceCents: 19_900, discountPointsMax: 5_000, discountPointsMin: 0, discountShareMax: 100, discountPointsPerYuan: null,
};
const mug: QuotedOffer = { ...speaker, skuId: 2, productId: 2, priceMode: "points", pointsPrice: 3_000, cashPriceCents: 0 };
const lines: QuoteLine[] = [{ offer: speaker, quantity: 1 }];
const terms = { pointsToUse: 0, pointsPerYuan: 100, deliveryCents: 800, freeDeliveryFromCents: 0 };
const nothing: CouponTerms = { kind: "amount", unit: "cash", amount: 0, percent: 0, amountMax: 0, minSpend: 0, giftSkuId: null, scope: "all", scopeIds: [] };
const coupon = (publicId: string, more: Partial<CouponTerms>, expiresAt = new Date("2026-12-31"), gift: QuotedOffer | null = null): OfferedCoupon => ({ publicId, terms: { ...nothing, ...more }, expiresAt, gift });

test("the coupon that takes most off is taken, whatever kind it is", () => {
  const [ten, tenth, free] = [coupon("ten", { amount: 1_000 }), coupon("tenth", { kind: "percent", percent: 10 }), coupon("free", { kind: "free_delivery" })];
  expect(bestQuote(lines, terms, [ten, tenth, free])).toMatchObject({ coupon: { publicId: "tenth" }, quote: { ok: true, value: { cashDueCents: 19_900 - 1_990 + 800 } } });
  expect(bestQuote(lines, terms, [ten, free])).toMatchObject({ coupon: { publicId: "ten" } });
  expect(bestQuote(lines, terms, [free])).toMatchObject({ coupon: { publicId: "free" }, quote: { value: { cashDueCents: 19_900 } } });
});

test("a gift counts for what it would cost", () => {
  const gift = coupon("gift", { kind: "gift", giftSkuId: 2 }, new Date("2026-12-31"), mug);
  expect(bestQuote(lines, terms, [coupon("twenty", { amount: 2_000 }), gift])).toMatchObject({ coupon: { publicId: "gift" } });
  expect(bestQuote(lines, terms, [coupon("forty", { amount: 4_000 }), gift])).toMatchObject({ coupon: { publicId: "forty" } });
});

test("of two that do the same the one that expires first is taken", () => {
  const [later, sooner] = [coupon("later", { amount: 500 }), coupon("sooner", { amount: 500 }, new Date("2026-12-01"))];
  expect(bestQuote(lines, terms, [later, sooner])).toMatchObject({ coupon: { publicId: "sooner" } });
});

test("one that does nothing for the order is neither taken nor offered", () => {
  const useless = [coupon("points", { unit: "points", amount: 100 }), coupon("dear", { amount: 100, minSpend: 99_999 }), coupon("other", { amount: 100, scope: "products", scopeIds: [9] })];
  expect(couponQuotes(lines, terms, useless)).toEqual([]);
  expect(bestQuote(lines, terms, useless)).toMatchObject({ coupon: null, quote: { ok: true, value: { cashDueCents: 20_700 } } });
  const paidWhenSent = coupon("free", { kind: "free_delivery" });
  expect(bestQuote(lines, { ...terms, deliveryCents: 0 }, [paidWhenSent]).coupon).toBeNull();
});

test.each([[[{ min: 700 }], 700], [[{ min: 700 }, { min: 300 }], 700], [[{ min: 9_000 }], 5_000]] as const)("of prices with minimums %j the fewest points that are taken are %i, and one fewer is refused", (prices, fewest) => {
  const wanted = prices.map(({ min }, index) => ({ offer: { ...speaker, skuId: index + 1, discountPointsMin: min }, quantity: 1 }));
  expect(pointsRange(wanted, 100)).toMatchObject({ min: 0, fewest });
  expect(quoteOrder(wanted, { ...terms, pointsToUse: fewest }).ok).toBe(true);
  expect(quoteOrder(wanted, { ...terms, pointsToUse: fewest - 1 })).toMatchObject({ ok: false, code: "too_few_points" });
});
