import { randomUUID } from "node:crypto";

import { expect, test } from "vitest";

import { freezeAccount } from "@/lib/accounts/commands";
import { currentTime } from "@/lib/clock";
import type { Actor } from "@/lib/ctx";
import { releaseUnpaidJob } from "@/lib/jobs/release-unpaid";
import { cancelOrder, openPayment, settlePayment } from "@/lib/orders/commands";
import { completeOrder, confirmReceipt } from "@/lib/orders/receiving/commands";
import { shipOrder } from "@/lib/orders/shipping/commands";
import { redeem } from "@/lib/orders/lanes";
import { perform } from "@/lib/perform";
import { expirePoints } from "@/lib/points/keeping/commands";
import { allow, isRefusal, refuse, type Decision } from "@/lib/refusal";

import { count, rows } from "../database";
import {
  aKettle, aMug, anOrder, aProduct, atOnce, aUser, balanceOf, becomes, endOfDayIn, inProcess, ledgerOf, ordersOf, redeemAlone, staffWith, stockOf, tally, theShop, wishOf, usersWith, type TestUser,
} from "../world";

const answerOf = async <T>(work: Promise<T>): Promise<Decision<T>> => {
  try {
    return allow(await work);
  } catch (error) {
    if (isRefusal(error)) return refuse(error.code, error.detail);
    throw error;
  }
};

/** A payment that the buyer is about to confirm at the bank. */
const openFor = async (who: TestUser, orderId: string): Promise<string> =>
  (await perform(who.actor, (ctx) => openPayment(ctx, { requestId: randomUUID(), orderId }, "test"))).reference;

const settle = (who: TestUser, reference: string) => answerOf(perform(who.actor, (ctx) => settlePayment(ctx, "test", reference, "paid")));
const cancel = (by: Actor, orderId: string, reason: "buyer" | "unpaid" = "buyer") => answerOf(perform(by, (ctx) => cancelOrder(ctx, { requestId: orderId, orderId }, reason)));

/** How the order stands that a payment was for. */
const statusIn = (answer: Awaited<ReturnType<typeof settle>>): string => (answer.ok ? answer.value.status : answer.code);

const cashOnItsWayBack = (orderId: string): Promise<number> =>
  count("SELECT COALESCE(SUM(c.amount_cents), 0) FROM cash_refunds c JOIN payments p ON p.id = c.payment_id JOIN orders o ON o.id = p.order_id WHERE o.public_id = ?", [orderId]);

const ROUNDS = 200;
const AT_ONCE = 8;

/** Runs the rounds a few at a time, so that they also meet each other. */
async function inRounds(rounds: number, round: (index: number) => Promise<void>): Promise<void> {
  let next = 0;
  await atOnce(AT_ONCE, async () => {
    while (next < rounds) await round(next++);
  });
}

test(`the buyer's payment against the clock's release, ${ROUNDS} times: never both, and never neither`, async () => {
  const kettle = await aKettle({ initialStock: ROUNDS, limitPerUser: 0 });
  const outcomes: Record<string, number> = {};
  await inRounds(ROUNDS, async () => {
    const lin = await aUser({ points: 50 });
    const { orderId } = await anOrder(lin, kettle);
    const reference = await openFor(lin, orderId);
    const [paid, released] = await Promise.all([settle(lin, reference), cancel(theShop, orderId, "unpaid")]);
    const winner = statusIn(paid);
    expect(released.ok).toBe(winner === "cancelled");
    expect(await balanceOf(lin)).toBe(winner === "paid" ? 9 : 50);
    expect(await cashOnItsWayBack(orderId)).toBe(winner === "paid" ? 0 : 990);
    outcomes[winner] = (outcomes[winner] ?? 0) + 1;
  });
  expect(await stockOf(kettle)).toBe(outcomes.cancelled ?? 0);
  expect(await count("SELECT COUNT(*) FROM orders WHERE status NOT IN ('paid', 'cancelled')")).toBe(0);
});

test("the buyer cancels while the bank confirms: the order ends in one of the two states, whole", async () => {
  const kettle = await aKettle({ initialStock: 40 });
  await inRounds(40, async () => {
    const lin = await aUser({ points: 50 });
    const { orderId } = await anOrder(lin, kettle);
    const reference = await openFor(lin, orderId);
    const [paid, cancelled, again] = await Promise.all([settle(lin, reference), cancel(lin.actor, orderId), settle(lin, reference)]);
    expect(statusIn(paid)).toBe(statusIn(again));
    expect(cancelled.ok).toBe(statusIn(paid) === "cancelled");
    if (!cancelled.ok) expect(cancelled.code).toBe("order_not_cancellable");
    expect(await cashOnItsWayBack(orderId)).toBe(cancelled.ok ? 990 : 0);
  });
});

