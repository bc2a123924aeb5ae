import fc from "fast-check";
import { expect, test } from "vitest";

import { db } from "@/db/client";
import { rows } from "@/test/database";
import { aProduct as aNamedProduct, aUser, anOrder, theClock, unique } from "@/test/world";

import { GUEST, type Standing } from "../audience";
import { findFirstSku, findProduct, listSkus } from "../queries";

import { SORTS } from "./card";
import { listProductCards, listProducts, listWindowEdges, type Looker, type ProductSearch } from "./queries";

const everybody: Looker = { shows: "all", segmentIds: [] };
const list = (wanted: Partial<ProductSearch>) => listProducts(db(), { sort: "recommended", limit: 48, looker: everybody, now: theClock.now(), ...wanted });
const found = async (search: string): Promise<number[]> => (await list({ search })).products.map(({ id }) => id);

/** What is alike in all the products of one test, so that other tests' products are not found: letters that no word of theirs has. */
const mark = (): string => unique("zq").replace(/[^a-z0-9]/g, "");

/** Names are of any letters here, and an address is not. */
const aProduct: typeof aNamedProduct = (plan) => aNamedProduct({ slug: unique("thing"), ...plan });

const hourFromNow = (hours: number): Date => new Date(theClock.now().getTime() + hours * 3_600_000);
const openSku = (skuId: number, from: Date | null, until: Date | null) => rows("UPDATE skus SET on_sale_from = ?, on_sale_until = ? WHERE id = ?", [from, until, skuId]);
const openProduct = (id: number, from: Date | null, until: Date | null) => rows("UPDATE products SET on_sale_from = ?, on_sale_until = ? WHERE id = ?", [from, until, id]);

async function aSegment(): Promise<number> {
  const slug = unique("segment");
  await rows("INSERT INTO segments (slug, name, definition) VALUES (?, 'a segment', '{}')", [slug]);
  return (await rows<{ id: number }>("SELECT id FROM segments WHERE slug = ?", [slug]))[0]!.id;
}

async function gate(product: { id: number }, ...gates: readonly ["level" | "segment", number][]): Promise<void> {
  await rows("UPDATE products SET is_gated = TRUE WHERE id = ?", [product.id]);
  for (const [kind, audienceId] of gates) await rows("INSERT INTO product_gates (product_id, kind, audience_id) VALUES (?, ?, ?)", [product.id, kind, audienceId]);
}

async function ownPrice(skuId: number, kind: "level" | "segment", audienceId: number, pointsPrice: number): Promise<void> {
  await rows("UPDATE skus SET has_own_prices = TRUE WHERE id = ?", [skuId]);
  await rows("INSERT INTO sku_prices (sku_id, kind, audience_id, points_price) VALUES (?, ?, ?, ?)", [skuId, kind, audienceId, pointsPrice]);
}

/** A level that stands above all others of the test. */
async function aLevel(rank: number): Promise<{ id: number; rank: number }> {
  const [known] = await rows<{ id: number }>("SELECT id FROM levels WHERE `rank` = ?", [rank]);
  if (!known) await rows("INSERT INTO levels (`rank`, name, name_en, threshold) VALUES (?, '黄金', 'Gold', ?)", [rank, rank * 1_000]);
  return { id: known?.id ?? (await rows<{ id: number }>("SELECT id FROM levels WHERE `rank` = ?", [rank]))[0]!.id, rank };
}

