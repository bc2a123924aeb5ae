import { randomUUID } from "node:crypto";

import { beforeAll, expect, test } from "vitest";

import { db } from "@/db/client";
import { closeFlashSale } from "@/lib/flash/commands";
import { perform } from "@/lib/perform";
import { count, rows } from "@/test/database";
import { aCouponTemplate, aFlashSale, aMug, aProduct, aUser, eventsAbout, refusalOf, stockOf, theClock, theShop, unique, type TestProduct } from "@/test/world";

import { addCodes } from "../codes/commands";
import { adjustStock, saveProduct, setProductStatus } from "../commands";
import { ProductInput } from "../schema";
import { findProductForStaff } from "../staff-queries";

const people: { gold: number; regulars: number } = { gold: 0, regulars: 0 };

beforeAll(async () => {
  await rows("INSERT INTO levels (`rank`, name, threshold, multiplier_percent, benefits, benefits_en) VALUES (0, 'Member', 0, 100, '', ''), (2, 'Gold', 5000, 110, '', '')");
  await rows("INSERT INTO segments (slug, name, definition) VALUES ('regulars', 'Regulars', '{}')");
  people.gold = await count("SELECT id FROM levels WHERE `rank` = 2");
  people.regulars = await count("SELECT id FROM segments WHERE slug = 'regulars'");
});

const gold = () => ({ kind: "level" as const, audienceId: people.gold });
const regulars = () => ({ kind: "segment" as const, audienceId: people.regulars });

type Wanted = { skus?: object[] } & Record<string, unknown>;
/** The product as its page sends it, with changes; a SKU that it has keeps its id. */
function input(product: TestProduct | null, { skus = [{}], ...more }: Wanted = {}): ProductInput {
  const offers = skus.map((sku, index) => ({ ...(product?.skuIds[index] ? { id: product.skuIds[index] } : {}), priceMode: "points", pointsPrice: 100, ...sku }));
  return ProductInput.parse({ requestId: randomUUID(), ...(product ? { id: product.id, slug: product.slug } : {}), name: "mug", nameEn: "mug", delivery: "virtual", status: "active", ...more, skus: offers });
}
const save = (product: TestProduct | null, wanted: Wanted = {}) => perform(theShop, (ctx) => saveProduct(ctx, input(product, wanted)));
const lastChange = async ({ id }: { id: number }) => (await eventsAbout("product", id)).at(-1)!.data.changes as Record<string, unknown>;

/** What was refused, with the field that it is about. */
const refusedAt = async (work: Promise<unknown>): Promise<unknown[]> =>
  work.then(() => ["saved"], (error: { code?: string; detail?: { field?: string; reason?: string } }) => [error.code, error.detail?.reason, error.detail?.field].filter((part) => part !== undefined));

test("a product for some people says so by its flag, and its gates and the flag go together", async () => {
  const mug = await aMug();
  await save(mug, { gates: [gold(), regulars()] });
  expect(await rows("SELECT is_gated FROM products WHERE id = ?", [mug.id])).toEqual([{ is_gated: 1 }]);
  expect(await count("SELECT COUNT(*) FROM product_gates WHERE product_id = ?", [mug.id])).toBe(2);
  expect(await lastChange(mug)).toEqual({ isGated: [false, true], gates: [[], [`level:${people.gold}`, `segment:${people.regulars}`]] });
  await save(mug, { gates: [regulars()] });
  expect(await lastChange(mug)).toEqual({ gates: [[`level:${people.gold}`, `segment:${people.regulars}`], [`segment:${people.regulars}`]] });
  await save(mug);
  expect(await rows("SELECT is_gated FROM products WHERE id = ?", [mug.id])).toEqual([{ is_gated: 0 }]);
  expect(await count("SELECT COUNT(*) FROM product_gates WHERE product_id = ?", [mug.id])).toBe(0);
  expect(await lastChange(mug)).toEqual({ isGated: [true, false], gates: [[`segment:${people.regulars}`], []] });
});

