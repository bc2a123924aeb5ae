import { randomUUID } from "node:crypto";

import { expect, test } from "vitest";

import { db } from "@/db/client";
import type { Actor } from "@/lib/ctx";
import { releaseUnpaidJob } from "@/lib/jobs/release-unpaid";
import { perform } from "@/lib/perform";
import { expirePoints } from "@/lib/points/keeping/commands";
import { getBalance } from "@/lib/points/queries";
import { rows } from "@/test/database";
import {
  aKettle, aMug, anOrder, aProduct, aUser, balanceOf, endOfDayIn, eventsAbout, freeze, ledgerOf, lotsOf, noonIn, ordersOf, pay, refusalOf, stockOf, theClock, theShop, type TestUser,
} from "@/test/world";

import { cancelOrder, openPayment, settlePayment } from "./commands";
import { completeOrder, confirmReceipt } from "./receiving/commands";
import { shipOrder } from "./shipping/commands";
import { findOrder, findTestPayment, listOrders } from "./queries";

const by = (actor: Actor, orderId: string, now = theClock.now()) => ({
  open: () => perform(actor, (ctx) => openPayment(ctx, { requestId: randomUUID(), orderId }, "test"), now),
  cancel: () => perform(actor, (ctx) => cancelOrder(ctx, { requestId: randomUUID(), orderId }), now),
  ship: () => perform(actor, (ctx) => shipOrder(ctx, { requestId: randomUUID(), orderId, carrier: "顺丰", trackingNumber: "SF123" }), now),
  complete: () => perform(actor, (ctx) => completeOrder(ctx, { requestId: randomUUID(), orderId }), now),
  receive: () => perform(actor, (ctx) => confirmReceipt(ctx, { requestId: randomUUID(), orderId }), now),
});

const settle = (actor: Actor, reference: string, result: "paid" | "failed" = "paid", provider = "test") => perform(actor, (ctx) => settlePayment(ctx, provider, reference, result));

const statusOf = async (who: TestUser): Promise<string> => (await ordersOf(who))[0]!.status;
const shippable = () => aProduct({ name: "tote", delivery: "shipped", skus: [{ initialStock: 10 }] });

test("paying the cash moves the order on, earns one point a yuan, and is an event", async () => {
  const lin = await aUser({ points: 50 });
  const { orderId } = await anOrder(lin, await aKettle());
  expect(await pay(lin, orderId)).toEqual({ orderId, status: "paid" });
  expect(await ordersOf(lin)).toMatchObject([{ status: "paid", cash_due_cents: 990, cash_paid_cents: 990 }]);
  expect((await ledgerOf(lin)).at(-1)).toMatchObject({ kind: "earn", points_change: 9, source_type: "purchase", source_id: orderId });
  expect((await eventsAbout("order", orderId)).map(({ name }) => name)).toEqual(["order.redeemed", "order.paid"]);
  expect(await rows("SELECT from_status, to_status, actor_id FROM order_events s JOIN orders o ON o.id = s.order_id WHERE o.public_id = ?", [orderId]))
    .toEqual([{ from_status: "pending", to_status: "paid", actor_id: lin.id }]);
});

test("from the second paid order on there is a reward for coming back, once a day", async () => {
  const lin = await aUser({ points: 200 });
  const kettle = await aKettle();
  for (let round = 0; round < 3; round++) await pay(lin, (await anOrder(lin, kettle)).orderId);
  expect((await ledgerOf(lin)).filter(({ kind }) => kind === "earn").map(({ source_type, points_change }) => `${source_type} ${points_change}`))
    .toEqual(["purchase 9", "purchase 9", "repurchase 50", "purchase 9"]);
});

test("an order paid with points alone earns nothing", async () => {
  const lin = await aUser({ points: 100 });
  await anOrder(lin, await aMug());
  expect((await ledgerOf(lin)).map(({ kind }) => kind)).toEqual(["adjust", "spend"]);
});

