import { randomUUID } from "node:crypto";

import { expect, test } from "vitest";

import { adjustStock } from "@/lib/catalog/commands";
import { rows } from "@/test/database";
import { aMug, atOnce, aUser, refusalOf, stockOf, type TestUser } from "@/test/world";

import { perform } from "./perform";
import { Refusal } from "./refusal";
import { once, requestKey } from "./request-key";

/** Adds a piece to the shelf, once per key. */
const addOne = (bo: TestUser, skuId: number, key: string, note = "found one", work = async () => undefined) =>
  perform(bo.actor, (ctx) => once(ctx, requestKey(key, "adjust-stock", { skuId, note }), async () => {
    const result = await adjustStock(ctx, { requestId: key, skuId, change: 1, note });
    await work();
    return result;
  }));

const aStaffMember = () => aUser({ name: "bo", role: "staff" });

test("a key pressed fifty times at once takes effect once, and all hear the same", async () => {
  const [bo, mug] = [await aStaffMember(), await aMug({ initialStock: 5 })];
  const key = randomUUID();
  const replies = await atOnce(50, () => addOne(bo, mug.skuId, key));
  expect(replies).toEqual(Array.from({ length: 50 }, () => ({ stock: 6 })));
  expect(await stockOf(mug)).toBe(6);
});

test("a key with another body is refused", async () => {
  const [bo, mug] = [await aStaffMember(), await aMug()];
  const key = randomUUID();
  await addOne(bo, mug.skuId, key);
  expect(await refusalOf(addOne(bo, mug.skuId, key, "found another"))).toBe("request_key_reused");
});

test("work that failed leaves nothing of its key: the same press may try again", async () => {
  const [bo, mug] = [await aStaffMember(), await aMug({ initialStock: 0 })];
  const key = randomUUID();
  await refusalOf(addOne(bo, mug.skuId, key, "found one", async () => {
    throw new Refusal("not_found");
  }));
  expect(await stockOf(mug)).toBe(0);
  expect(await addOne(bo, mug.skuId, key)).toEqual({ stock: 1 });
});

test("work that replies nothing is repeated as nothing", async () => {
  const bo = await aStaffMember();
  const key = randomUUID();
  let runs = 0;
  const press = () => perform(bo.actor, (ctx) => once(ctx, requestKey(key, "nothing", {}), async () => void runs++));
  await press();
  expect(await press()).toBeNull();
  expect(runs).toBe(1);
});

test("a key that looks like another to a lenient comparison is another", async () => {
  const [bo, mug] = [await aStaffMember(), await aMug({ initialStock: 0 })];
  for (const key of ["key-e", "KEY-E", "Key-e"]) await addOne(bo, mug.skuId, key);
  expect(await stockOf(mug)).toBe(3);
});

test("a key of 255 characters is kept whole", async () => {
  const [bo, mug] = [await aStaffMember(), await aMug({ initialStock: 0 })];
  const key = "k".repeat(254);
  await addOne(bo, mug.skuId, `${key}a`);
  await addOne(bo, mug.skuId, `${key}b`);
  expect(await stockOf(mug)).toBe(2);
  expect(await rows("SELECT LENGTH(request_key) AS length FROM idempotency_keys WHERE actor_id = ?", [bo.id])).toEqual([{ length: 255 }, { length: 255 }]);
});

test("nobody but a person has request keys", async () => {
  await expect(perform({ kind: "system", name: "test" }, (ctx) => once(ctx, requestKey("k", "x", {}), async () => 1))).rejects.toThrow("belongs to a person");
});
