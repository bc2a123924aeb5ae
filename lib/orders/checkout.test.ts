import fc from "fast-check";
import { expect, test } from "vitest";

import type { CouponTerms } from "@/lib/coupons/discount";
import type { HeldCoupon } from "@/lib/coupons/usable";
import type { UserId } from "@/lib/ctx";

import { decideRedemption, deliveryOf, type Offer, type RedemptionFacts, type Stocked, type Wanted } from "./checkout";
import { canBecome, idInOrderNumber, NEXT_STATUSES, orderNumber, statusAtFirst } from "./status";

const LIN = 1 as UserId;
const NOW = new Date("2026-11-21T04:00:00Z");
const DAY_MS = 86_400_000;
const at = (days: number): Date => new Date(NOW.getTime() + days * DAY_MS);

const mug: Offer = {
  skuId: 1, productId: 1, categoryIds: [7, 3], productStatus: "active", isActive: true, delivery: "shipped", limitPerOrder: 5, limitPerUser: 3, limitPerDay: 0, priceMode: "points",
  pointsPrice: 100, cashPriceCents: 0, discountPointsMax: 0, discountPointsMin: 0, discountShareMax: 100, discountPointsPerYuan: null,
  productFrom: null, productUntil: null, onSaleFrom: null, onSaleUntil: null,
};
const speaker: Offer = { ...mug, skuId: 2, productId: 2, categoryIds: [], limitPerUser: 0, priceMode: "cash_discount", pointsPrice: 0, cashPriceCents: 19_900, discountPointsMax: 5_000 };
const kettle: Offer = { ...speaker, skuId: 3, productId: 3, priceMode: "points_cash", pointsPrice: 50, cashPriceCents: 990, discountPointsMax: 0 };
const home = { recipient: "林", phone: "13800000000", region: "上海", street: "南京东路 1 号", postcode: "200001" };
const corner = { id: 1, name: "街角", nameEn: "Corner", address: "南京东路 2 号", addressEn: "", hours: "10–20", phone: "" };

const stocked = (offer: Offer, more: Partial<Stocked> = {}): [number, Stocked] => [offer.skuId, { offer, stock: 10, bought: 0, boughtToday: 0, isAdmitted: true, ...more }];
const facts = (shelf: [number, Stocked][], more: Partial<RedemptionFacts> = {}): RedemptionFacts => ({
  now: NOW, userId: LIN, shelf: new Map(shelf), coupon: null, pickup: null, pointsPerYuan: 100, deliveryCents: 0, freeDeliveryFromCents: 0, ...more,
});

type Plan = { quantity?: number } & Partial<Wanted>;
const wish = ({ quantity = 1, ...wanted }: Plan = {}): Wanted => ({ lines: [{ skuId: 1, quantity }], address: home, ...wanted });
const decide = (wanted: Plan = {}, offer: Partial<Offer> | null = {}, more: Partial<Stocked> = {}, other: Partial<RedemptionFacts> = {}) =>
  decideRedemption(wish(wanted), facts(offer ? [stocked({ ...mug, ...offer }, more)] : [], other));

const terms: CouponTerms = { kind: "amount", unit: "cash", amount: 2_000, percent: 0, amountMax: 0, minSpend: 0, giftSkuId: null, scope: "all", scopeIds: [] };
const coupon = (more: Partial<HeldCoupon> = {}): HeldCoupon => ({ ...terms, id: 9, publicId: "c".repeat(22), userId: LIN, status: "active", usableFrom: at(-1), expiresAt: at(1), ...more });

test("what is on sale, in stock and within every limit is redeemed at its price", () => {
  expect(decide({ quantity: 2 })).toMatchObject({ ok: true, value: { points: 200, totalCents: 0, discountCents: 0, cashDueCents: 0, lines: [{ skuId: 1, quantity: 2, points: 200 }] } });
});