test("own prices and their flag go together, and the audit trail has both", async () => {
  const mug = await aMug();
  await save(mug, { skus: [{ prices: [{ ...gold(), pointsPrice: 80 }] }] });
  expect(await rows("SELECT has_own_prices FROM skus WHERE id = ?", [mug.skuId])).toEqual([{ has_own_prices: 1 }]);
  const at = `sku.${mug.skuId}`;
  expect(await lastChange(mug)).toEqual({ [`${at}.hasOwnPrices`]: [false, true], [`${at}.prices`]: [[], [{ audience: `level:${people.gold}`, pointsPrice: 80, cashPriceCents: 0 }]] });
  await save(mug, { skus: [{ prices: [{ ...gold(), pointsPrice: 75 }] }] });
  expect(Object.keys(await lastChange(mug))).toEqual([`${at}.prices`]);
  await save(mug);
  expect(await rows("SELECT s.has_own_prices, p.sku_id FROM skus s LEFT JOIN sku_prices p ON p.sku_id = s.id WHERE s.id = ?", [mug.skuId])).toEqual([{ has_own_prices: 0, sku_id: null }]);
});

test("what is saved again as it is makes no event and stays the same version", async () => {
  const wanted = { gates: [gold()], skus: [{ prices: [{ ...gold(), pointsPrice: 80 }, { ...regulars(), pointsPrice: 90 }], onSaleFrom: theClock.now() }] };
  const mug = await aMug();
  await save(mug, wanted);
  const [before, events] = [await findProductForStaff(db(), mug.id), (await eventsAbout("product", mug.id)).length];
  theClock.passMinutes(1);
  await save(mug, wanted);
  expect(await findProductForStaff(db(), mug.id)).toEqual(before);
  expect(await eventsAbout("product", mug.id)).toHaveLength(events);
});

test("every field of a SKU is kept and read back", async () => {
  const [from, until] = [new Date("2026-12-01T00:00:00Z"), new Date("2026-12-31T00:00:00Z")];
  const sku = {
    name: "蓝", nameEn: "Blue", priceMode: "cash_discount", pointsPrice: 0, cashPriceCents: 5_000, discountPointsMax: 900, discountPointsMin: 100, discountShareMax: 40, discountPointsPerYuan: 80,
    limitPerOrder: 3, limitPerUser: 5, limitPerDay: 2, onSaleFrom: from, onSaleUntil: until, lowStock: 7, isActive: true, prices: [{ ...gold(), pointsPrice: 0, cashPriceCents: 4_500 }],
  };
  const { id } = await save(null, { skus: [{ ...sku, initialStock: 4 }], onSaleFrom: from, onSaleUntil: until, delivery: "pickup", gates: [gold()] });
  expect(await findProductForStaff(db(), id)).toMatchObject({ delivery: "pickup", onSaleFrom: from, onSaleUntil: until, gates: [gold()], skus: [{ ...sku, stock: 4, hasCodes: false, couponTemplateId: null }] });
  const changes = await lastChange({ id });
  expect(Object.values(changes)).toContainEqual([null, 900]);
});

test.each([
  ["a level that is not there", () => ({ gates: [{ kind: "level", audienceId: 999_999 }] }), ["not_found", "gates"]],
  ["a price for a segment that is not there", () => ({ skus: [{ prices: [{ kind: "segment", audienceId: 999_999, pointsPrice: 1 }] }] }), ["not_found", "skus.0.prices.0.audienceId"]],
  ["a coupon that is not there", () => ({ delivery: "coupon", skus: [{ couponTemplateId: 999_999 }] }), ["not_found", "skus.0.couponTemplateId"]],
  ["a category that is not there", () => ({ categoryId: 999_999 }), ["not_found", "categoryId"]],
] as const)("%s is not found, and nothing is saved", async (_, wanted, refused) => {
  const mug = await aMug();
  expect(await refusedAt(save(mug, { name: "never", ...wanted() }))).toEqual(refused);
  expect((await findProductForStaff(db(), mug.id))!.name).toBe("mug");
});

test("a product is on sale only when somebody could have it", async () => {
  const mug = await aMug();
  expect(await refusedAt(save(mug, { skus: [{ isActive: false }] }))).toEqual(["not_sellable", "no_sku", "skus.0.isActive"]);
  expect(await refusedAt(save(null, { skus: [{ isActive: false }, { isActive: false }] }))).toEqual(["not_sellable", "no_sku", "skus.0.isActive"]);
  const draft = await save(null, { status: "draft", skus: [{ isActive: false }] });
  expect(await refusalOf(perform(theShop, (ctx) => setProductStatus(ctx, { requestId: randomUUID(), id: draft.id, status: "active" })))).toBe("not_sellable");
  expect(await findProductForStaff(db(), draft.id)).toMatchObject({ status: "draft" });
});