test("a frozen person pays for nothing more; what a bank has taken already is taken, and earns nothing", async () => {
  const lin = await aUser({ points: 50 });
  const { orderId } = await anOrder(lin, await aKettle());
  const { reference } = await perform(lin.actor, (ctx) => openPayment(ctx, { requestId: randomUUID(), orderId }, "test"));
  await freeze(lin);
  expect(await refusalOf(pay(lin, orderId))).toBe("account_frozen");
  expect(await perform(lin.actor, (ctx) => settlePayment(ctx, "test", reference, "paid"))).toMatchObject({ status: "paid" });
  expect((await ledgerOf(lin)).map(({ kind }) => kind)).toEqual(["adjust", "spend"]);
});

test("a payment that failed leaves the order waiting, and another attempt can pay it", async () => {
  const lin = await aUser({ points: 50 });
  const { orderId } = await anOrder(lin, await aKettle());
  expect(await pay(lin, orderId, "failed")).toEqual({ orderId, status: "pending" });
  expect(await pay(lin, orderId)).toEqual({ orderId, status: "paid" });
});

test("a provider that repeats itself changes nothing; one that changes its mind is refused", async () => {
  const lin = await aUser({ points: 50 });
  const { orderId } = await anOrder(lin, await aKettle());
  const { reference } = await by(lin.actor, orderId).open();
  const first = await settle(lin.actor, reference);
  expect(await settle(lin.actor, reference)).toEqual(first);
  expect(await refusalOf(settle(lin.actor, reference, "failed"))).toBe("order_not_payable");
  expect(await balanceOf(lin)).toBe(9);
});

test("a payment of another provider with the same reference is not found", async () => {
  const lin = await aUser({ points: 50 });
  const { orderId } = await anOrder(lin, await aKettle());
  const { reference } = await by(lin.actor, orderId).open();
  expect(await refusalOf(settle(lin.actor, reference, "paid", "another-bank"))).toBe("not_found");
  expect(await refusalOf(settle(lin.actor, "no-such-reference-here"))).toBe("not_found");
});

test("a payment that comes after the order was cancelled goes back, once, and grants nothing", async () => {
  const lin = await aUser({ points: 50 });
  const { orderId } = await anOrder(lin, await aKettle());
  const { reference } = await by(lin.actor, orderId).open();
  await by(lin.actor, orderId).cancel();
  for (let times = 0; times < 3; times++) expect(await settle(lin.actor, reference)).toEqual({ orderId, status: "cancelled" });
  expect(await balanceOf(lin)).toBe(50);
  expect(await ordersOf(lin)).toMatchObject([{ status: "cancelled", cash_paid_cents: 0 }]);
  expect((await findOrder(db(), orderId))!.latePayments).toEqual([{ amountCents: 990, cashStatus: "due" }]);
  expect((await eventsAbout("order", orderId)).filter(({ name }) => name === "order.paid_late")).toHaveLength(1);
});

test("cancelling returns points to their own lots with their own expiry, and the piece to the shelf", async () => {
  const lin = await aUser({ lots: [{ points: 20, expiresInDays: 3 }, { points: 100, expiresInDays: 60 }] });
  const kettle = await aKettle();
  const before = await lotsOf(lin);
  const { orderId } = await anOrder(lin, kettle);
  expect(await by(lin.actor, orderId).cancel()).toEqual({ orderId, points: 50 });
  expect(await lotsOf(lin)).toEqual(before);
  expect(await stockOf(kettle)).toBe(10);
  expect((await ledgerOf(lin)).at(-1)).toMatchObject({ kind: "restore", points_change: 50, balance_after: 120, source_id: orderId });
  expect((await eventsAbout("order", orderId)).at(-1)).toEqual({ name: "order.cancelled", actor_id: lin.id, data: { reason: "buyer", points: 50, changes: { status: ["pending", "cancelled"] } } });
});

