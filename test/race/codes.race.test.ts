import { expect, test } from "vitest";

import { addCodes } from "@/lib/catalog/codes/commands";
import { revealCode } from "@/lib/orders/codes/commands";
import { deliverOrder } from "@/lib/orders/delivering/commands";
import { refundItem } from "@/lib/orders/refunding/commands";
import { perform } from "@/lib/perform";
import { rows } from "@/test/database";
import { aProduct, atOnce, aUser, redeemAlone, tally, theShop, unique, usersWith } from "@/test/world";

const aCard = () => aProduct({ name: "card", delivery: "virtual", skus: [{ hasCodes: true, initialStock: 0 }] });
const fill = (skuId: number, many: number) => perform(theShop, (ctx) => addCodes(ctx, { requestId: "x", skuId, codes: Array.from({ length: many }, () => unique("CODE")) }));
const deliver = (orderId: string) => perform(theShop, (ctx) => deliverOrder(ctx, orderId));

test("a hundred people at once for sixty codes: sixty have one each, all distinct, and forty are told that none is left", async () => {
  const card = await aCard();
  await fill(card.skuId, 60);
  const people = await usersWith(100, 100);
  const answers = await atOnce(100, (index) => redeemAlone(people[index]!, card));
  expect(tally(answers)).toEqual({ ok: 60, sold_out: 40 });
  const orders = answers.flatMap((answer, index) => (answer.ok ? [{ orderId: answer.value.orderId, who: people[index]! }] : []));
  // Each by two at once, as the request and the job would.
  const runs = await Promise.all(orders.flatMap(({ orderId }) => [deliver(orderId), deliver(orderId)]));
  expect(runs.reduce((sum, { pieces }) => sum + pieces, 0)).toBe(60);
  expect(runs.some(({ missing }) => missing > 0)).toBe(false);
  const seen = await Promise.all(orders.map(async ({ orderId, who }) => {
    const [code] = await rows<{ id: number }>("SELECT c.id FROM virtual_codes c JOIN orders o ON o.id = c.order_id WHERE o.public_id = ?", [orderId]);
    return perform(who.actor, (ctx) => revealCode(ctx, { orderId, codeId: code!.id }));
  }));
  expect(new Set(seen.map(({ code }) => code)).size).toBe(60);
});

test("a code is seen or goes back to the pool, never both", async () => {
  const card = await aCard();
  await fill(card.skuId, 20);
  const staff = await aUser({ name: "staff", role: "staff" });
  const outcomes = await atOnce(20, async () => {
    const who = await aUser({ points: 100 });
    const order = await redeemAlone(who, card);
    if (!order.ok) throw new Error(order.code);
    const { orderId } = order.value;
    await deliver(orderId);
    const [code] = await rows<{ id: number }>("SELECT c.id FROM virtual_codes c JOIN orders o ON o.id = c.order_id WHERE o.public_id = ?", [orderId]);
    const [seen] = await Promise.all([
      perform(who.actor, (ctx) => revealCode(ctx, { orderId, codeId: code!.id })).then(() => true, () => false),
      perform(staff.actor, (ctx) => refundItem(ctx, { requestId: "x", orderId, line: 1, quantity: 1, restock: true, reason: "not wanted" })),
    ]);
    const [after] = await rows<{ status: string }>("SELECT status FROM virtual_codes WHERE id = ?", [code!.id]);
    return { seen, status: after!.status };
  });
  // A code that went back may have been sold again by now; one that was seen is void for good.
  expect(outcomes.filter(({ seen, status }) => seen && status !== "void")).toEqual([]);
  expect(outcomes.filter(({ seen, status }) => !seen && status === "void")).toEqual([]);
});