test.each([
  ["two Chinese characters", "马克"], ["a Chinese word", "马克杯"], ["one Chinese character", "杯"], ["an English word", "mail"], ["an English word in capitals", "CERAMIC"],
  ["part of a word", "eram"], ["words of both languages", "陶瓷 mug"], ["words in any order", "mug ceramic"], ["a word of the description", "洗碗机"],
  ["words of the name and of the description", "马克 洗碗机"], ["a long and a short word", "马克 杯"], ["a word with stop words in it", "mailbag"], ["full-width letters", "ＭＵＧ"],
  ["a word between spaces", "   mug   "], ["a sign beside the word", "mug +"], ["operators around the word", "+mug*"],
])("a search finds %s", async (_, search) => {
  const own = mark();
  const mug = await aProduct({ name: `陶瓷马克杯 ${own}`, nameEn: `Ceramic mug mailbag ${own} +mug*`, description: "可以放进洗碗机。" });
  await aProduct({ name: `书 ${own}`, nameEn: `Book ${own}`, description: "" });
  expect(await found(`${search} ${own}`)).toEqual([mug.id]);
});

test.each([
  ["a word that is nowhere", "茶壶"], ["one word of two", "mug teapot"], ["characters that stand apart", "马杯"], ["one character of the description", "碗"],
])("a search does not find %s", async (_, search) => {
  const own = mark();
  await aProduct({ name: `陶瓷马克杯 ${own}`, nameEn: `Ceramic mug ${own}`, description: "可以放进洗碗机。" });
  expect(await found(`${search} ${own}`)).toEqual([]);
});

test("signs are letters: wildcards and operators find only themselves", async () => {
  const own = mark();
  const [percent, plain, plus, present] = await Promise.all([
    aProduct({ name: `100%_off ${own}` }), aProduct({ name: `100xxoff ${own}` }), aProduct({ name: `C++ ${own}` }), aProduct({ name: `🎁 ${own}` }),
  ]);
  const finds = async (search: string) => found(`${search} ${own}`);
  expect(await finds("100%_off")).toEqual([percent.id]);
  expect(await finds("100xxoff")).toEqual([plain.id]);
  expect(await finds("c++")).toEqual([plus.id]);
  expect(await finds("🎁")).toEqual([present.id]);
  expect(await finds("100%")).toEqual([percent.id]);
  expect(await finds("100\\%")).toEqual([]);
  expect([await found("%%%"), await found("___"), await found("\\")]).toEqual([[], [], []]);
});

test.each(['+-*"<>()~@', '"', '""', '"mug', "mug\"", "+", "+mug -", "(((", "@@@ mug", "mug @8", "~mug", "<mug>", "'; DROP TABLE products; --", "\\", "\\\"", "\u0000mug", "\ud83d", "🎁".repeat(250), "mug ".repeat(125), "杯".repeat(500), "%".repeat(500)])(
  "whatever is typed, it is a search and no error: %j", async (search) => {
    expect((await list({ search })).total).toBeGreaterThanOrEqual(0);
  });

test("any text at all is a search", async () => {
  await fc.assert(fc.asyncProperty(fc.string({ unit: "binary", maxLength: 40 }), async (search) => void (await list({ search, limit: 1 }))), { numRuns: 60 });
});

test("what fits best comes first: a name that begins so, that holds it, that holds all words, then a description", async () => {
  const own = mark();
  const inText = await aProduct({ name: "a", nameEn: "a", description: `${own} tea` });
  const apart = await aProduct({ name: `tea for ${own}` });
  const inside = await aProduct({ name: `the ${own} tea` });
  const begins = await aProduct({ name: `${own} tea set` });
  expect(await found(`${own} tea`)).toEqual([begins, inside, apart, inText].map(({ id }) => id));
  expect((await list({ search: `${own} tea`, sort: "newest" })).products.map(({ id }) => id)).toEqual([begins, inside, apart, inText].map(({ id }) => id).sort((a, b) => b - a));
});

test.each(SORTS)("pages by %s hold every product once, whatever is put on sale between two of them", async (sort) => {
  const own = mark();
  const prices = [30, 10, 20, 10, 30, 10, 20, 0];
  const made = await Promise.all(prices.map((pointsPrice) => aProduct({ name: own, skus: [pointsPrice > 0 ? { pointsPrice } : { priceMode: "cash_discount", pointsPrice: 0, cashPriceCents: 500 }] })));
  const seen: number[] = [];
  for (let after: string | undefined; ; ) {
    const page = await list({ sort, limit: 3, search: own, after });
    seen.push(...page.products.map(({ id }) => id));
    await aProduct({ name: own, skus: [{ pointsPrice: 15 }] });
    if (page.nextAfter === null) break;
    after = page.nextAfter;
  }
  expect(new Set(seen).size).toBe(seen.length);
  expect(seen).toEqual(expect.arrayContaining(made.map(({ id }) => id)));
});