test("returned points do not count as earned", async () => {
  const lin = await aUser({ points: 50 });
  const { orderId } = await anOrder(lin, await aKettle());
  await by(lin.actor, orderId).cancel();
  expect(await rows("SELECT total_points_earned AS earned FROM point_accounts WHERE user_id = ?", [lin.id])).toEqual([{ earned: 0 }]);
});

/** An order that took 20 points which expired a minute later, and 30 that live for long. */
async function anOrderOverMidnight(role: "shopper" | "staff" = "shopper"): Promise<{ lin: TestUser; orderId: string; after: Date }> {
  const lin = await aUser({ role, lots: [{ points: 20, expiresInDays: 0 }, { points: 100, expiresInDays: 60 }] });
  const { orderId } = await anOrder(lin, await aKettle(), {}, new Date(endOfDayIn(0).getTime() - 60_000));
  return { lin, orderId, after: new Date(endOfDayIn(0).getTime() + 60_000) };
}

test("a buyer who cancels gets no point back that has expired meanwhile: it is swept with its lot", async () => {
  const { lin, orderId, after } = await anOrderOverMidnight();
  await by(lin.actor, orderId, after).cancel();
  expect((await getBalance(db(), lin.id, after)).pointsAvailable).toBe(100);
  await perform(theShop, (ctx) => expirePoints(ctx, [lin.id]), after);
  expect((await lotsOf(lin)).map((lot) => [lot.expires_at.getTime(), lot.points_remaining])).toEqual([[endOfDayIn(0).getTime(), 0], [endOfDayIn(60).getTime(), 100]]);
  expect((await ledgerOf(lin)).at(-1)).toMatchObject({ kind: "expire", points_change: -20, balance_after: 100 });
});

test("what the merchant takes back from a lot that has expired meanwhile is good for the grace period", async () => {
  const { lin, orderId, after } = await anOrderOverMidnight();
  const staff = await aUser({ name: "staff", role: "staff" });
  await by(staff.actor, orderId, after).cancel();
  expect((await lotsOf(lin)).map((lot) => [lot.expires_at.getTime(), lot.points_remaining])).toEqual([
    [endOfDayIn(0).getTime(), 0], [endOfDayIn(31).getTime(), 20], [endOfDayIn(60).getTime(), 100],
  ]);
});

test("staff who take back an order of their own are buyers: no grace for them", async () => {
  const { lin, orderId, after } = await anOrderOverMidnight("staff");
  await by(lin.actor, orderId, after).cancel();
  expect((await getBalance(db(), lin.id, after)).pointsAvailable).toBe(100);
});

test("holding points in an order over their last midnight, again and again, lengthens nothing", async () => {
  const lin = await aUser({ lots: [{ points: 50, expiresInDays: 0 }] });
  const kettle = await aKettle();
  for (let times = 0; times < 3; times++) {
    const before = new Date(endOfDayIn(0).getTime() - 60_000 + times);
    const { orderId } = await anOrder(lin, kettle, {}, before);
    await by(lin.actor, orderId, new Date(before.getTime() + 120_000)).cancel();
  }
  expect((await getBalance(db(), lin.id, endOfDayIn(0))).pointsAvailable).toBe(0);
  expect(await lotsOf(lin)).toMatchObject([{ points_granted: 50, expires_at: endOfDayIn(0) }]);
});

test("redeeming and cancelling over and over lengthens nothing", async () => {
  const lin = await aUser({ lots: [{ points: 50, expiresInDays: 9 }] });
  const kettle = await aKettle();
  for (let day = 0; day < 5; day++) {
    const { orderId } = await anOrder(lin, kettle, {}, noonIn(day));
    await by(lin.actor, orderId, noonIn(day)).cancel();
  }
  expect(await lotsOf(lin)).toMatchObject([{ points_granted: 50, points_remaining: 50, expires_at: endOfDayIn(9) }]);
});