test("ten cancellations at once give the points and the piece back once, and the others are refused", async () => {
  const lin = await aUser({ points: 50 });
  const kettle = await aKettle({ initialStock: 1 });
  const { orderId } = await anOrder(lin, kettle);
  expect(tally(await atOnce(10, () => cancel(lin.actor, orderId)))).toEqual({ ok: 1, order_not_cancellable: 9 });
  expect(await balanceOf(lin)).toBe(50);
  expect(await stockOf(kettle)).toBe(1);
});

test("ten hands ship one parcel, then the buyer and the staff both close the order: each step happens once", async () => {
  const bo = await aUser({ name: "bo", role: "staff" });
  const tote = await aProduct({ name: "tote", delivery: "shipped", skus: [{ initialStock: 10 }] });
  for (let round = 0; round < 5; round++) {
    const lin = await aUser({ points: 100 });
    const { orderId } = await anOrder(lin, tote, { addressMayFollow: true });
    const ship = (hand: number) => answerOf(perform(bo.actor, (ctx) => shipOrder(ctx, { requestId: "x", orderId, carrier: "SF", trackingNumber: `SF${hand}` })));
    expect(tally(await atOnce(10, ship))).toEqual({ ok: 1, order_not_shippable: 9 });
    const close = (hand: number) => answerOf(perform(hand % 2 ? bo.actor : lin.actor, (ctx) => (hand % 2 ? completeOrder : confirmReceipt)(ctx, { requestId: "x", orderId })));
    expect(tally(await atOnce(10, close))).toEqual({ ok: 1, order_not_receivable: 9 });
  }
});

test("the bank repeating itself 20 times moves the order and pays the reward once", async () => {
  const lin = await aUser({ points: 50 });
  const { orderId } = await anOrder(lin, await aKettle());
  const reference = await openFor(lin, orderId);
  expect(tally(await atOnce(20, () => settle(lin, reference)))).toEqual({ ok: 20 });
  expect((await ledgerOf(lin)).filter(({ kind }) => kind === "earn").map(({ points_change }) => points_change)).toEqual([9]);
});

test("two payments opened for one order: one is taken, the other goes back", async () => {
  const lin = await aUser({ points: 50 });
  const { orderId } = await anOrder(lin, await aKettle());
  const references = await Promise.all([openFor(lin, orderId), openFor(lin, orderId)]);
  expect(tally(await Promise.all(references.map((reference) => settle(lin, reference))))).toEqual({ ok: 2 });
  expect(await ordersOf(lin)).toMatchObject([{ status: "paid", cash_paid_cents: 990 }]);
  expect(await cashOnItsWayBack(orderId)).toBe(990);
});

test("two orders paid at once: the second of them, whichever it is, earns the repurchase reward", async () => {
  const lin = await aUser({ points: 100 });
  const kettle = await aKettle();
  const orders = [await anOrder(lin, kettle), await anOrder(lin, kettle)];
  const references = await Promise.all(orders.map(({ orderId }) => openFor(lin, orderId)));
  await Promise.all(references.map((reference) => settle(lin, reference)));
  expect((await ledgerOf(lin)).filter(({ kind }) => kind === "earn").map(({ points_change }) => points_change).sort((a, b) => a - b)).toEqual([9, 9, 50]);
});

test("releases run by three processes at once take back each unpaid order once", async () => {
  const people = await usersWith(250, 4);
  const kettle = await aKettle({ initialStock: 20 });
  for (let index = 0; index < 20; index++) await anOrder(people[index % people.length]!, kettle);
  const later = new Date(currentTime().getTime() + 16 * 60_000);
  const reports = await atOnce(3, () => releaseUnpaidJob.run(later, Date.now() + 30_000));
  expect(reports.reduce((sum, { released }) => sum + Number(released), 0)).toBe(20);
  expect(reports.map(({ failures }) => failures)).toEqual([[], [], []]);
  for (const who of people) expect(await balanceOf(who)).toBe(250);
  expect(await stockOf(kettle)).toBe(20);
});