test("a coupon product needs a coupon that is in use, on each SKU on sale", async () => {
  const [{ id: live }, { id: off }] = [await aCouponTemplate(), await aCouponTemplate({ status: "draft" })];
  const coupon = (...skus: object[]) => save(null, { delivery: "coupon", skus });
  expect(await refusedAt(coupon({ couponTemplateId: live }, {}))).toEqual(["not_sellable", "no_template", "skus.1.couponTemplateId"]);
  expect(await refusedAt(coupon({ couponTemplateId: off }))).toEqual(["not_sellable", "template_off", "skus.0.couponTemplateId"]);
  expect(await refusedAt(coupon({ couponTemplateId: live }, { isActive: false }))).toEqual(["saved"]);
  expect(await refusedAt(save(null, { status: "draft", delivery: "coupon" }))).toEqual(["saved"]);
});

test.each([
  ["codes for what is shipped", { delivery: "shipped", skus: [{ hasCodes: true }] }, "skus.0.hasCodes"],
  ["a coupon for what is shipped", { delivery: "shipped", skus: [{ couponTemplateId: 1 }] }, "skus.0.couponTemplateId"],
  ["codes with stock that was counted by hand", { skus: [{ hasCodes: true, initialStock: 3 }] }, "skus.0.initialStock"],
  ["a fewest that is more than the most", { skus: [{ priceMode: "cash_discount", pointsPrice: 0, cashPriceCents: 100, discountPointsMax: 10, discountPointsMin: 11 }] }, "skus.0.discountPointsMin"],
  ["a share above the whole", { skus: [{ discountShareMax: 101 }] }, "skus.0.discountShareMax"],
  ["a ratio of nothing", { skus: [{ discountPointsPerYuan: 0 }] }, "skus.0.discountPointsPerYuan"],
  ["a sale that ends before it begins", { onSaleFrom: "2026-12-02", onSaleUntil: "2026-12-01" }, "onSaleUntil"],
  ["a SKU's sale that ends as it begins", { skus: [{ onSaleFrom: "2026-12-02", onSaleUntil: "2026-12-02" }] }, "skus.0.onSaleUntil"],
  ["cash in an own price of points alone", { skus: [{ prices: [{ kind: "level", audienceId: 1, pointsPrice: 10, cashPriceCents: 5 }] }] }, "skus.0.prices.0.cashPriceCents"],
  ["an own price of nothing", { skus: [{ prices: [{ kind: "level", audienceId: 1, pointsPrice: 0 }] }] }, "skus.0.prices.0.pointsPrice"],
  ["two prices for the same people", { skus: [{ prices: [{ kind: "level", audienceId: 1, pointsPrice: 10 }, { kind: "level", audienceId: 1, pointsPrice: 11 }] }] }, "skus.0.prices.1.audienceId"],
  ["the same gate twice", { gates: [{ kind: "level", audienceId: 1 }, { kind: "level", audienceId: 1 }] }, "gates"],
] as const)("%s is refused at its field", (_, wanted, field) => {
  const parsed = ProductInput.safeParse({ requestId: "k", name: "mug", delivery: "virtual", ...wanted, skus: ("skus" in wanted ? wanted.skus : [{}]).map((sku) => ({ priceMode: "points", pointsPrice: 100, ...sku })) });
  expect(parsed.error?.issues.map(({ path }) => path.join("."))).toEqual([field]);
});

test("how stock is counted changes only while there is none, and codes' stock is not adjusted by hand", async () => {
  const mug = await aMug({ initialStock: 2 });
  expect(await refusedAt(save(mug, { skus: [{ hasCodes: true }] }))).toEqual(["stock_of_codes", "skus.0.hasCodes"]);
  const adjust = (change: number) => perform(theShop, (ctx) => adjustStock(ctx, { requestId: randomUUID(), skuId: mug.skuId, change, note: "counted" }));
  await adjust(-2);
  expect(await refusedAt(save(mug, { skus: [{ hasCodes: true }] }))).toEqual(["saved"]);
  expect(await refusalOf(adjust(1))).toBe("stock_of_codes");
  expect(await stockOf(mug)).toBe(0);
});

