import { randomUUID } from "node:crypto";

import fc from "fast-check";
import { expect, test } from "vitest";

import { perform } from "@/lib/perform";
import { rows } from "@/test/database";
import { accountOf, aKettle, aMug, anOrder, aSpeaker, aUser, balanceOf, lotsOf, pay } from "@/test/world";

import { refundItem } from "./commands";

const portion = fc.record({ line: fc.integer({ min: 1, max: 3 }), quantity: fc.integer({ min: 1, max: 4 }) });
const plan = fc.record({ quantities: fc.tuple(fc.integer({ min: 1, max: 4 }), fc.integer({ min: 1, max: 4 }), fc.integer({ min: 1, max: 4 })), extra: fc.nat({ max: 3_000 }), portions: fc.array(portion, { maxLength: 12 }) });

test("in whatever portions an order of several lines is taken back, points, lots and cash come back exactly, and so does what it earned", async () => {
  const staff = (await aUser({ name: "staff", role: "staff" })).actor;
  const [mug, speaker, kettle] = [await aMug({ initialStock: 1_000 }), await aSpeaker({ initialStock: 1_000 }), await aKettle({ initialStock: 1_000 })];
  await fc.assert(fc.asyncProperty(plan, async ({ quantities, extra, portions }) => {
    const who = await aUser({ lots: [{ points: 137, expiresInDays: 5 }, { points: 611, expiresInDays: 40 }, { points: 4_000, expiresInDays: 90 }] });
    const before = await lotsOf(who);
    const [mugs, speakers, kettles] = quantities;
    const lines = [{ skuId: mug.skuId, quantity: mugs }, { skuId: speaker.skuId, quantity: speakers }, { skuId: kettle.skuId, quantity: kettles }];
    const { orderId, points, cashDueCents } = await anOrder(who, mug, { lines, pointsToUse: mugs * 100 + kettles * 50 + extra });
    await pay(who, orderId);
    const left = [...quantities];
    const takeBack = async (line: number, wanted: number): Promise<void> => {
      const quantity = Math.min(wanted, left[line - 1]!);
      if (quantity === 0) return;
      left[line - 1]! -= quantity;
      await perform(staff, (ctx) => refundItem(ctx, { requestId: randomUUID(), orderId, line, quantity, restock: true, reason: "sent back" }));
    };
    for (const { line, quantity } of portions) await takeBack(line, quantity);
    for (const line of [2, 3, 1]) await takeBack(line, left[line - 1]!);

    const [order] = await rows("SELECT status, points_refunded, cash_refunded_cents FROM orders WHERE public_id = ?", [orderId]);
    expect(order).toEqual({ status: "refunded", points_refunded: points, cash_refunded_cents: cashDueCents });
    expect([await balanceOf(who), (await accountOf(who)).points_debt]).toEqual([4_748, 0]);
    expect((await lotsOf(who)).filter(({ id }) => before.some((lot) => lot.id === id))).toEqual(before);
  }), { numRuns: 25, endOnFailure: true });
});
