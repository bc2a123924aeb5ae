import { randomUUID } from "node:crypto";

import fc from "fast-check";
import { expect, test } from "vitest";

import { db } from "@/db/client";
import { checkIn } from "@/lib/checkin/lanes";
import { makeUp } from "@/lib/checkin/making-up/commands";
import { addDays } from "@/lib/day";
import { activatePendingJob } from "@/lib/jobs/activate-pending";
import { releaseUnpaidJob } from "@/lib/jobs/release-unpaid";
import { cancelOrder, openPayment, settlePayment } from "@/lib/orders/commands";
import { perform } from "@/lib/perform";
import { clawBack, expirePoints, grantPoints } from "@/lib/points/keeping/commands";
import { getBalance } from "@/lib/points/queries";
import { isRefusal, type Decision } from "@/lib/refusal";
import { requestKey } from "@/lib/request-key";
import { earnPoints } from "@/lib/rules/commands";
import { Definition } from "@/lib/rules/rule";

import { Auditor, CUSTOM, type AuditedOrder } from "./auditor";
import { count, rows, violations } from "./database";
import { accountOf, aProduct, aUser, endOfDayIn, freeze, ledgerOf, lotsOf, redeemAlone, stockOf, theClock, theShop, unfreeze, type RulePlan, type TestProduct, type TestUser } from "./world";

const RUNS = 60;
/** Each step compares all of the books: a slow machine takes its time. */
const PATIENCE_MS = 240_000;
const COMMANDS_MAX = 40;
const PEOPLE = 2;

type Shop = { people: TestUser[]; products: TestProduct[]; orders: string[]; /** The sources of the custom events. */ causes: string[] };
type Step = fc.AsyncCommand<Auditor, Shop>;

/** A step that the auditor and the shop both take, after which their books must agree. */
const step = (name: string, take: (auditor: Auditor, shop: Shop) => Promise<void>): Step => ({
  check: () => true,
  run: async (auditor, shop) => {
    await take(auditor, shop);
    await agree(auditor, shop);
  },
  toString: () => name,
});

async function agree(auditor: Auditor, shop: Shop): Promise<void> {
  const now = theClock.now();
  for (const [index, expected] of auditor.people.entries()) {
    const who = shop.people[index]!;
    const [account, lots, entries, shown] = await Promise.all([accountOf(who), lotsOf(who), ledgerOf(who), getBalance(db(), who.id, now)]);
    const sumOfEntries = entries.reduce((sum, entry) => sum + entry.points_change, 0);
    const sumOfLots = lots.reduce((sum, lot) => sum + lot.points_remaining, 0);
    expect({ balance: account.points_balance, debt: account.points_debt, sumOfEntries, sumOfLots }).toEqual({
      balance: expected.balance, debt: expected.debt, sumOfEntries: expected.balance - expected.debt, sumOfLots: expected.balance,
    });
    const pending = expected.pending.reduce((sum, { points }) => sum + points, 0);
    expect(await count("SELECT points_pending FROM point_accounts WHERE user_id = ?", [who.id])).toBe(pending);
    expect(await count("SELECT SUM(points) FROM pending_points WHERE user_id = ? AND status = 'pending'", [who.id])).toBe(pending);
    expect(Math.min(account.points_balance, account.points_debt, ...lots.map((lot) => lot.points_remaining))).toBeGreaterThanOrEqual(0);
    expect(lots.map((lot) => [lot.expires_at.getTime(), lot.points_granted, lot.points_remaining])).toEqual(
      [...expected.lots].sort(([a], [b]) => a - b).map(([expiresAt, lot]) => [expiresAt, lot.granted, lot.remaining]));
    expect(entries.map((entry) => entry.points_change)).toEqual(expected.entries);
    expect(account.total_points_earned).toBe(expected.earned);
    expect(shown.pointsAvailable).toBe(expected.available(now.getTime()));
  }
  for (const [index, goods] of auditor.goods.entries()) expect(await stockOf(shop.products[index]!)).toBe(goods.stock);
}

const codeOf = (answer: Decision<unknown>): string => (answer.ok ? "ok" : answer.code);

async function codeFrom(work: Promise<unknown>): Promise<string> {
  try {
    await work;
    return "ok";
  } catch (error) {
    if (isRefusal(error)) return error.code;
    throw error;
  }
}

const person = fc.nat({ max: PEOPLE - 1 });
const product = fc.nat({ max: 2 });
const orderIndex = fc.nat({ max: 9 });

/** An order of this run, of whoever made it; undefined while there is none. */
const pick = (auditor: Auditor, shop: Shop, index: number): { order: AuditedOrder; orderId: string } | undefined => {
  const place = index % Math.max(1, auditor.orders.length);
  const order = auditor.orders[place];
  return order && { order, orderId: shop.orders[place]! };
};