test.each([
  ["nothing of this id", {}, null, {}, "not_found", {}],
  ["nothing at all", { lines: [] }, {}, {}, "empty_order", {}],
  ["a draft", {}, { productStatus: "draft" }, {}, "not_on_sale", {}],
  ["an archived product", {}, { productStatus: "archived" }, {}, "not_on_sale", {}],
  ["a SKU off sale", {}, { isActive: false }, {}, "not_on_sale", {}],
  ["what starts tomorrow", {}, { onSaleFrom: at(1) }, {}, "not_started", {}],
  ["what ended this instant", {}, { productUntil: NOW }, {}, "sale_ended", {}],
  ["what is for others", {}, {}, { isAdmitted: false }, "not_eligible", {}],
  ["more than an order may have", { quantity: 6 }, { limitPerUser: 0 }, {}, "quantity_over_limit", { limit: 5 }],
  ["more than a person may have", { quantity: 4 }, {}, {}, "purchase_limit", { limit: 3, left: 3 }],
  ["more than is left to a person", { quantity: 2 }, {}, { bought: 2 }, "purchase_limit", { limit: 3, left: 1 }],
  ["anything, for a person who has it all", {}, {}, { bought: 7 }, "purchase_limit", { limit: 3, left: 0 }],
  ["more than a day gives", { quantity: 2 }, { limitPerDay: 2 }, { boughtToday: 1, bought: 1 }, "daily_purchase_limit", { limit: 2, left: 1 }],
  ["the last one that is gone", {}, {}, { stock: 0 }, "sold_out", { left: 0 }],
  ["more than there are", { quantity: 3 }, {}, { stock: 2 }, "sold_out", { left: 2 }],
  ["a parcel without an address", { address: undefined }, {}, {}, "address_required", {}],
  ["a pick-up without a place", {}, { delivery: "pickup" }, {}, "pickup_point_required", {}],
  ["a price that went up", { expected: { points: 90, cashDueCents: 0 } }, {}, {}, "price_changed", { points: 100, cashDueCents: 0 }],
  ["a price that went down", { expected: { points: 110, cashDueCents: 0 } }, {}, {}, "price_changed", { points: 100, cashDueCents: 0 }],
  ["a cash part that moved", { expected: { points: 100, cashDueCents: 1 } }, {}, {}, "price_changed", { points: 100, cashDueCents: 0 }],
  ["a quote of another version", { expected: { version: "1.1.90.0-90-0-0" } }, {}, {}, "price_changed", { points: 100, cashDueCents: 0 }],
  ["points in another amount", { pointsToUse: 1 }, {}, {}, "points_only_product", { points: 100 }],
  ["a coupon that is not there", { couponId: "x" }, {}, {}, "coupon_not_usable", {}],
] as const)("%s is refused", (_, wanted, offer, more, code, detail) => {
  expect(decide(wanted, offer, more)).toEqual({ ok: false, code, detail });
});

test("a person without a limit may have what is in stock", () => {
  expect(decide({ quantity: 5 }, { limitPerUser: 0 }, { bought: 1_000 })).toMatchObject({ ok: true });
});

test("what is not shipped needs no address, and one that may follow is not waited for", () => {
  expect(decide({ address: undefined }, { delivery: "virtual" })).toMatchObject({ ok: true });
  expect(decide({ address: undefined, addressMayFollow: true })).toMatchObject({ ok: true });
  expect(decide({ address: undefined, addressMayFollow: true }, { delivery: "pickup" })).toMatchObject({ ok: true });
  expect(decide({ address: undefined }, { delivery: "pickup" }, {}, { pickup: corner })).toMatchObject({ ok: true });
});

test("a hidden product says nothing of its stock or limits", () => {
  expect(decide({ quantity: 99 }, { productStatus: "draft" }, { stock: 0 })).toEqual({ ok: false, code: "not_on_sale", detail: {} });
});

test("the very price that was shown is accepted, by its amounts or by its version", () => {
  expect(decide({ expected: { points: 100, cashDueCents: 0 } })).toMatchObject({ ok: true });
  const shown = decide();
  expect(shown.ok && decide({ expected: { version: shown.value.version } })).toMatchObject({ ok: true });
});

test("of several products the one that is not to be had is named", () => {
  const shelf = facts([stocked(mug), stocked(speaker, { stock: 0 })]);
  expect(decideRedemption(wish({ lines: [{ skuId: 1, quantity: 1 }, { skuId: 2, quantity: 1 }] }), shelf)).toEqual({ ok: false, code: "sold_out", detail: { left: 0, skuId: 2 } });
});

const basket = (more: Partial<Wanted> = {}): Wanted => wish({ lines: [{ skuId: 1, quantity: 2 }, { skuId: 2, quantity: 1 }, { skuId: 3, quantity: 1 }], ...more });
const three = [stocked(mug), stocked(speaker), stocked(kettle)];

