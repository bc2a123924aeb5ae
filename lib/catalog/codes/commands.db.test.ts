import { expect, test } from "vitest";

import { db } from "@/db/client";
import { adjustStock } from "@/lib/catalog/commands";
import { perform } from "@/lib/perform";
import { rows } from "@/test/database";
import { anOrder, aProduct, aUser, eventsAbout, refusalOf, stockOf, theShop, unique, type TestProduct } from "@/test/world";

import { addCodes, voidCodes } from "./commands";
import { findPools } from "./queries";

const aCard = (): Promise<TestProduct> => aProduct({ name: "card", delivery: "virtual", skus: [{ hasCodes: true, initialStock: 0 }] });
const someCodes = (many: number): string[] => Array.from({ length: many }, () => unique("CODE"));
const add = (skuId: number, codes: string[]) => perform(theShop, (ctx) => addCodes(ctx, { requestId: "x", skuId, codes }));
const takeOut = (skuId: number, codes?: string[]) => perform(theShop, (ctx) => voidCodes(ctx, { requestId: "x", skuId, codes, all: codes ? undefined : "on", note: "leaked" }));

test("added codes are free, on the shelf, in the stock's history and in the audit trail, and nowhere readable", async () => {
  const card = await aCard();
  const codes = someCodes(1_500);
  expect(await add(card.skuId, codes)).toEqual({ added: 1_500, stock: 1_500 });
  expect(await stockOf(card)).toBe(1_500);
  expect(await rows("SELECT quantity, reason FROM stock_moves WHERE sku_id = ?", [card.skuId])).toEqual([{ quantity: 1_500, reason: "codes" }]);
  expect((await findPools(db(), card.id))!.pools).toMatchObject([{ free: 1_500, sold: 0, void: 0, stock: 1_500 }]);
  expect(await eventsAbout("sku", card.skuId)).toEqual([{ name: "codes.added", actor_id: null, data: { codes: 1_500, from: 0, to: 1_500 } }]);
  expect(await rows("SELECT 1 FROM virtual_codes WHERE sku_id = ? AND cipher LIKE ?", [card.skuId, `%${codes[0]}%`])).toEqual([]);
});

test("a code that is known, sold and void ones too, or that is twice in the list, is named by its line, and none is added", async () => {
  const card = await aCard();
  const codes = someCodes(3);
  await add(card.skuId, codes);
  await takeOut(card.skuId, [codes[2]!]);
  const fresh = someCodes(2);
  await expect(add(card.skuId, [fresh[0]!, codes[1]!, codes[2]!, fresh[1]!, fresh[0]!])).rejects.toMatchObject({ code: "code_known", detail: { count: 3, lines: "2, 3, 5" } });
  expect(await stockOf(card)).toBe(2);
});

test("two who add the same list at once add it once", async () => {
  const card = await aCard();
  const codes = someCodes(20);
  const answers = await Promise.all([1, 2].map(() => add(card.skuId, codes).then(() => "added", (error: { code: string }) => error.code)));
  expect(answers.sort()).toEqual(["added", "code_known"]);
  expect(await stockOf(card)).toBe(20);
});

test("one code may be of two products", async () => {
  const [one, other] = [await aCard(), await aCard()];
  const codes = someCodes(1);
  await add(one.skuId, codes);
  expect(await add(other.skuId, codes)).toMatchObject({ added: 1 });
});

test("free codes are taken out with their pieces; a sold one, and one that a sold piece waits for, are not", async () => {
  const who = await aUser({ points: 1_000 });
  const card = await aCard();
  const codes = someCodes(4);
  await add(card.skuId, codes);
  await anOrder(who, card);
  expect(await takeOut(card.skuId, [codes[0]!])).toEqual({ voided: 1, stock: 2 });
  expect(await refusalOf(takeOut(card.skuId, [codes[0]!]))).toBe("codes_short");
  expect(await refusalOf(takeOut(card.skuId, codes.slice(1)))).toBe("stock_too_low");
  expect(await takeOut(card.skuId)).toEqual({ voided: 2, stock: 0 });
  expect((await findPools(db(), card.id))!.pools).toMatchObject([{ free: 1, void: 3, stock: 0 }]);
});

test("its stock is not counted by hand, and a SKU without codes has no pool", async () => {
  const card = await aCard();
  expect(await refusalOf(perform(theShop, (ctx) => adjustStock(ctx, { requestId: "x", skuId: card.skuId, change: 5, note: "counted" })))).toBe("stock_of_codes");
  const plain = await aProduct({ skus: [{}] });
  expect(await refusalOf(add(plain.skuId, ["A"]))).toBe("not_found");
  expect((await findPools(db(), plain.id))!.pools).toEqual([]);
});
