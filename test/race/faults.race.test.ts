import { randomUUID } from "node:crypto";

import { afterEach, expect, test } from "vitest";

import { earn } from "@/app/api/points/earn/handler";
import { pool } from "@/db/client";
import { UnknownCommitError } from "@/db/transact";
import { checkIn } from "@/lib/checkin/lanes";
import { signUpWithPassword, verifyWithLink } from "@/lib/entrance";
import { env } from "@/lib/env";
import { cancelOrder, openPayment, settlePayment } from "@/lib/orders/commands";
import { redeem } from "@/lib/orders/lanes";
import { refundItem } from "@/lib/orders/refunding/commands";
import { perform } from "@/lib/perform";
import { expirePoints } from "@/lib/points/keeping/commands";
import { isRefusal } from "@/lib/refusal";
import { once, requestKey } from "@/lib/request-key";

import { count, rows } from "../database";
import { expectErrors } from "../errors";
import { withSettings } from "../settings";
import { Wire } from "../wire";
import { aKettle, aMug, anOrder, aToken, aUser, balanceOf, endOfDayIn, ledgerOf, linkTokenTo, ordersOf, pay, stockOf, theShop, usersWith, wishOf, type TestUser } from "../world";

let wire: Wire;
afterEach(() => wire.close());

/** More faults than this in one command would mean that it never ends. */
const STATEMENTS_MAX = 60;

type Kill = { kill: string; at: (wire: Wire, number: number) => Promise<void> };
const kills: Kill[] = [
  { kill: "the line is cut before it", at: async (line, number) => void (line.judge = (query) => (query.number === number ? "drop" : "pass")) },
  { kill: "its reply is lost", at: async (line, number) => void (line.judge = (query) => (query.number === number ? "lose-reply" : "pass")) },
];

/**
 * Runs the work once for each statement that it sends, with a fault at that statement, and again without until it succeeds,
 * as a client would that repeats its request. Returns how many faults there were. The pool has two connections: were one lost, all would stop.
 */
async function withFaultAtEach({ at }: Kill, work: (round: number) => Promise<() => Promise<unknown>>): Promise<number> {
  wire = await Wire.to(env().DATABASE_URL);
  // Without the gate of flash sales, which looks around by itself: its statements are not the command's.
  return withSettings({ DATABASE_URL: wire.url, POOL_SIZE: 2, FLASH_GATE: "off" }, async () => {
    for (let number = 1; number <= STATEMENTS_MAX; number++) {
      const request = await work(number);
      wire.countFromHere();
      await at(wire, number);
      const isWhole = await request().then(() => true, () => false);
      wire.judge = null;
      if (isWhole) return number - 1;
      await request();
    }
    throw new Error("the work never came through");
  });
}

test.each(kills)("a redemption interrupted at any statement ($kill) and repeated with its key is one order", async (kill) => {
  const mug = await aMug({ initialStock: 100, pointsPrice: 10 });
  const buyers: TestUser[] = [];
  const faults = await withFaultAtEach(kill, async () => {
    const lin = await aUser({ points: 100 });
    buyers.push(lin);
    const wish = wishOf(lin, mug);
    return () => redeem(wish);
  });
  expect(faults).toBeGreaterThan(3);
  for (const lin of buyers) {
    expect(await ordersOf(lin)).toHaveLength(1);
    expect(await balanceOf(lin)).toBe(90);
  }
  expect(await stockOf(mug)).toBe(100 - buyers.length);
});

test.each(kills)("a check-in interrupted at any statement ($kill) and repeated with its key is one check-in", async (kill) => {
  const people: TestUser[] = [];
  const faults = await withFaultAtEach(kill, async () => {
    const lin = await aUser();
    people.push(lin);
    const request = requestKey(randomUUID(), "check-in", {});
    return async () => expect(await checkIn({ userId: lin.id, request })).toMatchObject({ ok: true });
  });
  expect(faults).toBeGreaterThan(3);
  for (const lin of people) expect((await ledgerOf(lin)).map(({ points_change }) => points_change)).toEqual([20]);
});

test.each(kills)("a payment interrupted at any statement ($kill) and repeated by the bank moves the order and pays the reward once", async (kill) => {
  const kettle = await aKettle({ initialStock: 100 });
  const people: TestUser[] = [];
  const faults = await withFaultAtEach(kill, async () => {
    const lin = await aUser({ points: 50 });
    people.push(lin);
    const { orderId } = await anOrder(lin, kettle);
    const { reference } = await perform(lin.actor, (ctx) => openPayment(ctx, { requestId: randomUUID(), orderId }, "test"));
    return () => perform(lin.actor, (ctx) => settlePayment(ctx, "test", reference, "paid"));
  });
  expect(faults).toBeGreaterThan(8);
  for (const lin of people) {
    expect((await ordersOf(lin)).map(({ status }) => status)).toEqual(["paid"]);
    expect(await balanceOf(lin)).toBe(9);
  }
});

