import fc from "fast-check";
import { expect, test } from "vitest";

import { availabilityOf, windowOf, type SaleTerms, type Situation } from "./availability";

const at = (hour: number): Date => new Date(Date.UTC(2026, 11, 12, hour));
const terms = (change: Partial<SaleTerms> = {}): SaleTerms => ({
  productStatus: "active", isActive: true, productFrom: null, productUntil: null, onSaleFrom: null, onSaleUntil: null,
  limitPerOrder: 99, limitPerUser: 0, limitPerDay: 0, ...change,
});
const situation = (change: Partial<Situation> = {}): Situation => ({ now: at(10), isAdmitted: true, bought: 0, boughtToday: 0, stock: 10, ...change });

test.each([
  ["it is a draft", { productStatus: "draft" }, {}, 1, "not_on_sale", {}],
  ["it was archived", { productStatus: "archived" }, {}, 1, "not_on_sale", {}],
  ["its SKU is off sale", { isActive: false }, {}, 1, "not_on_sale", {}],
  ["the product starts later", { productFrom: at(11) }, {}, 1, "not_started", {}],
  ["the SKU starts later", { onSaleFrom: at(11) }, {}, 1, "not_started", {}],
  ["the product has ended", { productUntil: at(9) }, {}, 1, "sale_ended", {}],
  ["the SKU ends this instant", { onSaleUntil: at(10) }, {}, 1, "sale_ended", {}],
  ["the two windows never meet", { productFrom: at(12), onSaleUntil: at(9) }, {}, 1, "sale_ended", {}],
  ["no door lets the person in", {}, { isAdmitted: false }, 1, "not_eligible", {}],
  ["an order may have fewer", { limitPerOrder: 2 }, {}, 3, "quantity_over_limit", { limit: 2 }],
  ["the person holds as many as they may", { limitPerUser: 3 }, { bought: 3 }, 1, "purchase_limit", { limit: 3, left: 0 }],
  ["the person may have fewer more", { limitPerUser: 3 }, { bought: 2 }, 2, "purchase_limit", { limit: 3, left: 1 }],
  ["the limit was lowered under what the person holds", { limitPerUser: 1 }, { bought: 5 }, 1, "purchase_limit", { limit: 1, left: 0 }],
  ["the day's limit is reached", { limitPerDay: 2 }, { bought: 9, boughtToday: 2 }, 1, "daily_purchase_limit", { limit: 2, left: 0 }],
  ["there are fewer", {}, { stock: 1 }, 2, "sold_out", { left: 1 }],
  ["there is none", {}, { stock: 0 }, 1, "sold_out", { left: 0 }],
] as const)("it cannot be had when %s", (_, change, where, quantity, code, detail) => {
  expect(availabilityOf(terms(change), situation(where), quantity)).toEqual({ ok: false, code, detail });
});

test("it can be had from the first instant of its window", () => {
  expect(availabilityOf(terms({ productFrom: at(10), onSaleUntil: at(11) }), situation())).toEqual({ ok: true, value: { quantityMax: 10 } });
});

test("what nobody can have is said before what this person cannot, and that before what is gone", () => {
  const all = situation({ isAdmitted: false, bought: 1, boughtToday: 1, stock: 0 });
  const code = (change: Partial<SaleTerms>, where: Partial<Situation> = {}) => {
    const answer = availabilityOf(terms({ limitPerUser: 1, limitPerDay: 1, ...change }), { ...all, ...where });
    return answer.ok ? "ok" : answer.code;
  };
  expect([code({ productStatus: "archived", productUntil: at(1) }), code({ productUntil: at(1) }), code({}), code({}, { isAdmitted: true }), code({ limitPerUser: 0 }, { isAdmitted: true })])
    .toEqual(["not_on_sale", "sale_ended", "not_eligible", "purchase_limit", "daily_purchase_limit"]);
});

test("the window is the later start and the earlier end", () => {
  expect(windowOf({ productFrom: at(1), onSaleFrom: at(2), productUntil: at(9), onSaleUntil: at(8) })).toEqual({ from: at(2), until: at(8) });
  expect(windowOf({ productFrom: at(3), onSaleFrom: at(2), productUntil: null, onSaleUntil: at(8) })).toEqual({ from: at(3), until: at(8) });
  expect(windowOf({ productFrom: null, onSaleFrom: null, productUntil: null, onSaleUntil: null })).toEqual({ from: null, until: null });
});

test("exactly as many as are said can be had: that many are granted, and one more is refused", () => {
  const small = fc.integer({ min: 0, max: 6 });
  fc.assert(fc.property(fc.record({ limitPerOrder: fc.integer({ min: 1, max: 6 }), limitPerUser: small, limitPerDay: small, bought: small, boughtToday: small, stock: small }), (drawn) => {
    const [what, where] = [terms(drawn), situation(drawn)];
    const answer = availabilityOf(what, where);
    if (!answer.ok) return;
    const { quantityMax } = answer.value;
    expect(quantityMax).toBeGreaterThanOrEqual(1);
    expect(availabilityOf(what, where, quantityMax).ok).toBe(true);
    expect(availabilityOf(what, where, quantityMax + 1).ok).toBe(false);
  }));
});
