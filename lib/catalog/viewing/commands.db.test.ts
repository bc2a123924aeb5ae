import { expect, test } from "vitest";

import { perform } from "@/lib/perform";
import { count, rows } from "@/test/database";
import { aMug, atOnce, aUser, endOfDayIn, theClock, theShop } from "@/test/world";

import { countViews } from "./commands";
import { noteView } from "./lanes";

test("a product that a person looks at counts once a programme day, and again on the next", async () => {
  const [lin, mug] = [await aUser(), await aMug()];
  const look = (at?: Date) => perform(theShop, (ctx) => countViews(ctx, [{ userId: lin.id, productId: mug.id }, { userId: lin.id, productId: mug.id }]), at);
  expect([await look(), await look(), await look(endOfDayIn(0))]).toEqual([1, 0, 1]);
  expect(await perform(theShop, (ctx) => countViews(ctx, []))).toBe(0);
  expect(await rows("SELECT CAST(local_day AS CHAR) AS day FROM product_views WHERE user_id = ? ORDER BY 1 LIMIT 1", [lin.id])).toEqual([{ day: theClock.today() }]);
});

test("looks of many at once are noted in sets, and none twice", async () => {
  const [lin, bo, mug, other] = [await aUser(), await aUser(), await aMug(), await aMug()];
  await atOnce(60, (index) => noteView({ userId: index % 2 ? lin.id : bo.id, productId: index % 3 ? mug.id : other.id }));
  expect(await count("SELECT COUNT(*) FROM product_views WHERE user_id IN (?, ?)", [lin.id, bo.id])).toBe(4);
});