test("points of a whole order pay the fixed prices first and then take a part of the cash", () => {
  expect(decideRedemption(basket({ pointsToUse: 1_250 }), facts(three))).toMatchObject({
    ok: true, value: { points: 1_250, totalCents: 20_890, discountCents: 1_000, cashDueCents: 19_890, lines: [{ points: 200 }, { points: 1_000, discountCents: 1_000, cashDueCents: 18_900 }, { points: 50, cashDueCents: 990 }] },
  });
  expect(decideRedemption(basket({ pointsToUse: 249 }), facts(three))).toEqual({ ok: false, code: "points_only_product", detail: { points: 250 } });
  expect(decideRedemption(basket({ pointsToUse: 5_251 }), facts(three))).toEqual({ ok: false, code: "too_many_points", detail: { pointsMax: 5_250 } });
});

test("a coupon takes its amount off the cash, split over the lines by what is left of each", () => {
  const answer = decideRedemption(basket({ pointsToUse: 250, couponId: "c" }), facts(three, { coupon: coupon() }));
  expect(answer).toMatchObject({ ok: true, value: { couponCents: 2_000, cashDueCents: 18_890, lines: [{ couponCents: 0 }, { couponCents: 1_905 }, { couponCents: 95 }] } });
});

test.each([
  ["of somebody else", { userId: 2 as UserId }], ["of nobody yet", { userId: null }], ["that was used", { status: "used" as const }], ["that was taken back", { status: "void" as const }],
  ["that is not good yet", { usableFrom: at(0.5) }], ["at the instant when it expires", { expiresAt: NOW }],
])("a coupon %s cannot be used", (_, more) => {
  expect(decideRedemption(basket({ couponId: "c", pointsToUse: 250 }), facts(three, { coupon: coupon(more) }))).toEqual({ ok: false, code: "coupon_not_usable", detail: {} });
});

test("a gift comes as a line that costs nothing, when there is one left beside what is bought", () => {
  const gift = coupon({ kind: "gift", giftSkuId: 1 });
  expect(decideRedemption(wish({ quantity: 3, couponId: "c" }), facts([stocked(mug, { stock: 4 })], { coupon: gift }))).toMatchObject({
    ok: true, value: { points: 300, lines: [{ quantity: 3, isGift: false }, { skuId: 1, quantity: 1, isGift: true, points: 0, cashDueCents: 0 }] },
  });
  expect(decideRedemption(wish({ quantity: 3, couponId: "c" }), facts([stocked(mug, { stock: 3 })], { coupon: gift }))).toEqual({ ok: false, code: "sold_out", detail: { left: 0, skuId: 1 } });
});

test("a gift may be all that is sent, and needs an address all the same", () => {
  const gift = coupon({ kind: "gift", giftSkuId: 1 });
  const shelf = facts([stocked(mug)], { coupon: gift, deliveryCents: 800 });
  expect(decideRedemption(wish({ lines: [], couponId: "c" }), shelf)).toMatchObject({ ok: true, value: { points: 0, cashDueCents: 800, lines: [{ isGift: true }] } });
  expect(decideRedemption(wish({ lines: [], couponId: "c", address: undefined }), shelf)).toMatchObject({ ok: false, code: "address_required" });
});

test("delivery is charged once for parcels, and not for an order that is worth enough or has a coupon for it", () => {
  const fee = { deliveryCents: 800 };
  expect(decideRedemption(basket({ pointsToUse: 250 }), facts(three, fee))).toMatchObject({ ok: true, value: { deliveryCents: 800, cashDueCents: 21_690 } });
  expect(decideRedemption(basket({ pointsToUse: 250 }), facts(three, { ...fee, freeDeliveryFromCents: 21_140 }))).toMatchObject({ ok: true, value: { deliveryCents: 0 } });
  expect(decideRedemption(basket({ pointsToUse: 250 }), facts(three, { ...fee, freeDeliveryFromCents: 21_141 }))).toMatchObject({ ok: true, value: { deliveryCents: 800 } });
  expect(decideRedemption(basket({ pointsToUse: 250, couponId: "c" }), facts(three, { ...fee, coupon: coupon({ kind: "free_delivery" }) }))).toMatchObject({ ok: true, value: { deliveryCents: 0 } });
  expect(decide({}, { delivery: "virtual" }, {}, fee)).toMatchObject({ ok: true, value: { deliveryCents: 0 } });
});

