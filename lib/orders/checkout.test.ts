import { expect, test } from "vitest";

import { decideRedemption, type Offer, type RedemptionFacts, type Wanted } from "./checkout";
import { canBecome, idInOrderNumber, NEXT_STATUSES, orderNumber, statusAtFirst } from "./status";

const mug: Offer = {
  skuId: 1, productId: 1, productStatus: "active", isActive: true, delivery: "shipped", limitPerOrder: 5, limitPerUser: 3, priceMode: "points", pointsPrice: 100, cashPriceCents: 0, discountPointsMax: 0,
};
const home = { recipient: "林", phone: "13800000000", region: "上海", street: "南京东路 1 号", postcode: "200001" };

const decide = (wanted: Partial<Wanted> = {}, offer: Partial<Offer> | null = {}, facts: Partial<RedemptionFacts> = {}) =>
  decideRedemption({ quantity: 1, address: home, ...wanted }, { offer: offer && { ...mug, ...offer }, stock: 10, bought: 0, pointsPerYuan: 100, ...facts });

test("what is on sale, in stock and within every limit is redeemed at its price", () => {
  expect(decide({ quantity: 2 })).toEqual({ ok: true, value: { points: 200, totalCents: 0, discountCents: 0, cashDueCents: 0 } });
});

test.each([
  ["nothing of this id", {}, null, {}, "not_found", {}],
  ["a draft", {}, { productStatus: "draft" }, {}, "not_on_sale", {}],
  ["an archived product", {}, { productStatus: "archived" }, {}, "not_on_sale", {}],
  ["a SKU off sale", {}, { isActive: false }, {}, "not_on_sale", {}],
  ["more than an order may have", { quantity: 6 }, { limitPerUser: 0 }, {}, "quantity_over_limit", { limit: 5 }],
  ["more than a person may have", { quantity: 4 }, {}, {}, "purchase_limit", { limit: 3, left: 3 }],
  ["more than is left to a person", { quantity: 2 }, {}, { bought: 2 }, "purchase_limit", { limit: 3, left: 1 }],
  ["anything, for a person who has it all", {}, {}, { bought: 7 }, "purchase_limit", { limit: 3, left: 0 }],
  ["the last one that is gone", {}, {}, { stock: 0 }, "sold_out", { left: 0 }],
  ["more than there are", { quantity: 3 }, {}, { stock: 2 }, "sold_out", { left: 2 }],
  ["a parcel without an address", { address: undefined }, {}, {}, "address_required", {}],
  ["a price that went up", { expected: { points: 90, cashDueCents: 0 } }, {}, {}, "price_changed", { points: 100, cashDueCents: 0 }],
  ["a price that went down", { expected: { points: 110, cashDueCents: 0 } }, {}, {}, "price_changed", { points: 100, cashDueCents: 0 }],
  ["a cash part that moved", { expected: { points: 100, cashDueCents: 1 } }, {}, {}, "price_changed", { points: 100, cashDueCents: 0 }],
  ["points in another amount", { pointsToUse: 1 }, {}, {}, "points_only_product", { points: 100 }],
] as const)("%s is refused", (_, wanted, offer, facts, code, detail) => {
  expect(decide(wanted, offer, facts)).toEqual({ ok: false, code, detail });
});

test("a person without a limit may have what is in stock", () => {
  expect(decide({ quantity: 5 }, { limitPerUser: 0 }, { bought: 1_000 })).toMatchObject({ ok: true });
});

test("what is not shipped needs no address, and one that may follow is not waited for", () => {
  expect(decide({ address: undefined }, { delivery: "virtual" })).toMatchObject({ ok: true });
  expect(decide({ address: undefined, addressMayFollow: true })).toMatchObject({ ok: true });
});

test("a hidden product says nothing of its stock or limits", () => {
  expect(decide({ quantity: 99 }, { productStatus: "draft" }, { stock: 0 })).toEqual({ ok: false, code: "not_on_sale", detail: {} });
});

test("the very price that was shown is accepted", () => {
  expect(decide({ expected: { points: 100, cashDueCents: 0 } })).toMatchObject({ ok: true });
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
