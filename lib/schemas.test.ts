import { expect, test } from "vitest";
import type { z } from "zod";

import { AddressInput, Email, NewPassword, SignUpInput, Username } from "./accounts/schema";
import { ProductInput, SkuInput, StockInput } from "./catalog/schema";
import { CancelInput, RedeemInput, ShipInput, TestPaymentInput } from "./orders/schema";

const accepts = (schema: z.ZodType, input: unknown): boolean => schema.safeParse(input).success;

const REDEEM = { requestId: "k", skuId: "1", quantity: "1", expectedPoints: "100", expectedCashDueCents: "0" };
const SKU = { priceMode: "points", pointsPrice: "100" };
const ADDRESS = { recipient: "林", phone: "+86 138 0000 0000", region: "上海", street: "南京东路 1 号" };

test("a form's numbers are text, and are read", () => {
  expect(RedeemInput.parse(REDEEM)).toMatchObject({ skuId: 1, quantity: 1, expectedPoints: 100 });
});

/** Over an action a client can send any value, not only what its form would. */
const NO_NUMBERS = [-1, 0, 0.5, "1.5", "-1", "1e9", "NaN", NaN, null, undefined, "", "abc", "0x", "٣", 2 ** 53 + 2, 1e308, Infinity, {}, [], [1, 2], "10000"];

test.each(NO_NUMBERS)("a quantity of %j is refused", (quantity) => {
  expect(accepts(RedeemInput, { ...REDEEM, quantity })).toBe(false);
});

test.each([true, [2], "1e3", " 12 ", "0x10"])("a quantity of %j, which only a lenient reader takes for a number, is refused", (quantity) => {
  expect(accepts(RedeemInput, { ...REDEEM, quantity })).toBe(false);
});

test.each([[RedeemInput, REDEEM], [SkuInput, SKU], [AddressInput, ADDRESS], [CancelInput, { requestId: "k", orderId: "A".repeat(22) }], [SignUpInput, { username: "mei", email: "mei@example.com", password: "a long enough password" }]] as const)(
  "a field that nobody asked for is refused (%#)", (schema, input) => {
    expect(accepts(schema, input)).toBe(true);
    for (const name of ["role", "points", "userId", "price", "status", "isAdmin"]) expect(accepts(schema, { ...input, [name]: 1 })).toBe(false);
  });

test.each(["", "short", "A".repeat(23), "A".repeat(21), "../../etc/passwd------", "A".repeat(21) + "%", null, 1, ["A".repeat(22)]])("%j is no order", (orderId) => {
  expect(accepts(CancelInput, { requestId: "k", orderId })).toBe(false);
});

test.each(["", "with space", "é", "a".repeat(256), "a\u0000", null, 1, undefined])("%j is no request id", (requestId) => {
  expect(accepts(CancelInput, { requestId, orderId: "A".repeat(22) })).toBe(false);
});

test("a payment at the test cashier ends in one of two ways", () => {
  const reference = "A".repeat(22);
  expect(["paid", "failed", "refunded", "", null].map((result) => accepts(TestPaymentInput, { reference, result }))).toEqual([true, true, false, false, false]);
});

test("a parcel has a carrier and a number", () => {
  const parcel = { requestId: "k", orderId: "A".repeat(22), carrier: " 顺丰 ", trackingNumber: "SF1" };
  expect(ShipInput.parse(parcel)).toMatchObject({ carrier: "顺丰" });
  for (const wrong of [{ carrier: " " }, { trackingNumber: "" }, { carrier: "x".repeat(41) }, { trackingNumber: "x".repeat(61) }]) expect(accepts(ShipInput, { ...parcel, ...wrong })).toBe(false);
});

