import { randomUUID } from "node:crypto";

import { expect, test } from "vitest";

import { db } from "@/db/client";
import { perform } from "@/lib/perform";
import { rows } from "@/test/database";
import { aMug, aProduct, aUser, eventsAbout, refusalOf, stockOf, theClock, theShop, unique } from "@/test/world";

import { adjustStock, saveProduct, setProductStatus } from "./commands";
import { GUEST } from "./audience";
import { listProducts } from "./listing/queries";
import { findFirstSku, findProduct } from "./queries";
import { ProductInput } from "./schema";

const input = (more: object = {}): ProductInput =>
  ProductInput.parse({ requestId: randomUUID(), name: "mug", slug: unique("mug"), status: "active", skus: [{ priceMode: "points", pointsPrice: 100, initialStock: 5 }], ...more });

const save = (product: ProductInput) => perform(theShop, (ctx) => saveProduct(ctx, product));
const adjust = (skuId: number, change: number) => perform(theShop, (ctx) => adjustStock(ctx, { requestId: randomUUID(), skuId, change, note: "counted again" }));

test("a new product has its SKUs, their stock with a reason, and an event by whoever made it", async () => {
  const bo = await aUser({ role: "staff" });
  const { id } = await perform(bo.actor, (ctx) => saveProduct(ctx, input({ skus: [{ priceMode: "points", pointsPrice: 100, initialStock: 5 }, { priceMode: "points", pointsPrice: 120 }] })));
  expect(await rows("SELECT points_price, stock FROM skus s JOIN sku_stock t ON t.sku_id = s.id WHERE product_id = ? ORDER BY position", [id]))
    .toEqual([{ points_price: 100, stock: 5 }, { points_price: 120, stock: 0 }]);
  expect(await rows("SELECT m.quantity, m.reason, m.actor_id FROM stock_moves m JOIN skus s ON s.id = m.sku_id WHERE s.product_id = ?", [id])).toEqual([{ quantity: 5, reason: "initial", actor_id: bo.id }]);
  expect(await eventsAbout("product", id)).toMatchObject([{ name: "product.created", actor_id: bo.id, data: { changes: { name: [null, "mug"], status: [null, "active"] } } }]);
});

test("a change is an event that says what was and what is; nothing changed is no event", async () => {
  const mug = await aMug();
  const same = input({ id: mug.id, slug: mug.slug, name: "mug", nameEn: "mug", delivery: "virtual", skus: [{ id: mug.skuId, priceMode: "points", pointsPrice: 100 }] });
  await save(same);
  expect((await eventsAbout("product", mug.id)).map(({ name }) => name)).toEqual(["product.created"]);
  await save({ ...same, name: "cup", skus: [{ ...same.skus[0]!, pointsPrice: 90 }] });
  expect((await eventsAbout("product", mug.id)).slice(1).map(({ data }) => data)).toEqual([{ changes: { name: ["mug", "cup"], [`sku.${mug.skuId}.pointsPrice`]: [100, 90] } }]);
});

test("saving an old SKU never touches its stock, whatever initial stock is sent", async () => {
  const mug = await aMug({ initialStock: 4 });
  await save(input({ id: mug.id, slug: mug.slug, skus: [{ id: mug.skuId, priceMode: "points", pointsPrice: 100, initialStock: 999 }] }));
  expect(await stockOf(mug)).toBe(4);
});

test("an address that another product has is refused", async () => {
  const mug = await aMug();
  expect(await refusalOf(save(input({ slug: mug.slug })))).toBe("slug_taken");
  const other = await aMug();
  expect(await refusalOf(save(input({ id: other.id, slug: mug.slug, skus: [{ id: other.skuId, priceMode: "points", pointsPrice: 1 }] })))).toBe("slug_taken");
});

test("a product that is not there, and a SKU of another product, are not found and change nothing", async () => {
  const [mug, tote] = [await aMug(), await aMug()];
  expect(await refusalOf(save(input({ id: 999_999_999 })))).toBe("not_found");
  expect(await refusalOf(save(input({ id: mug.id, slug: mug.slug, skus: [{ id: tote.skuId, priceMode: "points", pointsPrice: 1 }] })))).toBe("not_found");
  expect(await rows("SELECT points_price FROM skus WHERE id = ?", [tote.skuId])).toEqual([{ points_price: 100 }]);
});

test("stock goes up and down by hand, with a note and an event, and never below nothing", async () => {
  const mug = await aMug({ initialStock: 5 });
  expect(await adjust(mug.skuId, 3)).toEqual({ stock: 8 });
  expect(await adjust(mug.skuId, -8)).toEqual({ stock: 0 });
  expect(await refusalOf(adjust(mug.skuId, -1))).toBe("stock_too_low");
  expect(await refusalOf(adjust(999_999_999, 1))).toBe("not_found");
  expect((await eventsAbout("sku", mug.skuId)).map(({ data }) => data)).toEqual([{ from: 5, to: 8, note: "counted again" }, { from: 8, to: 0, note: "counted again" }]);
});

test("a product is taken off sale once; doing it again is no event", async () => {
  const mug = await aMug();
  const archive = () => perform(theShop, (ctx) => setProductStatus(ctx, { requestId: randomUUID(), id: mug.id, status: "archived" }));
  await archive();
  await archive();
  expect((await eventsAbout("product", mug.id)).slice(1)).toMatchObject([{ name: "product.changed", data: { changes: { status: ["active", "archived"] } } }]);
  expect(await refusalOf(perform(theShop, (ctx) => setProductStatus(ctx, { requestId: "x", id: 999_999_999, status: "draft" })))).toBe("not_found");
});

test.each(["draft", "archived"] as const)("a product that is %s is nowhere in the shop: not by its address, its id, a search or the list", async (status) => {
  const name = unique("hidden");
  const product = await aProduct({ name, status });
  expect(await findProduct(db(), product.slug, GUEST)).toBeNull();
  expect(await findFirstSku(product.id, theClock.now())).toBeNull();
  expect((await listProducts(db(), { sort: "newest", limit: 48, search: name, now: theClock.now(), looker: { shows: "all", segmentIds: [] } })).products).toEqual([]);
});

test("a product whose SKUs are all off sale is nowhere either, and one SKU off sale is not offered", async () => {
  const [none, one] = [await aMug({ isActive: false }), await aProduct({ skus: [{ isActive: false, pointsPrice: 1 }, { pointsPrice: 70 }] })];
  expect(await findProduct(db(), none.slug, GUEST)).toBeNull();
  expect((await findProduct(db(), one.slug, GUEST))!.skus.map(({ pointsPrice }) => pointsPrice)).toEqual([70]);
  expect(await findFirstSku(one.id, theClock.now())).toBe(one.skuIds[1]);
});