test("the offer of a flash sale is neither shown to the form nor changed by it", async () => {
  const mug = await aMug({ initialStock: 5 });
  await rows("INSERT INTO skus (product_id, price_mode, points_price, kind) VALUES (?, 'points', 10, 'flash')", [mug.id]);
  const flash = { id: await count("SELECT id FROM skus WHERE product_id = ? AND kind = 'flash'", [mug.id]) };
  await rows("INSERT INTO sku_stock (sku_id, stock) VALUES (?, 0)", [flash.id]);
  expect((await findProductForStaff(db(), mug.id))!.skus.map(({ id }) => id)).toEqual([mug.skuId]);
  expect(await refusalOf(save(mug, { skus: [{}, { id: flash.id, pointsPrice: 1 }] }))).toBe("not_found");
  expect(await refusalOf(perform(theShop, (ctx) => adjustStock(ctx, { requestId: randomUUID(), skuId: flash.id, change: 1, note: "x" })))).toBe("not_found");
  // It is no SKU that keeps a product on sale either.
  expect(await refusalOf(save(mug, { skus: [{ isActive: false }] }))).toBe("not_sellable");
  expect(await rows("SELECT points_price, kind FROM skus WHERE id = ?", [flash.id])).toEqual([{ points_price: 10, kind: "flash" }]);
});

test("who saves what somebody else has saved meanwhile is told, and nothing is lost", async () => {
  const mug = await aMug();
  const [seen, mei] = [(await findProductForStaff(db(), mug.id))!.updatedAt, await aUser({ role: "staff" })];
  await perform(mei.actor, (ctx) => saveProduct(ctx, input(mug, { version: seen, gates: [gold()] })));
  expect(await refusalOf(save(mug, { version: seen, name: "cup" }))).toBe("changed_meanwhile");
  expect(await findProductForStaff(db(), mug.id)).toMatchObject({ name: "mug", gates: [gold()] });
  const now = (await findProductForStaff(db(), mug.id))!.updatedAt;
  expect(now.getTime()).toBeGreaterThan(seen.getTime());
  await save(mug, { version: now, name: "cup" });
  expect(await findProductForStaff(db(), mug.id)).toMatchObject({ name: "cup", gates: [] });
});

test("a SKU that is added to a product is in the audit trail with what it costs", async () => {
  const mug = await aMug();
  await save(mug, { skus: [{}, { name: "蓝", pointsPrice: 60, initialStock: 3 }] });
  const added = (await findProductForStaff(db(), mug.id))!.skus[1]!;
  expect(await lastChange(mug)).toMatchObject({ [`sku.${added.id}.pointsPrice`]: [null, 60], [`sku.${added.id}.name`]: [null, "蓝"] });
  expect(added.stock).toBe(3);
});

test("a product on sale keeps SKUs that were not sent, and they count as on sale", async () => {
  const two = await aProduct({ skus: [{}, { pointsPrice: 70 }] });
  expect(await refusedAt(save({ ...two, skuIds: [two.skuId] }, { skus: [{ isActive: false }] }))).toEqual(["saved"]);
});

test("a SKU whose codes a flash sale has goes on being counted by codes until they are back", async () => {
  const card = await aProduct({ name: "card", delivery: "virtual", skus: [{ hasCodes: true, initialStock: 0 }] });
  await perform(theShop, (ctx) => addCodes(ctx, { requestId: "x", skuId: card.skuId, codes: [unique("CODE"), unique("CODE")] }));
  const sale = await aFlashSale(card, { pieces: 2 });
  expect(await stockOf(card)).toBe(0);
  expect(await refusedAt(save(card, { skus: [{ hasCodes: false }] }))).toEqual(["stock_of_codes", "skus.0.hasCodes"]);
  await perform(theShop, (ctx) => closeFlashSale(ctx, { id: sale.id }));
  expect(await stockOf(card)).toBe(2);
});