test("the sweep against a spend of the same lot: it goes to one of them, whole", async () => {
  const kinds: Record<string, number> = {};
  await inRounds(40, async (index) => {
    const lin = await aUser({ lots: [{ points: 100, expiresInDays: 1 }] });
    const mug = await aMug();
    const end = endOfDayIn(1);
    // The buyer pressed in the last instant of the lot; the sweep runs in the first one after it.
    const spend = () => redeemAlone(lin, mug, {}, new Date(end.getTime() - 1));
    const sweep = () => perform(theShop, (ctx) => expirePoints(ctx, [lin.id]), end);
    const [spent, swept] = await (index % 2 ? Promise.all([spend(), sweep()]) : Promise.all([sweep(), spend()]).then(([second, first]) => [first, second] as const));
    expect(spent.ok ? 0 : 100).toBe(swept.points);
    expect(await balanceOf(lin)).toBe(0);
    const kind = spent.ok ? "spend" : "expire";
    kinds[kind] = (kinds[kind] ?? 0) + 1;
  });
  expect((kinds.spend ?? 0) + (kinds.expire ?? 0)).toBe(40);
});

test("sweeps by three processes at once end each lot once", async () => {
  const people = await atOnce(30, () => aUser({ lots: [{ points: 7, expiresInDays: 1 }, { points: 5, expiresInDays: 2 }, { points: 100, expiresInDays: 90 }] }));
  const later = endOfDayIn(3);
  const reports = await atOnce(3, () => perform(theShop, (ctx) => expirePoints(ctx, people.map(({ id }) => id)), later));
  expect(reports.reduce((sum, { points }) => sum + points, 0)).toBe(30 * 12);
  for (const who of people) expect(await balanceOf(who)).toBe(100);
});

test("a freeze while the buyer is pressing: what came before stays, and nothing comes after", async () => {
  const owner = await aUser({ name: "owner", role: "owner" });
  const mug = await aMug({ pointsPrice: 1, initialStock: 10_000 });
  for (let round = 0; round < 10; round++) {
    const lin = await aUser({ points: 1_000 });
    const presses = atOnce(60, (index) => (index % 2 ? redeemAlone(lin, mug) : inProcess(index % 3, () => redeem(wishOf(lin, mug)))));
    const frozen = perform(owner.actor, (ctx) => freezeAccount(ctx, { requestId: randomUUID(), userId: lin.id, reason: "pressing too fast" }));
    const answers = tally(await presses);
    await frozen;
    expect((answers.ok ?? 0) + (answers.account_frozen ?? 0)).toBe(60);
    expect(await balanceOf(lin)).toBe(1_000 - (answers.ok ?? 0));
    expect(await ordersOf(lin)).toHaveLength(answers.ok ?? 0);
    const [after] = await rows<{ orders: number }>(
      `SELECT COUNT(*) AS orders FROM events e JOIN events f ON f.name = 'account.frozen' AND f.subject_id = ? AND e.id > f.id WHERE e.name = 'order.redeemed' AND e.actor_id = ?`,
      [String(lin.id), lin.id]);
    expect(after!.orders).toBe(0);
  }
});

test("two owners demoting each other leave one owner", async () => {
  for (let round = 0; round < 10; round++) {
    const [ada, bo] = [await aUser({ name: "ada", role: "owner" }), await aUser({ name: "bo", role: "owner" })];
    await rows("UPDATE users SET role = 'shopper' WHERE role = 'owner' AND id NOT IN (?, ?)", [ada.id, bo.id]);
    const asOwner = (id: TestUser["id"]): Actor => staffWith(id, "owner");
    const answers = await Promise.all([answerOf(becomes(bo, "shopper", asOwner(ada.id))), answerOf(becomes(ada, "shopper", asOwner(bo.id)))]);
    expect(tally(answers)).toEqual({ ok: 1, last_owner: 1 });
    expect(await count("SELECT COUNT(*) FROM users WHERE role = 'owner'")).toBe(1);
  }
});

test("200 buyers with mixed carts of three products: stock, points and orders agree", async () => {
  const people = await atOnce(20, () => aUser({ points: 500 }));
  const products = [await aMug({ pointsPrice: 10, initialStock: 40 }), await aKettle({ initialStock: 30 }), await aProduct({ name: "tote", skus: [{ pointsPrice: 30, initialStock: 25 }] })];
  const answers = await Promise.all(
    Array.from({ length: 200 }, (_, index) => {
      const who = people[index % 20]!;
      const product = products[(index * 7) % 3]!;
      const wish = { quantity: 1 + (index % 2) };
      return index % 2 ? redeemAlone(who, product, wish) : inProcess(index % 4, () => redeem(wishOf(who, product, wish)));
    }),
  );
  expect(Object.keys(tally(answers)).sort()).toEqual(["ok", "sold_out"]);
  for (const product of products) expect(await stockOf(product)).toBeGreaterThanOrEqual(0);
});
