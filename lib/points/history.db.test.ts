import { randomUUID } from "node:crypto";

import fc from "fast-check";
import { expect, test } from "vitest";

import { db } from "@/db/client";
import type { Ctx } from "@/lib/ctx";
import { cancelOrder } from "@/lib/orders/commands";
import { perform } from "@/lib/perform";
import { earnPoints } from "@/lib/rules/commands";
import { accountOf, aKettle, anOrder, aProduct, atOnce, aUser, endOfDayIn, ledgerOf, lin, redeemAlone, theClock, theShop, type TestProduct, type TestUser } from "@/test/world";

import { getPastBalance, listLotMoves } from "./history-queries";
import { clawBack, expirePoints, grantPoints } from "./keeping/commands";
import { getBalance } from "./queries";

const HOUR_MS = 3_600_000;
const DAY_MS = 24 * HOUR_MS;
const PEOPLE = 30;
const STEPS = 34;

type Step = { kind: "gift" | "visit" | "redeem" | "order" | "cancel" | "sweep" | "take back"; points: number; days: number; hours: number };
const someSteps = fc.array(
  fc.record({
    kind: fc.constantFrom<Step["kind"]>("gift", "visit", "visit", "redeem", "order", "cancel", "sweep", "take back"),
    points: fc.integer({ min: 1, max: 150 }), days: fc.integer({ min: 0, max: 12 }), hours: fc.integer({ min: 1, max: 40 }),
  }), { minLength: STEPS, maxLength: STEPS });

type Shelf = { small: TestProduct; withCash: TestProduct };
type Life = { who: TestUser; visits: string[]; orders: string[] };

/** One thing that happens to a person, by the shop's own commands; what is refused changes nothing. */
async function take({ who, visits, orders }: Life, { kind, points, days }: Step, now: Date, shelf: Shelf): Promise<void> {
  const doing = (work: (ctx: Ctx) => Promise<unknown>) => perform(theShop, work, now);
  switch (kind) {
    case "gift":
      await doing((ctx) => grantPoints(ctx, [{ userId: who.id, points, expiresAt: new Date(now.getTime() + days * DAY_MS + HOUR_MS), sourceId: randomUUID(), reason: "a gift" }]));
      return;
    case "visit": {
      const id = `${who.id}:${randomUUID()}`;
      await doing((ctx) => earnPoints(ctx, { userId: who.id, action: "login", source: { type: "visit", id } }));
      visits.push(id);
      return;
    }
    case "redeem":
      await redeemAlone(who, shelf.small, {}, now);
      return;
    case "order": {
      const answer = await redeemAlone(who, shelf.withCash, {}, now);
      if (answer.ok) orders.push(answer.value.orderId);
      return;
    }
    case "cancel": {
      const orderId = orders.pop();
      if (orderId) await doing((ctx) => cancelOrder(ctx, { requestId: "x", orderId }, "unpaid"));
      return;
    }
    case "sweep":
      await doing((ctx) => expirePoints(ctx, [who.id]));
      return;
    case "take back": {
      const id = visits.pop();
      if (id) await doing((ctx) => clawBack(ctx, { userId: who.id, source: { type: "visit", id }, cause: { type: "visit_undo", id }, reason: "undone" }));
      return;
    }
  }
}

test(`at ${PEOPLE * STEPS} moments of random people the lots make the balance of that moment, as it was when it was`, { timeout: 90_000 }, async () => {
  const shelf = { small: await aProduct({ name: "pin", skus: [{ pointsPrice: 30, initialStock: 5_000 }] }), withCash: await aKettle({ initialStock: 5_000 }) };
  const lives = fc.sample(someSteps, { numRuns: PEOPLE, seed: 20_260_310 });
  await atOnce(PEOPLE, async (index) => {
    const life: Life = { who: await aUser(), visits: [], orders: [] };
    let now = theClock.now();
    const seen: { moment: Date; available: number; debt: number; net: number }[] = [];
    for (const step of lives[index]!) {
      now = new Date(now.getTime() + step.hours * HOUR_MS);
      await take(life, step, now, shelf);
      const [account, balance] = [await accountOf(life.who), await getBalance(db(), life.who.id, now)];
      seen.push({ moment: now, available: balance.pointsAvailable, debt: account.points_debt, net: account.points_balance - account.points_debt });
    }
    for (const { moment, available, debt, net } of seen) {
      const past = await getPastBalance(db(), life.who.id, moment);
      expect({ available: past.pointsAvailable, debt: past.pointsDebt, balanceAfter: past.balanceAfter, difference: past.difference }).toEqual({ available, debt, balanceAfter: net, difference: 0 });
      expect(past.lots.reduce((sum, lot) => sum + lot.pointsRemaining, 0)).toBe(past.balanceAfter + past.pointsDebt);
    }
  });
});

