import { expect, test } from "vitest";

import { db } from "@/db/client";
import { rows } from "@/test/database";
import { aFlashSale, aMug, aProduct, unique } from "@/test/world";

import { listProductChoices, listSkuChoices } from "./queries";

test("a form finds goods by every word of what is typed, in either language, the newest first", async () => {
  const mark = unique("pot");
  const [iron, clay, draft] = [await aProduct({ slug: unique("found"), name: `铁 ${mark}` }), await aProduct({ slug: unique("found"), name: `陶 ${mark}` }), await aProduct({ slug: unique("found"), name: `draft ${mark}`, status: "draft" })];
  await rows("UPDATE products SET name_en = ? WHERE id = ?", [`Iron kettle ${mark}`, iron.id]);
  const names = async (text: string) => (await listProductChoices(db(), { text, limit: 5 })).map(({ id }) => id);
  expect(await names(mark)).toEqual([clay.id, iron.id]);
  expect([await names(`kettle ${mark.toUpperCase()}`), await names(`${mark} 陶`), await names(`${mark} glass`), await names(`${mark}%`)]).toEqual([[iron.id], [clay.id], [], []]);
  expect((await listSkuChoices(db(), { text: mark, statuses: ["draft", "active"], limit: 5 })).map(({ id }) => id)).toEqual([draft.skuId, clay.skuId, iron.skuId]);
});

test("what is named comes first whatever became of it, and a list is as long as it may be", async () => {
  const mark = unique("cup");
  const gone = await aProduct({ slug: unique("found"), name: `gone ${mark}`, status: "archived" });
  const shown = [await aProduct({ slug: unique("found"), name: `a ${mark}` }), await aProduct({ slug: unique("found"), name: `b ${mark}` })];
  expect((await listProductChoices(db(), { text: mark, named: [gone.id], limit: 2 })).map(({ id }) => id)).toEqual([gone.id, shown[1]!.id]);
  expect((await listSkuChoices(db(), { text: mark, named: [gone.skuId] })).map(({ id }) => id)).toEqual([gone.skuId, shown[1]!.skuId, shown[0]!.skuId]);
});

test("a sale's own offer is nothing to choose", async () => {
  const product = await aMug({ initialStock: 9 });
  const sale = await aFlashSale(product);
  const found = (await listSkuChoices(db(), { limit: 10_000 })).map(({ id }) => id);
  expect([found.includes(product.skuId), found.includes(sale.skuId)]).toEqual([true, false]);
});