test("by points, a price in cash alone stands behind all prices in points", async () => {
  const own = mark();
  const cash = await aProduct({ name: own, skus: [{ priceMode: "cash_discount", pointsPrice: 0, cashPriceCents: 100 }] });
  const dear = await aProduct({ name: own, skus: [{ pointsPrice: 90_000 }] });
  expect((await list({ search: own, sort: "points" })).products.map(({ id }) => id)).toEqual([dear.id, cash.id]);
});

test("by popularity, what was redeemed more often comes first, a cancelled order counts for nothing, and orders in between move nothing", async () => {
  const own = mark();
  const [once, never, twice] = [await aProduct({ name: own, skus: [{ initialStock: 9 }] }), await aProduct({ name: own, skus: [{ initialStock: 9 }] }), await aProduct({ name: own, skus: [{ initialStock: 9 }] })];
  const who = await aUser({ points: 5_000 });
  for (const product of [once, twice, twice]) await anOrder(who, product);
  const { orderId } = await anOrder(who, never);
  await rows("UPDATE orders SET status = 'cancelled' WHERE public_id = ?", [orderId]);
  const first = await list({ search: own, sort: "popular", limit: 2 });
  await Promise.all([anOrder(who, never), anOrder(who, never), anOrder(who, never)]);
  const second = await list({ search: own, sort: "popular", limit: 2, after: first.nextAfter! });
  expect([...first.products, ...second.products].map(({ id }) => id)).toEqual([twice.id, once.id, never.id]);
  // The books are checked when the file is done: what was only marked as cancelled is put back.
  await rows("UPDATE orders SET status = 'paid' WHERE public_id = ?", [orderId]);
});

test("a category holds what is in those under it", async () => {
  const own = mark();
  const make = async (name: string, parentId: number | null): Promise<{ id: number; slug: string }> => {
    const slug = unique(name);
    await rows("INSERT INTO categories (slug, name, parent_id) VALUES (?, ?, ?)", [slug, name, parentId]);
    return { id: (await rows<{ id: number }>("SELECT id FROM categories WHERE slug = ?", [slug]))[0]!.id, slug };
  };
  const home = await make("home", null);
  const kitchen = await make("kitchen", home.id);
  const cups = await make("cups", kitchen.id);
  const [lamp, pan, cup] = [await aProduct({ name: own, categoryId: home.id }), await aProduct({ name: own, categoryId: kitchen.id }), await aProduct({ name: own, categoryId: cups.id })];
  await aProduct({ name: own });
  const inside = async (category: string) => (await list({ search: own, category })).products.map(({ id }) => id);
  expect(await inside(home.slug)).toEqual([lamp.id, pan.id, cup.id]);
  expect(await inside(kitchen.slug)).toEqual([pan.id, cup.id]);
  expect(await inside(cups.slug)).toEqual([cup.id]);
  expect(await inside("no-such-category")).toEqual([]);
});

