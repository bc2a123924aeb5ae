import { randomUUID } from "node:crypto";

import { beforeAll, expect, test } from "vitest";

import { GUEST } from "@/lib/catalog/audience";
import { adjustStock, setProductStatus } from "@/lib/catalog/commands";
import { watchStock } from "@/lib/catalog/watching/commands";
import { env } from "@/lib/env";
import { setPreferences } from "@/lib/notifications/commands";
import { tellOfReturn } from "@/lib/notifications/stock/commands";
import { perform } from "@/lib/perform";
import { count, rows } from "@/test/database";
import { withSettings } from "@/test/settings";
import { Wire } from "@/test/wire";
import { aMug, aProduct, atOnce, aUser, mailTo, theShop, usersWith, type TestProduct, type TestUser } from "@/test/world";

import { jobs } from "./index";

const run = () => jobs["watch-stock"].run(new Date(), Date.now() + 20_000);
const watch = (who: TestUser, skuId: number): Promise<void> => perform(who.actor, (ctx) => watchStock(ctx, { skuId }, GUEST));
const change = (skuId: number, by: number) => perform(theShop, (ctx) => adjustStock(ctx, { requestId: randomUUID(), skuId, change: by, note: "counted" }));

type Told = { kind: string; data: Record<string, unknown>; link: string };
const toldTo = ({ id }: TestUser): Promise<Told[]> => rows<Told>("SELECT kind, data, link FROM notifications WHERE user_id = ? ORDER BY id", [id]);
const alertsFor = ({ id }: TestProduct): Promise<number> => count("SELECT COUNT(*) FROM stock_alerts a JOIN skus s ON s.id = a.sku_id WHERE s.product_id = ?", [id]);

let owner: TestUser;
let clerk: TestUser;

beforeAll(async () => {
  owner = await aUser({ name: "owner", role: "owner" });
  clerk = await aUser({ name: "clerk", role: "staff" });
});

test("what runs low is told to staff in one notice and to owners in one letter, once a dip", async () => {
  const [plenty, few, last] = [await aMug({ initialStock: 50 }), await aProduct({ name: "kettle", skus: [{ name: "红", nameEn: "Red", initialStock: 5 }] }), await aMug({ initialStock: 1 })];
  expect(await run()).toMatchObject({ raised: 2, finished: 1 });
  expect(await run()).toMatchObject({ raised: 0, cleared: 0 });
  const shopper = await aUser();
  expect([await toldTo(owner), await toldTo(clerk), await toldTo(shopper)]).toMatchObject([[{ kind: "stock_low", data: { skus: 2 }, link: "/admin/products?stock=low" }], [{ kind: "stock_low", data: { skus: 2 } }], []]);
  expect(await mailTo(owner.email)).toMatchObject([{ template: "stock_low", props: { skus: 2, items: [{ name: "kettle · Red", stock: 5 }, { name: "mug", stock: 1 }] } }]);
  expect(await mailTo(clerk.email)).toEqual([]);
  expect([await alertsFor(plenty), await alertsFor(few), await alertsFor(last)]).toEqual([0, 1, 1]);

  await change(few.skuId, -2);
  expect(await run()).toMatchObject({ raised: 0 });
  await change(few.skuId, 10);
  expect(await run()).toMatchObject({ raised: 0, cleared: 1 });
  await change(few.skuId, -10);
  expect(await run()).toMatchObject({ raised: 1 });
  expect((await toldTo(clerk)).at(-1)).toMatchObject({ data: { skus: 1, productEn: "kettle", stock: 3 }, link: `/admin/products/${few.id}` });
});

test("a SKU's own number counts before the shop's, and what nobody can buy alarms nobody", async () => {
  const keen = await aMug({ initialStock: 50 });
  const calm = await aMug({ initialStock: 3 });
  await rows("UPDATE skus SET low_stock = 60 WHERE id = ?", [keen.skuId]);
  await rows("UPDATE skus SET low_stock = 2 WHERE id = ?", [calm.skuId]);
  const draft = await aProduct({ status: "draft" });
  const off = await aMug({ isActive: false });
  const flash = await aMug();
  await rows("UPDATE skus SET kind = 'flash' WHERE id = ?", [flash.skuId]);
  await run();
  expect(await atOnce(5, (index) => alertsFor([keen, calm, draft, off, flash][index]!))).toEqual([1, 0, 0, 0, 0]);
});