test.each([
  ["points without a price", { pointsPrice: 0 }], ["points with cash", { cashPriceCents: 1 }], ["a pair without cash", { priceMode: "points_cash" }], ["a pair without points", { priceMode: "points_cash", pointsPrice: 0, cashPriceCents: 1 }],
  ["a cash price of nothing", { priceMode: "cash_discount", cashPriceCents: 0 }], ["a mode that is none", { priceMode: "free" }], ["a negative stock", { initialStock: -1 }], ["too much stock", { initialStock: 10_000_001 }], ["no piece an order", { limitPerOrder: 0 }],
  ["a price beyond the highest", { pointsPrice: 100_000_001 }],
])("a SKU with %s is refused", (_, wrong) => {
  expect(accepts(SkuInput, SKU)).toBe(true);
  expect(accepts(SkuInput, { ...SKU, ...wrong })).toBe(false);
});

test("a product has a name and 1 to 50 SKUs", () => {
  const product = { requestId: "k", name: "mug", skus: [SKU] };
  expect(accepts(ProductInput, product)).toBe(true);
  for (const wrong of [{ name: " " }, { skus: [] }, { skus: Array.from({ length: 51 }, () => SKU) }, { slug: "Not A Slug" }, { slug: "../x" }, { picture: "../../etc/passwd" }, { description: "x".repeat(5_001) }]) {
    expect(accepts(ProductInput, { ...product, ...wrong })).toBe(false);
  }
});

test("stock moves by something, for a reason", () => {
  const move = { requestId: "k", skuId: 1, change: -5, note: "broken" };
  expect(accepts(StockInput, move)).toBe(true);
  for (const wrong of [{ change: 0 }, { change: 0.5 }, { change: 10_000_001 }, { note: " " }]) expect(accepts(StockInput, { ...move, ...wrong })).toBe(false);
});

test("an address of e-mail is one address, stored in one way", () => {
  expect(["Mei@Example.COM", " mei@example.com ", "ｍｅｉ@example.com"].map((text) => Email.parse(text))).toEqual(["mei@example.com", "mei@example.com", "mei@example.com"]);
  expect(accepts(Email, "o'brien+shop@mail.example.co.uk")).toBe(true);
});

test.each([
  '"a@evil"@victim.com', "a@evil.com,b@x.com", "a＠evil.com@x.com", "a@b.com\r\nBcc: x@y.com", "a b@c.com", "@c.com", "a@", "a@localhost", "a@-b.com", "a@b..com", "a@b.com.", "é@b.com", `${"a".repeat(65)}@b.com`, `a@${"b".repeat(260)}.com`,
  "a@b.com\u0000", null, 0, [], ["a@b.com"], { $ne: 1 },
])("%j is no address of e-mail", (email) => {
  expect(accepts(Email, email)).toBe(false);
});

test.each(["1234567", "12345678", "password", "PASSWORD123", "aaaaaaaa", "abababab", "", null, 12_345_678, "x".repeat(201)])("%j is no password", (password) => {
  expect(accepts(NewPassword, password)).toBe(false);
});

test.each(["correct horse battery", "密码密码一二三四五", "🔑🗝🚪🏠abcd", `a1b2 ${"x".repeat(190)}`, "null\u0000inside it"])("%j is a password", (password) => {
  expect(accepts(NewPassword, password)).toBe(true);
});

test.each(["", " ", "x", "x".repeat(51), "<script>", "a\u0000b", "a\nb", "=HYPERLINK(1)", "-2+3", "@SUM", "\u202etxt.exe", null, 1])("%j is no user name", (name) => {
  expect(accepts(Username, name)).toBe(false);
});

test.each(["林", "Zoë", "O'Brien", "mei-mei", "小 明", "李·四", "user_1"])("%j is a user name", (name) => {
  expect(accepts(Username, name)).toBe(name.length >= 2);
});

test.each([{ phone: "abc" }, { phone: "1" }, { phone: "1".repeat(31) }, { recipient: " " }, { street: "x".repeat(201) }, { region: "" }, { postcode: "1".repeat(13) }])("an address with %j is refused", (wrong) => {
  expect(accepts(AddressInput, ADDRESS)).toBe(true);
  expect(accepts(AddressInput, { ...ADDRESS, ...wrong })).toBe(false);
});