test("whatever is ordered, its lines and delivery sum to the order, and nothing falls below zero", () => {
  const line = fc.record({ quantity: fc.integer({ min: 1, max: 5 }), pointsPrice: fc.nat({ max: 5_000 }), cashPriceCents: fc.integer({ min: 1, max: 50_000 }), mode: fc.constantFrom("points", "points_cash", "cash_discount") });
  const off = fc.record({ kind: fc.constantFrom("amount", "percent"), unit: fc.constantFrom("cash", "points"), amount: fc.integer({ min: 1, max: 200_000 }), percent: fc.integer({ min: 1, max: 100 }), amountMax: fc.nat({ max: 5_000 }) });
  fc.assert(fc.property(fc.array(line, { minLength: 1, maxLength: 6 }), fc.option(off), fc.option(fc.nat({ max: 30_000 }), { nil: undefined }), fc.nat({ max: 2_000 }), (lines, given, pointsToUse, deliveryCents) => {
    const shelf = lines.map(({ pointsPrice, cashPriceCents, mode }, index) => stocked({
      ...mug, skuId: index + 1, productId: index + 1, limitPerUser: 0, priceMode: mode as Offer["priceMode"], pointsPrice: pointsPrice + (mode === "cash_discount" ? 0 : 1), cashPriceCents: mode === "points" ? 0 : cashPriceCents, discountPointsMax: 3_000,
    }));
    const wanted = wish({ lines: lines.map(({ quantity }, index) => ({ skuId: index + 1, quantity })), pointsToUse, couponId: given ? "c" : undefined });
    const answer = decideRedemption(wanted, facts(shelf, { coupon: given ? coupon(given as Partial<HeldCoupon>) : null, deliveryCents }));
    if (!answer.ok) return;
    const quote = answer.value;
    const sum = (of: (each: (typeof quote.lines)[number]) => number): number => quote.lines.reduce((total, each) => total + of(each), 0);
    expect(sum(({ points }) => points)).toBe(quote.points);
    expect(sum(({ cashDueCents }) => cashDueCents) + quote.deliveryCents).toBe(quote.cashDueCents);
    expect(quote.totalCents + quote.deliveryCents).toBe(quote.discountCents + quote.couponCents + quote.cashDueCents);
    for (const each of quote.lines) {
      expect(each.unitCents * each.quantity).toBe(each.discountCents + each.couponCents + each.cashDueCents);
      for (const amount of [each.points, each.cashDueCents, each.discountCents, each.couponCents, each.couponPoints]) expect(Number.isSafeInteger(amount) && amount >= 0).toBe(true);
    }
  }), { numRuns: 500 });
});

test("an order goes the most laborious way of its lines", () => {
  expect(deliveryOf(["virtual", "shipped", "pickup"])).toBe("shipped");
  expect(deliveryOf(["coupon", "pickup"])).toBe("pickup");
  expect(deliveryOf(["coupon", "virtual"])).toBe("virtual");
  expect(deliveryOf(["coupon"])).toBe("coupon");
});
test("an order moves forward along the table and nowhere else", () => {
  const allowed = new Set(["pending>paid", "pending>cancelled", "paid>shipped", "paid>completed", "shipped>completed", "paid>refunded", "shipped>refunded", "completed>refunded"]);
  const statuses = Object.keys(NEXT_STATUSES) as (keyof typeof NEXT_STATUSES)[];
  for (const from of statuses) for (const to of statuses) expect(`${from}>${to} ${canBecome(from, to)}`).toBe(`${from}>${to} ${allowed.has(`${from}>${to}`)}`);
});

test("an order that cash is due for waits for it; one without is paid", () => {
  expect([statusAtFirst(1), statusAtFirst(0)]).toEqual(["pending", "paid"]);
});

test("an order's number leads back to its id, and nothing else does", () => {
  const number = orderNumber({ id: 42, createdAt: new Date("2026-11-21T23:59:59Z") });
  expect(number).toBe("P2611210042");
  expect(idInOrderNumber(` ${number.toLowerCase()} `)).toBe(42);
  expect(idInOrderNumber(orderNumber({ id: 1_234_567, createdAt: new Date() }))).toBe(1_234_567);
  for (const text of ["42", "P42", "P261121004", "X2611210042", "P2611211234567890123456", "P261121 0042", ""]) expect(idInOrderNumber(text)).toBeNull();
});