test("an order cancelled twice is refused the second time, and gives nothing back again", async () => {
  const lin = await aUser({ points: 50 });
  const kettle = await aKettle();
  const { orderId } = await anOrder(lin, kettle);
  await by(lin.actor, orderId).cancel();
  expect(await refusalOf(by(lin.actor, orderId).cancel())).toBe("order_not_cancellable");
  expect(await balanceOf(lin)).toBe(50);
  expect(await stockOf(kettle)).toBe(10);
});

test("a frozen person can still take back an order", async () => {
  const lin = await aUser({ points: 50 });
  const { orderId } = await anOrder(lin, await aKettle());
  await freeze(lin);
  await by(lin.actor, orderId).cancel();
  expect(await balanceOf(lin)).toBe(50);
});

test("a buyer's unpaid orders come back into the ledger one after the other, the oldest first", async () => {
  const [lin, mei] = [await aUser({ points: 1_000 }), await aUser({ points: 1_000 })];
  const [kettle, at] = [await aKettle({ initialStock: 30 }), theClock.now()];
  for (const quantity of [4, 1, 3, 2]) for (const who of [lin, mei]) await anOrder(who, kettle, { quantity }, at);
  const spent = (await ledgerOf(lin)).slice(-4).map(({ points_change }) => points_change);
  expect(await releaseUnpaidJob.run(new Date(at.getTime() + 15 * 60_000), Date.now() + 10_000)).toMatchObject({ failures: [] });
  for (const who of [lin, mei]) expect((await ledgerOf(who)).slice(-4).map(({ points_change }) => -points_change)).toEqual(spent);
});

test("an unpaid order is released when its quarter of an hour is over, and not a millisecond earlier", async () => {
  const lin = await aUser({ points: 50 });
  const kettle = await aKettle();
  const at = theClock.now();
  await anOrder(lin, kettle, {}, at);
  const over = at.getTime() + 15 * 60_000;
  await releaseUnpaidJob.run(new Date(over - 1), Date.now() + 10_000);
  expect(await statusOf(lin)).toBe("pending");
  expect(await releaseUnpaidJob.run(new Date(over), Date.now() + 10_000)).toMatchObject({ released: 1, failures: [] });
  expect(await statusOf(lin)).toBe("cancelled");
  expect(await balanceOf(lin)).toBe(50);
  expect(await stockOf(kettle)).toBe(10);
  expect(await rows("SELECT note, actor_id FROM order_events s JOIN orders o ON o.id = s.order_id WHERE o.user_id = ?", [lin.id])).toEqual([{ note: "unpaid", actor_id: null }]);
});

test("an order on its way: shipped by staff, received by the buyer, each step an event of its actor", async () => {
  const [lin, bo] = [await aUser({ points: 100 }), await aUser({ name: "bo", role: "staff" })];
  const { orderId } = await anOrder(lin, await shippable(), { addressMayFollow: true });
  expect(await by(bo.actor, orderId).ship()).toMatchObject({ orderId, status: "shipped" });
  expect(await by(lin.actor, orderId).receive()).toEqual({ orderId, status: "completed" });
  const page = await findOrder(db(), orderId, lin.id);
  expect(page).toMatchObject({ status: "completed", carrier: "顺丰", trackingNumber: "SF123" });
  expect(page!.events.map(({ fromStatus, toStatus, actorId }) => [fromStatus, toStatus, actorId])).toEqual(expect.arrayContaining([["paid", "shipped", bo.id], ["shipped", "completed", lin.id]]));
  expect((await eventsAbout("order", orderId)).map(({ name, actor_id }) => [name, actor_id])).toEqual([["order.redeemed", lin.id], ["order.parcel_sent", bo.id], ["order.shipped", bo.id], ["order.completed", lin.id]]);
});