test("only what is open now is listed: the product's window and its SKU's", async () => {
  const own = mark();
  const [open, later, over, skuLater] = await Promise.all([0, 1, 2, 3].map(() => aProduct({ name: own })));
  await openProduct(open!.id, hourFromNow(-1), hourFromNow(1));
  await openProduct(later!.id, hourFromNow(1), null);
  await openProduct(over!.id, null, hourFromNow(-1));
  await openSku(skuLater!.skuId, hourFromNow(2), null);
  expect(await found(own)).toEqual([open!.id]);
  expect((await listProductCards(db(), [open!.id, later!.id, over!.id, skuLater!.id], GUEST, theClock.now())).map(({ id }) => id)).toEqual([open!.id]);
  expect((await list({ search: own, now: hourFromNow(1) })).products.map(({ id }) => id)).toEqual([later!.id]);
  const [[{ at }], edges] = [await rows<{ at: Date }>("SELECT on_sale_from AS at FROM products WHERE id = ?", [later!.id]) as [{ at: Date }], await listWindowEdges(theClock.now(), 500)];
  expect(edges).toContainEqual(at);
  expect(edges).toEqual([...edges].sort((a, b) => a.getTime() - b.getTime()));
  expect(edges[0]!.getTime()).toBeGreaterThan(theClock.now().getTime());
  // The page of what is not open is there, to say when.
  for (const product of [later!, over!, skuLater!]) expect(await findProduct(db(), product.slug, GUEST)).toMatchObject({ id: product.id });
  expect(await findFirstSku(later!.id, theClock.now())).toBe(later!.skuId);
});

test("a card shows the first SKU that is open now, and counts the pieces of those alone", async () => {
  const own = mark();
  const product = await aProduct({ name: own, skus: [{ pointsPrice: 10, initialStock: 5 }, { pointsPrice: 20, initialStock: 3 }, { pointsPrice: 5, initialStock: 7, isActive: false }] });
  await openSku(product.skuIds[0]!, hourFromNow(1), null);
  expect((await list({ search: own })).products).toMatchObject([{ skuId: product.skuIds[1], pointsPrice: 20, stock: 3 }]);
  expect(await findFirstSku(product.id, theClock.now())).toBe(product.skuIds[1]);
});

test("the offer of a flash sale is in no list, on no card and on no page", async () => {
  const own = mark();
  const product = await aProduct({ name: own, skus: [{ pointsPrice: 1, initialStock: 9 }, { pointsPrice: 100, initialStock: 4 }] });
  await rows("UPDATE skus SET kind = 'flash' WHERE id = ?", [product.skuIds[0]!]);
  expect((await list({ search: own })).products).toMatchObject([{ skuId: product.skuIds[1], pointsPrice: 100, stock: 4 }]);
  expect((await findProduct(db(), product.slug, GUEST))!.skus.map(({ id }) => id)).toEqual([product.skuIds[1]]);
  expect((await listSkus(db(), product.id)).map(({ id }) => id)).toEqual([product.skuIds[1]]);
  expect(await findFirstSku(product.id, theClock.now())).toBe(product.skuIds[1]);
  await rows("UPDATE skus SET kind = 'flash' WHERE id = ?", [product.skuIds[1]!]);
  expect([await found(own), await findProduct(db(), product.slug, GUEST), await findFirstSku(product.id, theClock.now())]).toEqual([[], null, null]);
});

test("what only a segment opens is nowhere for anybody else: not in the list, a search, the cards or at its address", async () => {
  const own = mark();
  const [inside, outside] = [await aSegment(), await aSegment()];
  const product = await aProduct({ name: own });
  await gate(product, ["segment", inside]);
  const member: Standing = { levelRank: 9, segmentIds: [inside, outside] };
  const stranger: Standing = { levelRank: 9, segmentIds: [outside] };
  const seenBy = async (standing: Standing) => [
    (await list({ search: own, looker: { shows: "all", segmentIds: standing.segmentIds } })).total,
    (await list({ search: own, looker: { shows: "admitted", standing } })).total,
    (await list({ search: own, looker: { shows: "affordable", standing, points: 1_000_000, pointsPerYuan: 100 } })).total,
    (await listProductCards(db(), [product.id], standing, theClock.now())).length,
    (await findProduct(db(), product.slug, standing)) === null ? 0 : 1,
  ];
  expect(await seenBy(member)).toEqual([1, 1, 1, 1, 1]);
  expect(await seenBy(stranger)).toEqual([0, 0, 0, 0, 0]);
  expect(await seenBy(GUEST)).toEqual([0, 0, 0, 0, 0]);
});

