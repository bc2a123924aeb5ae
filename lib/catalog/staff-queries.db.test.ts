import { randomUUID } from "node:crypto";

import { expect, test } from "vitest";

import { db } from "@/db/client";
import { refundItem } from "@/lib/orders/refunding/commands";
import { perform } from "@/lib/perform";
import { anOrder, aProduct, aUser, noonIn, theClock, theShop, unique } from "@/test/world";

import { saveCategory } from "./categories/commands";
import { CategoryInput } from "./categories/schema";
import { adjustStock } from "./commands";
import { allProductIds, countLowStock, findProductForStaff, listProductsForStaff, listStockMoves } from "./staff-queries";

const FACTS = { now: theClock.now(), lowStockMax: 5 };
const find = async (search: string, more: object = {}, part: object = {}) => listProductsForStaff(db(), { search, ...more }, { limit: 10, ...part }, FACTS);

test("a merchant finds a product by either name or by its address, in any script", async () => {
  const mark = unique("kettle");
  await aProduct({ name: `手冲壶 ${mark}`, nameEn: `Pour-over ${mark}`, slug: `slug-${mark}` });
  for (const search of [`手冲壶 ${mark}`, `pour-over ${mark}`, `slug-${mark}`]) expect((await find(search)).products, search).toHaveLength(1);
  expect((await find("没有这样的商品")).products).toEqual([]);
  expect((await find("%")).total).toBe(0);
});

test("a row sums up its SKUs: stock on sale, the first price, and what was redeemed in thirty days", async () => {
  const name = unique("socks");
  const product = await aProduct({ name, skus: [{ pointsPrice: 90, initialStock: 8 }, { pointsPrice: 70, initialStock: 4 }, { pointsPrice: 10, initialStock: 50, isActive: false }] });
  const lin = await aUser({ points: 1_000 });
  await anOrder(lin, product, { quantity: 2 });
  await anOrder(lin, product, {}, noonIn(-31));
  const { products: [row] } = await find(name);
  expect(row).toMatchObject({ skuCount: 3, stock: 9, pointsPrice: 90, lowStock: true, redeemedLast30Days: 2 });
});

test("low stock is a matter of what is on sale", async () => {
  const before = await countLowStock(db(), 5);
  const draft = unique("draft");
  await aProduct({ name: draft, status: "draft", skus: [{ initialStock: 1 }] });
  await aProduct({ name: unique("full"), skus: [{ initialStock: 6 }] });
  expect(await countLowStock(db(), 5)).toBe(before);
  const low = unique("low");
  await aProduct({ name: low, skus: [{ initialStock: 5 }] });
  expect(await countLowStock(db(), 5)).toBe(before + 1);
  expect((await find(low, { stock: "low" })).products).toHaveLength(1);
  expect((await find(draft, { stock: "low" })).products).toEqual([]);
});

test("views count the whole shop while a search is on", async () => {
  const name = unique("hidden");
  await aProduct({ name, status: "archived" });
  const all = await listProductsForStaff(db(), {}, { limit: 1 }, FACTS);
  const found = await find(name, { status: "active" });
  expect(found).toMatchObject({ products: [], total: 0, counts: all.counts });
  expect(all.counts.archived).toBeGreaterThan(0);
});

test("a page holds as many as it may and no page repeats the one before", async () => {
  const mark = unique("many");
  for (let made = 0; made < 3; made++) await aProduct({ name: `${mark} ${made}`, slug: unique(mark) });
  const pages = await Promise.all([0, 2].map((offset) => find(mark, {}, { limit: 2, offset })));
  expect(pages.map(({ products }) => products.length)).toEqual([2, 1]);
  expect(new Set(pages.flatMap(({ products }) => products.map(({ id }) => id))).size).toBe(3);
});

test("stock's history says who moved it by hand, and which order took the rest", async () => {
  const wei = await aUser({ name: "wei", role: "staff" });
  const product = await aProduct({ skus: [{ initialStock: 3 }] });
  await perform(wei.actor, (ctx) => adjustStock(ctx, { requestId: randomUUID(), skuId: product.skuId, change: 2, note: "found behind the shelf" }));
  const { orderId } = await anOrder(await aUser({ points: 100 }), product);
  expect(await listStockMoves(db(), product.id, 10)).toMatchObject([
    { reason: "order", quantity: -1, orderId, actorName: null },
    { reason: "adjust", quantity: 2, orderId: null, actorName: wei.username, note: "found behind the shelf" },
    { reason: "initial", quantity: 3 },
  ]);
  expect(await listStockMoves(db(), product.id, 1)).toHaveLength(1);
});

test("a merchant sees SKUs and products that the shop does not", async () => {
  const product = await aProduct({ status: "draft", skus: [{}, { isActive: false }] });
  expect((await findProductForStaff(db(), product.id))!.skus.map(({ isActive }) => isActive)).toEqual([true, false]);
  expect(await findProductForStaff(db(), 999_999_999)).toBeNull();
});

test("a SKU's own number goes before the shop's for what is low", async () => {
  const [early, late] = [unique("early"), unique("late")];
  await aProduct({ name: early, skus: [{ initialStock: 20, lowStock: 20 }] });
  await aProduct({ name: late, skus: [{ initialStock: 3, lowStock: 2 }] });
  const low = await Promise.all([early, late].map((name) => find(name, { stock: "low" })));
  expect(low.map(({ total }) => total)).toEqual([1, 0]);
  expect((await find(early)).products).toMatchObject([{ lowStock: true }]);
  expect((await find(late)).products).toMatchObject([{ lowStock: false }]);
});

test("the list shows one category's products alone", async () => {
  const slug = unique("shelf");
  const { id } = await perform(theShop, (ctx) => saveCategory(ctx, CategoryInput.parse({ requestId: "k", name: slug, slug })));
  const filed = await aProduct({ categoryId: id });
  await aProduct();
  expect((await listProductsForStaff(db(), { categoryId: id }, { limit: 10 }, FACTS)).products.map((product) => product.id)).toEqual([filed.id]);
});

test("a refund's pieces name the order that they came back from", async () => {
  const wei = await aUser({ name: "wei", role: "staff" });
  const product = await aProduct({ skus: [{ initialStock: 3 }] });
  const { orderId } = await anOrder(await aUser({ points: 100 }), product);
  await perform(wei.actor, (ctx) => refundItem(ctx, { requestId: randomUUID(), orderId, line: 1, quantity: 1, restock: true, reason: "arrived broken" }));
  expect((await listStockMoves(db(), product.id, 1))[0]).toMatchObject({ reason: "refund", quantity: 1, orderId, actorName: wei.username });
});

test("all products that match are gone through in parts, once and in the list's order", async () => {
  const name = unique("walked");
  for (const stock of [3, 8, 3, 8, 1]) await aProduct({ name, skus: [{ initialStock: stock }] });
  for (const by of ["updated", "name", "stock"] as const) {
    for (const down of [true, false]) {
      const parts: number[][] = [];
      for await (const part of allProductIds(db(), { search: name }, { by, down }, 5, 2)) parts.push(part);
      expect(parts.flat(), `${by} ${down}`).toEqual((await find(name, {}, { sort: { by, down } })).products.map(({ id }) => id));
      expect(parts.map(({ length }) => length)).toEqual([2, 2, 1]);
    }
  }
});