test("before the first entry a person had nothing, and nobody's past is another's", async () => {
  const who = await lin();
  const past = await getPastBalance(db(), who.id, new Date(theClock.now().getTime() - DAY_MS));
  expect(past).toMatchObject({ pointsAvailable: 0, pointsDebt: 0, difference: 0, lastEntry: null, lots: [] });
  const eve = await aUser({ name: "eve" });
  expect((await getPastBalance(db(), eve.id, theClock.now())).balanceAfter).toBe(0);
});

test("what had expired by a moment and was swept later is told apart at that moment, and gone after the sweep", async () => {
  const who = await lin();
  const end = endOfDayIn(1);
  await perform(theShop, (ctx) => expirePoints(ctx, [who.id]), new Date(end.getTime() + HOUR_MS));
  const at = (time: number) => getPastBalance(db(), who.id, new Date(time));
  expect(await at(end.getTime() - 1)).toMatchObject({ pointsAvailable: 120, pointsOverdue: 0 });
  expect(await at(end.getTime())).toMatchObject({ pointsAvailable: 100, pointsOverdue: 20, balanceAfter: 120 });
  expect(await at(end.getTime() + HOUR_MS)).toMatchObject({ pointsAvailable: 100, pointsOverdue: 0, balanceAfter: 100 });
});

test("points that slide are alive at a moment after which they moved on", async () => {
  const who = await aUser();
  const slides = (hours: number) =>
    perform(theShop, (ctx) => earnPoints({ ...ctx, policy: { ...ctx.policy, expiry: { kind: "sliding", inactiveDays: 3 } } }, { userId: who.id, action: "login", source: { type: "visit", id: randomUUID() } }),
      new Date(theClock.now().getTime() + hours * HOUR_MS));
  await slides(0);
  await slides(48);
  const moment = new Date(theClock.now().getTime() + HOUR_MS);
  expect(await getPastBalance(db(), who.id, moment)).toMatchObject({ pointsAvailable: 10, pointsOverdue: 0, lots: [{ isSliding: true, pointsRemaining: 10 }] });
});

test("a lot tells what filled it and what took from it, newest first, page by page, up to the moment that is asked about", async () => {
  const who = await lin();
  const pin = await aProduct({ name: "pin", skus: [{ pointsPrice: 5, initialStock: 9 }] });
  for (let order = 0; order < 3; order++) await anOrder(who, pin);
  const past = await getPastBalance(db(), who.id, theClock.now());
  const soonest = past.lots[0]!;
  expect(soonest).toMatchObject({ pointsIn: 20, pointsOut: 15, pointsRemaining: 5 });
  const read = (before?: number, entryIdMax = past.lastEntry!.id) => listLotMoves(db(), who.id, soonest.lotId, { entryIdMax, before, limit: 3 });
  const first = await read();
  expect(first.moves.map(({ points, entry }) => [points, entry.kind, entry.productName])).toEqual([[-5, "spend", "pin"], [-5, "spend", "pin"], [-5, "spend", "pin"]]);
  const second = await read(first.nextBefore!);
  expect([second.moves.map(({ points, entry }) => [points, entry.kind]), second.nextBefore]).toEqual([[[20, "adjust"]], null]);
  const [entry] = await ledgerOf(who);
  expect((await read(undefined, entry!.id)).moves).toHaveLength(1);
  const eve = await aUser({ name: "eve" });
  expect((await listLotMoves(db(), eve.id, soonest.lotId, { entryIdMax: past.lastEntry!.id, limit: 9 })).moves).toEqual([]);
});
