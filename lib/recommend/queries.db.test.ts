import { randomUUID } from "node:crypto";

import { afterEach, expect, test } from "vitest";

import { db } from "@/db/client";
import { readRows } from "@/db/packet";
import { GUEST, type Standing } from "@/lib/catalog/audience";
import { adjustStock } from "@/lib/catalog/commands";
import { perform } from "@/lib/perform";
import { rows } from "@/test/database";
import { aProduct, aUser, anOrder, stockOf, theClock, theShop, unique, type TestProduct, type TestUser } from "@/test/world";

import { forgetPopular, listRecommended, togetherWith } from "./queries";

afterEach(forgetPopular);

const MEMBER: Standing = { levelRank: 0, segmentIds: [] };

async function recommendedTo(who: TestUser | null, { balance = null, standing = MEMBER, now = theClock.now() }: { balance?: number | null; standing?: Standing; now?: Date } = {}): Promise<number[]> {
  const cards = await listRecommended(db(), { userId: who?.id ?? null, standing: who ? standing : GUEST, balance, pointsPerYuan: 100 }, 48, now);
  return cards.map(({ id }) => id);
}

const goods = (change: Parameters<typeof aProduct>[0] = {}): Promise<TestProduct> => aProduct({ skus: [{ pointsPrice: 10, initialStock: 50 }], ...change });
const rich = (): Promise<TestUser> => aUser({ points: 10_000 });

async function aCategory(): Promise<number> {
  const slug = unique("category");
  await rows("INSERT INTO categories (slug, name) VALUES (?, 'a category')", [slug]);
  return (await rows<{ id: number }>("SELECT id FROM categories WHERE slug = ?", [slug]))[0]!.id;
}

/** A level that nobody of the test stands on, unless they are said to. */
async function aLevel(): Promise<number> {
  await rows("INSERT IGNORE INTO levels (`rank`, name, threshold) VALUES (900, 'high', 900000)");
  return (await rows<{ id: number }>("SELECT id FROM levels WHERE `rank` = 900"))[0]!.id;
}

test("a newcomer and a guest get what is popular, and a product that nobody redeemed is there too", async () => {
  const [unknown, popular] = [await goods(), await goods()];
  for (const who of await Promise.all([rich(), rich(), rich()])) await anOrder(who, popular);
  const [newcomer, guest] = [await recommendedTo(await rich()), await recommendedTo(null)];
  for (const list of [newcomer, guest]) {
    expect(list).toContain(unknown.id);
    expect(list.indexOf(popular.id)).toBeLessThan(list.indexOf(unknown.id));
  }
});

test("people who redeemed the same say what comes first, then the person's categories; what they hold is left out, and what they gave back is not", async () => {
  const tea = await aCategory();
  const [mine, together, sameCategory, other] = [await goods({ categoryId: tea }), await goods(), await goods({ categoryId: tea }), await goods()];
  const [me, peer] = [await rich(), await rich()];
  await anOrder(me, mine);
  await anOrder(peer, mine);
  await anOrder(peer, together);
  const list = await recommendedTo(me);
  expect(list).not.toContain(mine.id);
  expect(list[0]).toBe(together.id);
  expect(list.indexOf(sameCategory.id)).toBeLessThan(list.indexOf(other.id));
  await rows("UPDATE orders SET status = 'cancelled' WHERE user_id = ?", [me.id]);
  expect(await recommendedTo(me)).toContain(mine.id);
  await rows("UPDATE orders SET status = 'paid' WHERE user_id = ?", [me.id]);
});

test("what was redeemed long ago says nothing of what is liked now", async () => {
  const [mine, together] = [await goods(), await goods()];
  const [me, peer] = [await rich(), await rich()];
  for (const product of [mine, together]) await anOrder(peer, product);
  await anOrder(me, mine);
  const seeds = [mine.skuId];
  const since = (days: number) => new Date(theClock.now().getTime() - days * 86_400_000);
  expect((await readRows(togetherWith(me.id, seeds, since(90)))).map(({ id }) => id)).toEqual(expect.arrayContaining([mine.id, together.id]));
  expect(await readRows(togetherWith(me.id, seeds, since(-1)))).toEqual([]);
});

test("nothing is recommended that is out of stock, not on sale, not begun, over, of a flash sale, or behind a door that is shut", async () => {
  const names = ["gone", "draft", "off", "later", "over", "flash", "gated", "segment"] as const;
  const made = Object.fromEntries(await Promise.all(names.map(async (name) => [name, await goods({ name })]))) as Record<(typeof names)[number], TestProduct>;
  const hour = (hours: number) => new Date(theClock.now().getTime() + hours * 3_600_000);
  for (const who of await Promise.all([rich(), rich()])) for (const product of Object.values(made)) await anOrder(who, product);
  await perform(theShop, async (ctx) => adjustStock(ctx, { requestId: randomUUID(), skuId: made.gone.skuId, change: -(await stockOf(made.gone)), note: "broken" }));
  await rows("UPDATE products SET status = 'draft' WHERE id = ?", [made.draft.id]);
  await rows("UPDATE skus SET is_active = FALSE WHERE id = ?", [made.off.skuId]);
  await rows("UPDATE products SET on_sale_from = ? WHERE id = ?", [hour(1), made.later.id]);
  await rows("UPDATE skus SET on_sale_until = ? WHERE id = ?", [hour(-1), made.over.skuId]);
  await rows("UPDATE skus SET kind = 'flash' WHERE id = ?", [made.flash.skuId]);
  const segmentId = 4_711;
  await rows("UPDATE products SET is_gated = TRUE WHERE id IN (?, ?)", [made.gated.id, made.segment.id]);
  await rows("INSERT INTO product_gates (product_id, kind, audience_id) VALUES (?, 'level', ?), (?, 'segment', ?)", [made.gated.id, await aLevel(), made.segment.id, segmentId]);
  const hidden = Object.values(made).map(({ id }) => id);
  for (const who of [await rich(), null]) expect((await recommendedTo(who)).filter((id) => hidden.includes(id))).toEqual([]);
  expect(await recommendedTo(await rich(), { standing: { levelRank: 1_000, segmentIds: [segmentId] } })).toEqual(expect.arrayContaining([made.gated.id, made.segment.id]));
});

test("a card carries the person's own price, and what that price can pay for counts", async () => {
  const product = await aProduct({ skus: [{ pointsPrice: 900, initialStock: 9 }] });
  await rows("UPDATE skus SET has_own_prices = TRUE WHERE id = ?", [product.skuId]);
  await rows("INSERT INTO sku_prices (sku_id, kind, audience_id, points_price) VALUES (?, 'level', ?, 300)", [product.skuId, await aLevel()]);
  const cards = await listRecommended(db(), { userId: (await rich()).id, standing: { levelRank: 1_000, segmentIds: [] }, balance: 300, pointsPerYuan: 100 }, 48, theClock.now());
  expect(cards.find(({ id }) => id === product.id)).toMatchObject({ pointsPrice: 300, base: { pointsPrice: 900 } });
});