/** The custom event's rules of this run alone, so that its budget is whole. */
async function setRules(): Promise<void> {
  const { quick: { points, ...caps }, slow, bonus } = CUSTOM;
  const plans: RulePlan[] = [
    { effect: { kind: "fixed", points }, caps },
    {
      effect: { kind: "fixed", points: slow.points }, caps: { timesInAll: slow.timesInAll, cooldownHours: slow.cooldownHours }, holding: { kind: "days", days: slow.holdDays },
      expiry: { kind: "rolling", every: slow.validDays, unit: "day" },
    },
    { effect: { kind: "multiplier", percent: bonus.percent }, caps: { budget: bonus.budget } },
  ];
  await rows("UPDATE points_rules SET status = 'archived' WHERE action_type = 'custom'");
  for (const plan of plans) await rows("INSERT INTO points_rules (action_type, name, status, definition) VALUES ('custom', 'of the model', 'active', ?)", [JSON.stringify(Definition.parse(plan))]);
}

async function hold({ id }: TestUser, isHeld: boolean): Promise<void> {
  if (isHeld) await rows("INSERT INTO account_holds (user_id, invariant_name, evidence) VALUES (?, 'of the model', '{}')", [id]);
  else await rows("UPDATE account_holds SET cleared_at = NOW(3) WHERE user_id = ? AND cleared_at IS NULL", [id]);
  await rows("UPDATE point_accounts SET is_held = ? WHERE user_id = ?", [isHeld ? 1 : 0, id]);
}

const steps: fc.Arbitrary<Step>[] = [
  ...Array.from({ length: 2 }, () => person.map((who) =>
    step(`custom(${who})`, async (auditor, shop) => {
      const expected = auditor.custom(auditor.people[who]!, theClock.now().getTime());
      const source = { type: "test", id: randomUUID() };
      shop.causes.push(source.id);
      expect(await perform(theShop, (ctx) => earnPoints(ctx, { userId: shop.people[who]!.id, action: "custom", source }))).toMatchObject(expected);
    }))),
  fc.tuple(orderIndex, fc.option(fc.integer({ min: 1, max: 90 }), { nil: undefined, freq: 2 })).map(([index, points]) =>
    step(`clawBack(${index}, ${points ?? "all"})`, async (auditor, shop) => {
      const place = index % Math.max(1, auditor.causes.length);
      const cause = auditor.causes[place];
      if (!cause) return;
      const expected = auditor.clawBack(cause, points, theClock.now().getTime());
      const { id: userId } = shop.people[auditor.people.indexOf(cause.by)]!;
      const undo = { userId, source: { type: "test", id: shop.causes[place]! }, points, cause: { type: "test", id: randomUUID() }, reason: "undone" };
      expect(await perform(theShop, (ctx) => clawBack(ctx, undo))).toMatchObject(expected);
    })),
  // Twice, as passing days below: points must often be pending, late and over.
  ...Array.from({ length: 2 }, () => fc.constant(
    step("activate()", async (auditor) => {
      const now = theClock.now();
      auditor.activate(now.getTime());
      await activatePendingJob.run(now, Date.now() + 20_000);
    }))),
  fc.tuple(person, fc.integer({ min: 1, max: 8 })).map(([who, daysAgo]) =>
    step(`makeUp(${who}, ${daysAgo} days ago)`, async (auditor, shop) => {
      const expected = auditor.makeUp(auditor.people[who]!, daysAgo, theClock.now().getTime());
      expect(await codeFrom(perform(shop.people[who]!.actor, (ctx) => makeUp(ctx, { day: addDays(theClock.today(), -daysAgo), pointsShown: 30 })))).toBe(expected);
    })),
  fc.tuple(person, fc.boolean()).map(([who, isHeld]) =>
    step(`${isHeld ? "hold" : "clear"}(${who})`, async (auditor, shop) => {
      if (auditor.people[who]!.isHeld !== isHeld) await hold(shop.people[who]!, isHeld);
      auditor.people[who]!.isHeld = isHeld;
    })),
  person.map((who) =>
    step(`checkIn(${who})`, async (auditor, shop) => {
      const expected = auditor.checkIn(auditor.people[who]!, theClock.now().getTime());
      expect(codeOf(await checkIn({ userId: shop.people[who]!.id, request: requestKey(undefined, "check-in", {}) }))).toBe(expected);
    })),
  person.map((who) =>
    step(`visit(${who})`, async (auditor, shop) => {
      auditor.visit(auditor.people[who]!, theClock.now().getTime());
      const { id } = shop.people[who]!;
      await perform(theShop, (ctx) => earnPoints(ctx, { userId: id, action: "login", source: { type: "visit", id: `${id}:${theClock.today()}` } }));
    })),
  fc.tuple(person, fc.integer({ min: 1, max: 400 }), fc.integer({ min: 0, max: 40 })).map(([who, points, days]) =>
    step(`grant(${who}, ${points}, ${days} days)`, async (auditor, shop) => {
      const expiresAt = endOfDayIn(days);
      auditor.grant(auditor.people[who]!, points, expiresAt.getTime());
      await perform(theShop, (ctx) => grantPoints(ctx, [{ userId: shop.people[who]!.id, points, expiresAt, sourceId: randomUUID(), reason: "a gift" }]));
    })),
  ...Array.from({ length: 3 }, () => fc.tuple(person, product, fc.integer({ min: 1, max: 3 })).map(([who, what, quantity]) =>
    step(`redeem(${who}, ${what}, ${quantity})`, async (auditor, shop) => {
      const expected = auditor.redeem(auditor.people[who]!, auditor.goods[what]!, quantity, theClock.now().getTime());
      const answer = await redeemAlone(shop.people[who]!, shop.products[what]!, { quantity });
      expect(codeOf(answer)).toBe(expected);
      if (answer.ok) shop.orders.push(answer.value.orderId);
    }))),
  orderIndex.map((index) =>
    step(`pay(${index})`, async (auditor, shop) => {
      const found = pick(auditor, shop, index);
      if (!found) return;
      const expected = auditor.pay(found.order, theClock.now().getTime());
      const payment = perform(theShop, async (ctx) => {
        const { reference } = await openPayment(ctx, { requestId: "x", orderId: found.orderId }, "test");
        await settlePayment(ctx, "test", reference, "paid");
      });
      expect(await codeFrom(payment)).toBe(expected);
    })),
  orderIndex.map((index) =>
    step(`cancel(${index})`, async (auditor, shop) => {
      const found = pick(auditor, shop, index);
      if (!found) return;
      const expected = auditor.cancel(found.order, theClock.now().getTime());
      expect(await codeFrom(perform(theShop, (ctx) => cancelOrder(ctx, { requestId: "x", orderId: found.orderId })))).toBe(expected);
    })),
  ...Array.from({ length: 2 }, () => fc.constantFrom(1, 1, 1, 2, 4, 7, 31, 366).map((days) => step(`passDays(${days})`, async () => theClock.passDays(days)))),
  fc.constantFrom(1, 14, 16, 60 * 7).map((minutes) => step(`passMinutes(${minutes})`, async () => theClock.passMinutes(minutes))),
  fc.constant(
    step("sweep()", async (auditor, shop) => {
      const now = theClock.now();
      auditor.sweep(now.getTime());
      await perform(theShop, (ctx) => expirePoints(ctx, shop.people.map(({ id }) => id)), now);
    })),
  fc.constant(
    step("releaseUnpaid()", async (auditor) => {
      const now = theClock.now();
      for (const order of auditor.overdue(now.getTime())) auditor.cancel(order, now.getTime());
      await releaseUnpaidJob.run(now, Date.now() + 20_000);
    })),
  fc.tuple(person, fc.boolean()).map(([who, isFrozen]) =>
    step(`${isFrozen ? "freeze" : "unfreeze"}(${who})`, async (auditor, shop) => {
      auditor.people[who]!.isFrozen = isFrozen;
      await (isFrozen ? freeze : unfreeze)(shop.people[who]!);
    })),
];