test("more SKUs than one notice holds are told in several, and an owner who wants no letters gets none", async () => {
  const quiet = await aUser({ name: "quiet", role: "owner" });
  await perform(quiet.actor, (ctx) => setPreferences(ctx, { preferences: { stock_low: { inApp: true, byMail: false } } }));
  for (let batch = 0; batch < 5; batch++) await aProduct({ skus: Array.from({ length: 50 }, () => ({})) });
  expect(await run()).toMatchObject({ raised: 250 });
  expect((await toldTo(quiet)).map(({ data }) => data.skus)).toEqual([200, 50]);
  expect(await mailTo(quiet.email)).toEqual([]);
});

test("who waits is told when it is back, in the shop and by mail, once, and waits no longer", async () => {
  const [lin, bo] = [await aUser(), await aUser()];
  const [mug, cup] = [await aMug({ initialStock: 0 }), await aMug({ initialStock: 0 })];
  await watch(lin, mug.skuId);
  await watch(bo, mug.skuId);
  await watch(bo, cup.skuId);
  expect(await run()).toMatchObject({ people: 0 });
  await change(mug.skuId, 1);
  expect(await run()).toMatchObject({ people: 2 });
  expect(await run()).toMatchObject({ people: 0 });
  for (const who of [lin, bo]) {
    expect(await toldTo(who)).toMatchObject([{ kind: "stock_back", data: { product: "mug" }, link: `/products/${mug.slug}` }]);
    expect(await mailTo(who.email)).toMatchObject([{ template: "stock_back", props: { product: "mug", link: `/products/${mug.slug}` } }]);
  }
  expect(await count("SELECT COUNT(*) FROM stock_watches WHERE user_id IN (?, ?)", [lin.id, bo.id])).toBe(1);

  await change(mug.skuId, -1);
  await watch(lin, mug.skuId);
  await change(mug.skuId, 1);
  await run();
  expect([(await toldTo(lin)).length, (await toldTo(bo)).length]).toEqual([2, 1]);
});

test("what is back but not on the shelf is told when it is on the shelf", async () => {
  const lin = await aUser();
  const mug = await aMug({ initialStock: 0 });
  await watch(lin, mug.skuId);
  await perform(theShop, (ctx) => setProductStatus(ctx, { requestId: "x", id: mug.id, status: "draft" }));
  await change(mug.skuId, 5);
  await run();
  expect(await toldTo(lin)).toEqual([]);
  await rows("UPDATE products SET status = 'active', on_sale_from = ? WHERE id = ?", [new Date(Date.now() + 60_000), mug.id]);
  await run();
  expect(await toldTo(lin)).toEqual([]);
  await rows("UPDATE products SET on_sale_from = NULL WHERE id = ?", [mug.id]);
  await run();
  expect(await toldTo(lin)).toMatchObject([{ kind: "stock_back" }]);
});

test("people are told the ways they chose, and no letter goes to an address that nobody proved", async () => {
  const [letters, silent, stranger] = [await aUser(), await aUser(), await aUser({ isVerified: false })];
  await perform(letters.actor, (ctx) => setPreferences(ctx, { preferences: { stock_back: { inApp: false, byMail: true } } }));
  await perform(silent.actor, (ctx) => setPreferences(ctx, { preferences: { stock_back: { inApp: false, byMail: false } } }));
  const mug = await aMug({ initialStock: 0 });
  for (const who of [letters, silent, stranger]) await watch(who, mug.skuId);
  await change(mug.skuId, 1);
  await run();
  const told = await Promise.all([letters, silent, stranger].map(async (who) => [(await toldTo(who)).length, (await mailTo(who.email)).length]));
  expect(told).toEqual([[0, 1], [0, 0], [1, 0]]);
});

test("a job killed between two batches leaves nobody told twice and nobody forgotten", async () => {
  const crowd = await usersWith(1, 30);
  const mug = await aMug({ initialStock: 0 });
  for (const who of crowd) await watch(who, mug.skuId);
  await change(mug.skuId, 1);
  const line = await Wire.to(env().DATABASE_URL);
  await withSettings({ DATABASE_URL: line.url, POOL_SIZE: 2 }, async () => {
    let commits = 0;
    line.judge = ({ sql }) => (sql === "COMMIT" && ++commits === 2 ? "drop" : "pass");
    const some = () => perform(theShop, (ctx) => tellOfReturn(ctx, 10));
    await some();
    await expect(some()).rejects.toThrow();
    line.judge = null;
  });
  await line.close();
  await run();
  const told = await Promise.all(crowd.map(async (who) => [(await toldTo(who)).length, (await mailTo(who.email)).length]));
  expect(told.every(([notices, mails]) => notices === 1 && mails === 1)).toBe(true);
});

test("a run that has no time left says so and does nothing", async () => {
  expect(await jobs["watch-stock"].run(new Date(), Date.now() - 1)).toEqual({ cleared: 0, raised: 0, people: 0, finished: 0 });
});