test.each(kills)("a cancellation interrupted at any statement ($kill) and repeated with its key returns points and piece once", async (kill) => {
  const kettle = await aKettle({ initialStock: 100 });
  const people: TestUser[] = [];
  const faults = await withFaultAtEach(kill, async () => {
    const lin = await aUser({ points: 50 });
    people.push(lin);
    const { orderId } = await anOrder(lin, kettle);
    const key = requestKey(randomUUID(), "cancel", { orderId });
    return () => perform(lin.actor, (ctx) => once(ctx, key, () => cancelOrder(ctx, { requestId: key.key, orderId })));
  });
  expect(faults).toBeGreaterThan(8);
  for (const lin of people) expect(await balanceOf(lin)).toBe(50);
  expect(await stockOf(kettle)).toBe(100);
});

test.each(kills)("a sign-up interrupted at any statement ($kill) is a whole account or none", async (kill) => {
  expectErrors();
  const emails: string[] = [];
  const faults = await withFaultAtEach(kill, async () => {
    const email = `${randomUUID()}@example.com`;
    emails.push(email);
    return async () => {
      const joined = await signUpWithPassword({ username: `mei ${randomUUID()}`, email, password: "a long enough password" }, "127.0.0.1");
      if (!joined.ok) throw new Error(joined.code);
    };
  });
  expect(faults).toBeGreaterThan(5);
  for (const email of emails) expect(await count("SELECT COUNT(*) FROM users WHERE email = ?", [email])).toBe(1);
});

test.each(kills)("a link of a sign-up opened while every statement fails once ($kill) verifies and rewards once", async (kill) => {
  expectErrors();
  const emails: string[] = [];
  const faults = await withFaultAtEach(kill, async () => {
    const email = `${randomUUID()}@example.com`;
    emails.push(email);
    await signUpWithPassword({ username: `mei ${randomUUID()}`, email, password: "a long enough password" }, "127.0.0.1");
    const token = await linkTokenTo(email, "verify_email");
    return async () => {
      const entered = await verifyWithLink({ token }, "127.0.0.1");
      // Its reply was lost: the link has been used, and the person signs in with their password.
      if (!entered.ok && entered.code !== "link_invalid") throw new Error(entered.code);
    };
  });
  expect(faults).toBeGreaterThan(5);
  for (const email of emails) {
    expect(await rows("SELECT a.points_balance AS points FROM users u JOIN point_accounts a ON a.user_id = u.id WHERE u.email = ?", [email])).toEqual([{ points: 100 }]);
  }
});

test.each(kills)("a refund interrupted at any statement ($kill) and repeated with its key is one refund", async (kill) => {
  const kettle = await aKettle({ initialStock: 100 });
  const staff = await aUser({ name: "staff", role: "staff" });
  const people: TestUser[] = [];
  const faults = await withFaultAtEach(kill, async () => {
    const lin = await aUser({ points: 100 });
    people.push(lin);
    const { orderId } = await anOrder(lin, kettle, { quantity: 2 });
    await pay(lin, orderId);
    const input = { requestId: randomUUID(), orderId, line: 1, quantity: 1, restock: true, reason: "arrived broken" };
    return () => perform(staff.actor, (ctx) => once(ctx, requestKey(input.requestId, "refund-item", input), () => refundItem(ctx, input)));
  });
  expect(faults).toBeGreaterThan(8);
  // 100, less two kettles, and 19 earned; one back, less the half of what was earned, rounded up.
  for (const lin of people) expect(await balanceOf(lin)).toBe(100 - 100 + 19 + 50 - 10);
  expect(await count("SELECT COUNT(*) FROM cash_refunds c JOIN refunds r ON r.id = c.refund_id JOIN order_items i ON i.order_id = r.order_id WHERE i.sku_id = ?", [kettle.skuId])).toBe(people.length);
});

