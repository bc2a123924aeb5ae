import { expect, test } from "vitest";

import { db } from "@/db/client";
import { GUEST } from "@/lib/catalog/audience";
import { setProductStatus } from "@/lib/catalog/commands";
import { currentTime } from "@/lib/clock";
import { perform } from "@/lib/perform";
import { ownData } from "@/lib/privacy/queries";
import { count, rows } from "@/test/database";
import { aMug, aProduct, atOnce, aUser, refusalOf, theShop, type TestUser } from "@/test/world";

import { unwatchStock, watchStock, WATCHES_MAX } from "./commands";
import { listWatched, listWatches } from "./queries";

const watch = (who: TestUser, skuId: number, standing = GUEST): Promise<void> => perform(who.actor, (ctx) => watchStock(ctx, { skuId }, standing));
const unwatch = (who: TestUser, skuId: number): Promise<void> => perform(who.actor, (ctx) => unwatchStock(ctx, { skuId }));
const waits = ({ id }: TestUser): Promise<number> => count("SELECT COUNT(*) FROM stock_watches WHERE user_id = ?", [id]);

test("who waits for a SKU that is sold out is on its list once, however often they ask, until they wait no longer", async () => {
  const [lin, bo] = [await aUser(), await aUser()];
  const mug = await aProduct({ name: "mug", skus: [{ initialStock: 0 }, { initialStock: 3 }] });
  await atOnce(5, () => watch(lin, mug.skuId));
  await watch(bo, mug.skuId);
  expect([await waits(lin), [...(await listWatched(db(), lin.id, mug.id))]]).toEqual([1, [mug.skuId]]);
  expect(await listWatches(db(), lin.id, currentTime())).toMatchObject([{ skuId: mug.skuId, productName: "mug", slug: mug.slug }]);
  await unwatch(lin, mug.skuId);
  await unwatch(lin, mug.skuId);
  expect([await waits(lin), await waits(bo)]).toEqual([0, 1]);
});

test("what is in stock, off the shelf, unknown or not for this person cannot be waited for", async () => {
  const lin = await aUser();
  expect(await refusalOf(watch(lin, (await aMug()).skuId))).toBe("not_sold_out");
  expect(await refusalOf(watch(lin, 999_999_999))).toBe("not_found");
  const draft = await aProduct({ status: "draft", skus: [{ initialStock: 0 }] });
  const off = await aMug({ initialStock: 0, isActive: false });
  const flash = await aMug({ initialStock: 0 });
  await rows("UPDATE skus SET kind = 'flash' WHERE id = ?", [flash.skuId]);
  const secret = await aMug({ initialStock: 0 });
  await rows("UPDATE products SET is_gated = 1 WHERE id = ?", [secret.id]);
  await rows("INSERT INTO product_gates (product_id, kind, audience_id) VALUES (?, 'segment', 77)", [secret.id]);
  for (const { skuId } of [draft, off, flash, secret]) expect(await refusalOf(watch(lin, skuId))).toBe("not_found");
  await watch(lin, secret.skuId, { levelRank: null, segmentIds: [77] });
  expect(await waits(lin)).toBe(1);
});

test("fifty wishes are the most, for however many that are made at once", async () => {
  const lin = await aUser();
  const many = await aProduct({ skus: Array.from({ length: 40 }, () => ({ initialStock: 0 })) });
  const more = await aProduct({ skus: Array.from({ length: 20 }, () => ({ initialStock: 0 })) });
  const answers = await Promise.allSettled([...many.skuIds, ...more.skuIds].map((skuId) => watch(lin, skuId)));
  expect([answers.filter(({ status }) => status === "fulfilled").length, await waits(lin)]).toEqual([WATCHES_MAX, WATCHES_MAX]);
  const [first] = await listWatches(db(), lin.id, currentTime());
  await watch(lin, first!.skuId);
  await unwatch(lin, first!.skuId);
  await watch(lin, first!.skuId);
  expect(await waits(lin)).toBe(WATCHES_MAX);
});

test("a product that was taken off the shelf stays on the list without a way to it, and in what a person is told of themselves", async () => {
  const lin = await aUser();
  const mug = await aMug({ initialStock: 0 });
  await watch(lin, mug.skuId);
  await perform(theShop, (ctx) => setProductStatus(ctx, { requestId: "x", id: mug.id, status: "archived" }));
  expect(await listWatches(db(), lin.id, currentTime())).toMatchObject([{ skuId: mug.skuId, slug: null }]);
  let told = "";
  for await (const piece of ownData(db(), lin.id, currentTime())) told += piece;
  expect((JSON.parse(told) as { waitingFor: unknown[] }).waitingFor).toMatchObject([{ product: "mug" }]);
});
