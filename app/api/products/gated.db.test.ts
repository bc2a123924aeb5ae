import { expect, test } from "vitest";

import { forgetPopular } from "@/lib/recommend/queries";
import { rows } from "@/test/database";
import { call } from "@/test/http";
import { anOrder, aProduct, aToken, aUser } from "@/test/world";

import { create } from "../orders/create/handler";
import { personalized } from "../recommend/personalized/handler";

import { list } from "./handler";

test("what only some people may have is in no list of the API and in nobody else's recommendations, and cannot be ordered by its id", async () => {
  const [level, segment, plain] = await Promise.all([1, 2, 3].map(() => aProduct({ skus: [{ pointsPrice: 10, initialStock: 20 }] })));
  await rows("INSERT INTO levels (`rank`, name, threshold) VALUES (940, 'low', 0), (950, 'high', 950000)");
  await rows("UPDATE products SET is_gated = TRUE WHERE id IN (?, ?)", [level!.id, segment!.id]);
  await rows("INSERT INTO product_gates (product_id, kind, audience_id) VALUES (?, 'level', (SELECT id FROM levels WHERE `rank` = 950)), (?, 'segment', 4711)", [level!.id, segment!.id]);
  const who = await aUser({ points: 500 });
  const token = await aToken(who);
  forgetPopular();
  await anOrder(await aUser({ points: 500 }), plain!);

  const listed = (await call(list, { method: "GET" })).body as unknown as { id: number }[];
  const liked = (await call(personalized, { method: "GET", token })).body as unknown as { id: number }[];
  for (const ids of [listed, liked].map((products) => products.map(({ id }) => id))) {
    expect(ids).toContain(plain!.id);
    expect(ids).not.toContain(level!.id);
    expect(ids).not.toContain(segment!.id);
  }
  for (const product of [level!, segment!]) {
    const refused = await call(create, { token, body: { productId: product.id, quantity: 1 } });
    expect([refused.status, refused.body.code]).toEqual([403, "not_eligible"]);
  }
});