test.each(kills)("a sweep interrupted at any statement ($kill) and run again ends each lot once", async (kill) => {
  const people: TestUser[] = [];
  const faults = await withFaultAtEach(kill, async () => {
    const lin = await aUser({ lots: [{ points: 30, expiresInDays: 1 }, { points: 70, expiresInDays: 9 }] });
    people.push(lin);
    return () => perform(theShop, (ctx) => expirePoints(ctx, [lin.id]), endOfDayIn(2));
  });
  expect(faults).toBeGreaterThan(3);
  for (const lin of people) expect((await ledgerOf(lin)).filter(({ kind }) => kind === "expire").map(({ points_change }) => points_change)).toEqual([-30]);
});

test("MySQL ends connections at random under 300 redemptions that repeat: each is one order, and no connection is lost", async () => {
  wire = await Wire.to(env().DATABASE_URL);
  const mug = await aMug({ initialStock: 300, pointsPrice: 10 });
  const buyers = await usersWith(10, 300);
  const killer = await pool().getConnection();
  await withSettings({ DATABASE_URL: wire.url, POOL_SIZE: 5 }, async () => {
    let statements = 0;
    wire.judge = async ({ connectionId }) => {
      if (++statements % 7 === 0) await killer.query(`KILL ${connectionId}`).catch(() => undefined);
      return "pass" as const;
    };
    await Promise.all(buyers.map(async (buyer) => {
      const wish = wishOf(buyer, mug);
      for (let attempt = 0; attempt < 50; attempt++) {
        const answer = await redeem(wish).catch((error: unknown) => {
          if (isRefusal(error)) throw error;
          return null;
        });
        if (answer) return expect(answer).toMatchObject({ ok: true });
      }
      throw new Error("never came through");
    }));
    wire.judge = null;
    expect(await count("SELECT COUNT(*) FROM orders o JOIN order_items i ON i.order_id = o.id WHERE i.sku_id = ?", [mug.skuId])).toBe(300);
  });
  killer.destroy();
  expect(await stockOf(mug)).toBe(0);
});

test("a commit whose answer was lost is an error of its own: it may have happened", async () => {
  wire = await Wire.to(env().DATABASE_URL);
  const lin = await aUser({ points: 100 });
  const mug = await aMug();
  await withSettings({ DATABASE_URL: wire.url }, async () => {
    wire.judge = ({ sql }) => (sql === "COMMIT" ? "lose-reply" : "pass");
    const wish = wishOf(lin, mug);
    await expect(redeem(wish)).rejects.toBeInstanceOf(UnknownCommitError);
    expect(await ordersOf(lin)).toHaveLength(1);
    wire.judge = null;
    expect(await redeem(wish)).toMatchObject({ ok: true, value: { points: 100, pointsAvailable: 0 } });
  });
  expect(await ordersOf(lin)).toHaveLength(1);
});

type Outage = { outage: string; break: (line: Wire) => void };
const outages: Outage[] = [
  { outage: "is cut off", break: (line) => line.cut() },
  { outage: "freezes", break: (line) => line.freeze() },
];

test.each(outages)("Redis $outage in the middle of a storm of check-ins: each person is granted once, and nobody gets an error", async ({ break: breakIt }) => {
  wire = await Wire.to(env().REDIS_URL!);
  const people = await Promise.all(Array.from({ length: 40 }, () => aUser()));
  const tokens = await Promise.all(people.map(aToken));
  await withSettings({ REDIS_URL: wire.url }, async () => {
    const press = async (token: string) => (await earn(pressRequest(token))).status;
    const before = tokens.slice(0, 20).flatMap((token) => [press(token), press(token)]);
    await Promise.race(before);
    breakIt(wire);
    const after = tokens.flatMap((token) => [press(token), press(token)]);
    const statuses = await Promise.all([...before, ...after]);
    expect(statuses.filter((status) => status === 200)).toHaveLength(40);
    expect(statuses.filter((status) => status === 409)).toHaveLength(80);
  });
  for (const who of people) expect(await balanceOf(who)).toBe(20);
});

test("a Redis that was never there costs nobody a check-in", async () => {
  wire = await Wire.to(env().REDIS_URL!);
  wire.cut();
  const lin = await aUser();
  const token = await aToken(lin);
  await withSettings({ REDIS_URL: wire.url }, async () => {
    const replies = await Promise.all(Array.from({ length: 20 }, () => earn(pressRequest(token))));
    expect(replies.map(({ status }) => status).sort()).toEqual([200, ...Array.from({ length: 19 }, () => 409)]);
  });
  expect(await balanceOf(lin)).toBe(20);
});

const pressRequest = (token: string): Request =>
  new Request("http://shop/api/points/earn", {
    method: "POST", headers: { "content-type": "application/json", "x-auth-token": token }, body: JSON.stringify({ actionType: "checkin" }),
  });