test("what a level opens is shown to all as something to reach, and is not among what one may have below it", async () => {
  const own = mark();
  const gold = await aLevel(73);
  const product = await aProduct({ name: own });
  await gate(product, ["level", gold.id]);
  const seenBy = async (standing: Standing) => [
    (await list({ search: own, looker: { shows: "all", segmentIds: standing.segmentIds } })).products.map(({ gates }) => gates.map(({ levelRank }) => levelRank)),
    (await list({ search: own, looker: { shows: "admitted", standing } })).total,
    (await list({ search: own, looker: { shows: "affordable", standing, points: 1_000_000, pointsPerYuan: 100 } })).total,
    (await listProductCards(db(), [product.id], standing, theClock.now())).length,
    (await findProduct(db(), product.slug, standing)) === null ? 0 : 1,
  ];
  expect(await seenBy({ levelRank: 73, segmentIds: [] })).toEqual([[[73]], 1, 1, 1, 1]);
  expect(await seenBy({ levelRank: 74, segmentIds: [] })).toEqual([[[73]], 1, 1, 1, 1]);
  expect(await seenBy({ levelRank: 72, segmentIds: [] })).toEqual([[[73]], 0, 0, 0, 1]);
  expect(await seenBy(GUEST)).toEqual([[[73]], 0, 0, 0, 1]);
});

test("a gated product whose doors are all gone is nowhere", async () => {
  const own = mark();
  const product = await aProduct({ name: own });
  await gate(product);
  expect([await found(own), await findProduct(db(), product.slug, { levelRank: 99, segmentIds: [] })]).toEqual([[], null]);
  await rows("UPDATE products SET is_gated = FALSE WHERE id = ?", [product.id]);
});

test("what one can afford is in stock, open to them and costs no more than they have, at their own price", async () => {
  const own = mark();
  const [silver, segment] = [await aLevel(71), await aSegment()];
  const [within, dear, gone, cash] = [
    await aProduct({ name: own, skus: [{ pointsPrice: 100 }] }), await aProduct({ name: own, skus: [{ pointsPrice: 101 }] }),
    await aProduct({ name: own, skus: [{ pointsPrice: 50, initialStock: 0 }] }), await aProduct({ name: own, skus: [{ priceMode: "cash_discount", pointsPrice: 0, cashPriceCents: 100 }] }),
  ];
  const [mine, higher] = [await aProduct({ name: own, skus: [{ pointsPrice: 300 }] }), await aProduct({ name: own, skus: [{ pointsPrice: 90 }] })];
  await ownPrice(mine.skuId, "level", silver.id, 200);
  await ownPrice(mine.skuId, "segment", segment, 100);
  await ownPrice(higher.skuId, "level", silver.id, 400);
  const affordable = async (standing: Standing) => (await list({ search: own, looker: { shows: "affordable", standing, points: 100, pointsPerYuan: 100 } })).products.map(({ id }) => id);
  expect(await affordable({ levelRank: 0, segmentIds: [] })).toEqual([within.id, higher.id]);
  expect(await affordable({ levelRank: 71, segmentIds: [] })).toEqual([within.id, higher.id]);
  expect(await affordable({ levelRank: 71, segmentIds: [segment] })).toEqual([within.id, mine.id, higher.id]);
  for (const absent of [dear, gone, cash]) expect(await affordable({ levelRank: 99, segmentIds: [segment] })).not.toContain(absent.id);
});

test("a cursor that somebody made up is no more than a page", async () => {
  for (const sort of SORTS) {
    for (const after of ["'; DROP TABLE users; --", "1.2.3", "1.2.3.4", "-1", "9".repeat(30), "NaN", "999999999999999.999999999999999.999999999999999"]) {
      expect((await list({ sort, limit: 5, after })).products.length).toBeLessThanOrEqual(5);
    }
  }
  expect((await list({ limit: 1_000_000_000 })).products.length).toBeLessThanOrEqual(48);
});