test("what is not shipped is handed over by staff", async () => {
  const [lin, bo] = [await aUser({ points: 100 }), await aUser({ name: "bo", role: "staff" })];
  const { orderId } = await anOrder(lin, await aMug());
  expect(await refusalOf(by(bo.actor, orderId).ship())).toBe("order_not_shippable");
  expect(await by(bo.actor, orderId).complete()).toMatchObject({ status: "completed" });
});

test.each([
  ["pending", async (who: TestUser) => (await anOrder(who, await aKettle())).orderId, { ship: "order_not_shippable", complete: "order_not_receivable", receive: "order_not_receivable" }],
  ["paid", async (who: TestUser) => (await anOrder(who, await shippable(), { addressMayFollow: true })).orderId,
    { open: "order_not_payable", cancel: "order_not_cancellable", complete: "order_not_receivable", receive: "order_not_receivable" }],
  ["cancelled", async (who: TestUser) => {
    const { orderId } = await anOrder(who, await aKettle());
    await by(who.actor, orderId).cancel();
    return orderId;
  }, { open: "order_not_payable", cancel: "order_not_cancellable", ship: "order_not_shippable", complete: "order_not_receivable", receive: "order_not_receivable" }],
] as const)("an order that is %s refuses every step that does not follow", async (status, make, refusals) => {
  const [lin, bo] = [await aUser({ points: 200 }), await aUser({ name: "bo", role: "staff" })];
  const orderId = await make(lin);
  for (const [step, code] of Object.entries(refusals)) {
    expect([step, await refusalOf(by(bo.actor, orderId)[step as "ship"]())]).toEqual([step, code]);
  }
  expect(await statusOf(lin)).toBe(status);
});

test("nobody reaches another person's order, by any command or query, and nothing happens to it", async () => {
  const [lin, eve] = [await aUser({ points: 100 }), await aUser({ name: "eve", points: 100 })];
  const { orderId } = await anOrder(lin, await aKettle());
  const { reference } = await by(lin.actor, orderId).open();
  const asEve = by(eve.actor, orderId);
  for (const step of ["open", "cancel", "receive", "complete", "ship"] as const) expect([step, await refusalOf(asEve[step]())]).toEqual([step, "not_found"]);
  expect(await refusalOf(settle(eve.actor, reference))).toBe("not_found");
  expect(await findOrder(db(), orderId, eve.id)).toBeNull();
  expect(await findTestPayment(db(), reference, eve.id)).toBeNull();
  expect((await listOrders(db(), eve.id, { limit: 50 })).orders).toEqual([]);
  expect(await statusOf(lin)).toBe("pending");
});

test("an order that never was is not found", async () => {
  const lin = await aUser();
  expect(await refusalOf(by(lin.actor, "A".repeat(22)).cancel())).toBe("not_found");
});

test("pages of orders hold every order once, newest first", async () => {
  const lin = await aUser({ points: 1_000 });
  const mug = await aMug({ initialStock: 9 });
  for (let index = 0; index < 7; index++) await anOrder(lin, mug);
  const seen: number[] = [];
  for (let before: number | undefined; ; ) {
    const page = await listOrders(db(), lin.id, { before, limit: 3 });
    seen.push(...page.orders.map(({ id }) => id));
    expect(page.counts.paid).toBe(7);
    if (page.nextBefore === null) break;
    before = page.nextBefore;
  }
  expect(seen).toEqual([...new Set(seen)].sort((a, b) => b - a));
  expect(seen).toHaveLength(7);
});

test("the order shows the lots it was paid from, and what came back", async () => {
  const lin = await aUser({ lots: [{ points: 20, expiresInDays: 3 }, { points: 100, expiresInDays: 60 }] });
  const { orderId } = await anOrder(lin, await aKettle());
  expect((await findOrder(db(), orderId, lin.id))!.draws.map(({ points }) => points)).toEqual([20, 30]);
  await perform(theShop, (ctx) => cancelOrder(ctx, { requestId: "x", orderId }));
  expect((await findOrder(db(), orderId, lin.id))!.restoredPoints).toBe(50);
});
