import { randomUUID } from "node:crypto";

import { expect, test, vi } from "vitest";

import { db } from "@/db/client";
import type { Actor } from "@/lib/ctx";
import { refundCashJob } from "@/lib/jobs/refund-cash";
import { completeOrder } from "@/lib/orders/receiving/commands";
import { shipOrder } from "@/lib/orders/shipping/commands";
import { findOrder } from "@/lib/orders/queries";
import { testCashier } from "@/lib/payments";
import { perform } from "@/lib/perform";
import { earnPoints } from "@/lib/rules/commands";
import { forgetPolicy } from "@/lib/settings/queries";
import { rows } from "@/test/database";
import {
  accountOf, aKettle, aMug, anOrder, aProduct, aSpeaker, atOnce, aUser, balanceOf, endOfDayIn, eventsAbout, ledgerOf, lotsOf, ordersOf, pay, refusalOf, stockOf, theClock, theShop, withPolicy, withRules, type TestUser,
} from "@/test/world";

import { refundItem, type Refunded } from "./commands";

type Taken = { quantity?: number; restock?: boolean; now?: Date; by?: Actor };

async function takeBack(orderId: string, { quantity = 1, restock = false, now = theClock.now(), by }: Taken = {}): Promise<Refunded> {
  const staff = by ?? (await aUser({ name: "staff", role: "staff" })).actor;
  return perform(staff, (ctx) => refundItem(ctx, { requestId: randomUUID(), orderId, line: 1, quantity, restock, reason: "arrived broken" }), now);
}

/** A kettle that was paid: 50 points and ¥9.90 a piece. */
async function aPaidKettle(who: TestUser, quantity = 1): Promise<string> {
  const { orderId } = await anOrder(who, await aKettle(), { quantity });
  await pay(who, orderId);
  return orderId;
}

test("a refund gives the points back to their lots, sends the cash, and takes back what the cash had earned", async () => {
  const lin = await aUser({ lots: [{ points: 20, expiresInDays: 5 }, { points: 80, expiresInDays: 60 }] });
  const orderId = await aPaidKettle(lin);
  expect(await balanceOf(lin)).toBe(59);
  expect(await takeBack(orderId)).toMatchObject({ points: 50, cashCents: 990, pointsClawedBack: 9, pointsToDebt: 0 });
  expect(await balanceOf(lin)).toBe(100);
  const year = endOfDayIn(365).getTime();
  expect((await lotsOf(lin)).map((lot) => [lot.expires_at.getTime(), lot.points_remaining])).toEqual([[endOfDayIn(5).getTime(), 20], [endOfDayIn(60).getTime(), 80], [year, 0]]);
  expect((await ledgerOf(lin)).slice(-2)).toMatchObject([{ kind: "restore", points_change: 50, source_type: "refund" }, { kind: "claw_back", points_change: -9, source_type: "refund" }]);
  expect(await ordersOf(lin)).toMatchObject([{ status: "refunded" }]);
  expect((await accountOf(lin)).total_points_earned).toBe(9);
  expect((await eventsAbout("order", orderId)).at(-1)).toMatchObject({ name: "order.refunded", data: { quantity: 1, points: 50, cents: 990, clawedBack: 9 } });
});

test("three of ten pieces come back one by one; the ten sum to the order", async () => {
  const lin = await aUser({ points: 1_000 });
  const orderId = await aPaidKettle(lin, 10);
  for (let piece = 1; piece <= 3; piece++) await takeBack(orderId);
  expect(await ordersOf(lin)).toMatchObject([{ status: "paid" }]);
  expect(await rows("SELECT points_refunded, cash_refunded_cents FROM orders WHERE public_id = ?", [orderId])).toEqual([{ points_refunded: 150, cash_refunded_cents: 2_970 }]);
  for (let piece = 4; piece <= 10; piece++) await takeBack(orderId);
  expect(await balanceOf(lin)).toBe(1_000);
  expect(await rows("SELECT SUM(points) AS points, SUM(cash_cents) AS cents, SUM(points_clawed_back) AS clawed FROM refunds r JOIN orders o ON o.id = r.order_id WHERE o.public_id = ?", [orderId]))
    .toEqual([{ points: "500", cents: "9900", clawed: "99" }]);
  expect(await refusalOf(takeBack(orderId))).toBe("order_not_refundable");
});

test("two refunds of one piece at once have one effect", async () => {
  const lin = await aUser({ points: 50 });
  const orderId = await aPaidKettle(lin);
  const staff = (await aUser({ name: "staff", role: "staff" })).actor;
  const answers = await atOnce(20, () => takeBack(orderId, { by: staff, restock: true }).then(() => "ok", (error: Error) => error.message));
  expect(answers.filter((answer) => answer === "ok")).toHaveLength(1);
  expect(new Set(answers)).toEqual(new Set(["ok", "order_not_refundable"]));
  expect(await balanceOf(lin)).toBe(50);
});