async function open(): Promise<{ model: Auditor; real: Shop }> {
  theClock.set(new Date());
  const people = [await aUser({ name: "lin" }), await aUser({ name: "mei" })];
  const products = [
    await aProduct({ name: "mug", skus: [{ pointsPrice: 30, initialStock: 8 }] }),
    await aProduct({ name: "kettle", skus: [{ priceMode: "points_cash", pointsPrice: 50, cashPriceCents: 990, initialStock: 8 }] }),
    await aProduct({ name: "lamp", skus: [{ priceMode: "points_cash", pointsPrice: 7, cashPriceCents: 12_345, initialStock: 3 }] }),
  ];
  await setRules();
  return { model: new Auditor(PEOPLE, [{ points: 30, cents: 0, stock: 8 }, { points: 50, cents: 990, stock: 8 }, { points: 7, cents: 12_345, stock: 3 }], theClock.now().getTime()), real: { people, products, orders: [], causes: [] } };
}

test("whatever people do and in whatever order, the shop's books are the auditor's", async () => {
  const seed = Number(process.env.MODEL_SEED ?? Date.now() % 2_147_483_647);
  console.info(`MODEL_SEED=${seed}`);
  await fc.assert(
    fc.asyncProperty(fc.commands(steps, { maxCommands: COMMANDS_MAX, size: "max" }), async (commands) => {
      await fc.asyncModelRun(open, commands);
    }),
    { numRuns: RUNS, seed, endOnFailure: false },
  );
  // At the real time: in the times that the runs moved to, nobody swept what other runs left.
  expect(await violations(new Date())).toEqual([]);
}, PATIENCE_MS);