test("earned points that were spent meanwhile become a debt, shown, and the next earning pays it first", async () => {
  const lin = await aUser({ points: 0 });
  const { orderId } = await anOrder(lin, await aSpeaker(), { pointsToUse: 0 });
  await pay(lin, orderId);
  expect(await balanceOf(lin)).toBe(199);
  await anOrder(lin, await aMug());
  expect(await takeBack(orderId)).toMatchObject({ points: 0, pointsClawedBack: 199, pointsToDebt: 100 });
  expect(await accountOf(lin)).toMatchObject({ points_balance: 0, points_debt: 100 });
  await perform(theShop, (ctx) => earnPoints(ctx, { userId: lin.id, action: "register", source: { type: "register", id: String(lin.id) } }));
  expect(await accountOf(lin)).toMatchObject({ points_balance: 0, points_debt: 0 });
});

test("what was restored from a lot that has expired meanwhile has the grace of the settings", async () => {
  const lin = await aUser({ lots: [{ points: 50, expiresInDays: 1 }] });
  const orderId = await aPaidKettle(lin);
  await takeBack(orderId, { now: new Date(endOfDayIn(1).getTime() + 60_000) });
  expect((await lotsOf(lin)).filter(({ points_remaining: left }) => left > 0).map(({ expires_at: at }) => at.getTime())).toEqual([endOfDayIn(32).getTime()]);
});

test("refunds of one order fit together though a sliding lot's expiry moves on between them", async () => {
  const lin = await aUser({ lots: [{ points: 95, expiresInDays: 60 }] });
  const visit = (inactiveDays: number, days: number) =>
    perform(theShop, (ctx) => earnPoints({ ...ctx, policy: { ...ctx.policy, expiry: { kind: "sliding", inactiveDays } } }, { userId: lin.id, action: "login", source: { type: "visit", id: randomUUID() } }),
      new Date(theClock.now().getTime() + days * 86_400_000));
  await visit(30, 0);
  const pin = await aProduct({ name: "pin", skus: [{ pointsPrice: 5, initialStock: 50 }] });
  const [other, order] = [await anOrder(lin, pin), await anOrder(lin, pin, { quantity: 20 })];
  await takeBack(order.orderId, { quantity: 10 });
  await takeBack(other.orderId);
  await visit(90, 2);
  await takeBack(order.orderId, { quantity: 10 });
  expect((await lotsOf(lin)).map((lot) => lot.points_remaining).sort()).toEqual([20, 95]);
});

test("an order that is received while it is taken back tells its steps in their order", async () => {
  const lin = await aUser({ points: 200 });
  const { orderId } = await anOrder(lin, await aMug());
  const staff = (await aUser({ name: "staff", role: "staff" })).actor;
  const { begun } = await perform(staff, async (ctx) => {
    await completeOrder(ctx, { requestId: randomUUID(), orderId });
    const begun = takeBack(orderId, { by: staff });
    await new Promise((wake) => setTimeout(wake, 200));
    return { begun };
  });
  await begun;
  expect(await rows("SELECT from_status, to_status FROM order_events s JOIN orders o ON o.id = s.order_id WHERE o.public_id = ? ORDER BY s.id", [orderId]))
    .toEqual([{ from_status: "paid", to_status: "completed" }, { from_status: "completed", to_status: "refunded" }]);
});

test("pieces go back on the shelf only when they can be sold again", async () => {
  const lin = await aUser({ points: 200 });
  const kettle = await aKettle();
  const { orderId } = await anOrder(lin, kettle, { quantity: 2 });
  await pay(lin, orderId);
  await takeBack(orderId, { restock: true });
  expect(await stockOf(kettle)).toBe(9);
  await takeBack(orderId);
  expect(await stockOf(kettle)).toBe(9);
});

test("what was refunded does not count towards a person's limit", async () => {
  const lin = await aUser({ points: 300 });
  const mug = await aMug({ limitPerUser: 1, initialStock: 5 });
  const { orderId } = await anOrder(lin, mug);
  await takeBack(orderId);
  await expect(anOrder(lin, mug)).resolves.toMatchObject({ status: "paid" });
});

test("shipped and received orders can be refunded; unpaid, cancelled and others' cannot, nor by shoppers", async () => {
  const lin = await aUser({ points: 500 });
  const staff = (await aUser({ name: "staff", role: "staff" })).actor;
  const tote = await aProduct({ name: "tote", delivery: "shipped", skus: [{ initialStock: 10 }] });
  const { orderId } = await anOrder(lin, tote, { address: { recipient: "林", phone: "13800138000", region: "上海", street: "复兴路 1 号", postcode: "" } });
  await perform(staff, (ctx) => shipOrder(ctx, { requestId: randomUUID(), orderId, carrier: "顺丰", trackingNumber: "SF1" }));
  await perform(staff, (ctx) => completeOrder(ctx, { requestId: randomUUID(), orderId }));
  expect(await takeBack(orderId)).toMatchObject({ points: 100, cashCents: 0 });
  expect(await refusalOf(takeBack((await anOrder(lin, await aKettle())).orderId))).toBe("order_not_refundable");
  expect(await refusalOf(takeBack("A".repeat(22)))).toBe("not_found");
  expect(await refusalOf(takeBack(await aPaidKettle(lin), { by: lin.actor }))).toBe("forbidden");
});

test("by the settings, earned points may be kept, or taken only as far as the balance reaches", async () => {
  for (const [policy, debt, left] of [["keep", 0, 59], ["to_zero", 0, 50]] as const) {
    await rows("REPLACE INTO settings (name, value) VALUES ('clawBack', ?)", [JSON.stringify(policy)]);
    forgetPolicy();
    const lin = await aUser({ points: 50 });
    const orderId = await aPaidKettle(lin);
    expect(await takeBack(orderId)).toMatchObject({ pointsToDebt: debt });
    expect(await balanceOf(lin)).toBe(left);
  }
  await rows("DELETE FROM settings WHERE name = 'clawBack'");
  forgetPolicy();
});

test("staff take back nobody's order of their own", async () => {
  const mei = await aUser({ role: "staff", points: 100 });
  const orderId = await aPaidKettle(mei);
  expect(await refusalOf(takeBack(orderId, { by: mei.actor }))).toBe("forbidden");
  expect(await ordersOf(mei)).toMatchObject([{ status: "paid" }]);
  expect(await takeBack(orderId)).toMatchObject({ points: 50 });
});

test("what may be kept of an order that was never received does not wait for its receipt for ever", async () => {
  const held = { effect: { kind: "fixed", points: 40 }, holding: { kind: "receipt" } } as const;
  await withRules("purchase", [held], async () => {
    for (const [clawBack, left] of [["keep", 40], ["debt", 0]] as const) {
      const lin = await aUser({ points: 50 });
      const orderId = await aPaidKettle(lin);
      await withPolicy({ clawBack }, () => takeBack(orderId));
      expect(await rows("SELECT points_balance, points_pending FROM point_accounts WHERE user_id = ?", [lin.id])).toEqual([{ points_balance: 50 + left, points_pending: 0 }]);
    }
  });
});

/** The provider's key for the cash of an order's refund. */
async function cashIdOf(orderId: string): Promise<string> {
  const [row] = await rows<{ id: string }>("SELECT c.public_id AS id FROM cash_refunds c JOIN payments p ON p.id = c.payment_id JOIN orders o ON o.id = p.order_id WHERE o.public_id = ?", [orderId]);
  return row!.id;
}

test("cash is asked of the provider again when it did not take it, and once it did never again", async () => {
  const lin = await aUser({ points: 100 });
  const orderId = await aPaidKettle(lin);
  await takeBack(orderId);
  const refundId = await cashIdOf(orderId);
  const asked: string[] = [];
  vi.spyOn(testCashier, "refund").mockImplementation(async (refund) => {
    if (refund.refundId !== refundId) return;
    asked.push(refund.refundId);
    if (asked.length === 1) throw new Error("the bank is closed");
  });
  const run = (minutesLater: number) => refundCashJob.run(new Date(theClock.now().getTime() + minutesLater * 60_000), Date.now() + 10_000);
  const cash = async () => (await findOrder(db(), orderId))!.refunds[0]!.cashStatus;
  await run(0);
  expect(await cash()).toBe("due");
  await run(0.5);
  expect(asked).toHaveLength(1);
  await run(2);
  expect(await cash()).toBe("sent");
  await run(60);
  expect(asked).toHaveLength(2);
});

test("cash that the provider never takes is left to a person after the last try", async () => {
  const lin = await aUser({ points: 100 });
  const orderId = await aPaidKettle(lin);
  await takeBack(orderId);
  const refundId = await cashIdOf(orderId);
  let tries = 0;
  vi.spyOn(testCashier, "refund").mockImplementation(async (refund) => {
    if (refund.refundId === refundId && ++tries) throw new Error("no such account");
  });
  for (let day = 0; day < 20; day++) await refundCashJob.run(new Date(theClock.now().getTime() + day * 86_400_000), Date.now() + 10_000);
  expect(tries).toBe(8);
  expect((await findOrder(db(), orderId))!.refunds[0]).toMatchObject({ cashStatus: "failed", points: 50, cashCents: 990 });
});
