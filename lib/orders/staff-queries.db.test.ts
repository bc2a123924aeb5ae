import { randomUUID } from "node:crypto";

import { expect, test } from "vitest";

import { db } from "@/db/client";
import { perform } from "@/lib/perform";
import { aKettle, aMug, anOrder, aProduct, aUser, pay, theClock, unique } from "@/test/world";

import { shipOrder } from "./shipping/commands";
import { countOrdersByStatus, countWaitingOrders, findOrderForStaff, listOrdersForStaff } from "./staff-queries";

const LIMIT = 2;
const namesOf = (orders: readonly { username: string }[]) => orders.map(({ username }) => username);

test("pages older and newer show every order once, and the page before is the one that was left", async () => {
  const lin = await aUser({ points: 1_000 });
  const mug = await aMug({ initialStock: 9 });
  for (let made = 0; made < 5; made++) await anOrder(lin, mug);
  const view = { userId: lin.id, limit: LIMIT };
  const first = await listOrdersForStaff(db(), view);
  const second = await listOrdersForStaff(db(), { ...view, before: first.nextBefore! });
  const third = await listOrdersForStaff(db(), { ...view, before: second.nextBefore! });
  const ids = [first, second, third].flatMap(({ orders }) => orders.map(({ id }) => id));
  expect(ids).toEqual([...ids].sort((a, b) => b - a));
  expect(new Set(ids).size).toBe(5);
  expect([first.previousAfter, third.nextBefore]).toEqual([null, null]);
  const back = await listOrdersForStaff(db(), { ...view, after: second.previousAfter! });
  expect(back.orders.map(({ id }) => id)).toEqual(first.orders.map(({ id }) => id));
});

test("an order is found by its number, its buyer's name or its product's name in either language", async () => {
  const buyer = await aUser({ name: "wanderer", points: 500 });
  const name = unique("tea");
  const product = await aProduct({ name: `银针 ${name}`, nameEn: `Needle ${name}`, slug: name, skus: [{ initialStock: 3 }] });
  await anOrder(buyer, product);
  const [order] = (await listOrdersForStaff(db(), { userId: buyer.id, limit: LIMIT })).orders;
  for (const search of [order!.number, order!.number.toLowerCase(), buyer.username, `银针 ${name}`, `needle ${name}`.toUpperCase()]) {
    expect(namesOf((await listOrdersForStaff(db(), { search, limit: LIMIT })).orders), search).toEqual([buyer.username]);
  }
});

test("wildcards in a search are ordinary characters", async () => {
  await anOrder(await aUser({ points: 500 }), await aMug());
  for (const search of ["%", "_", "m%g", "mug_", "\\"]) expect((await listOrdersForStaff(db(), { search, limit: LIMIT })).orders, search).toEqual([]);
});

test("the buyer's address is masked, and what waits is counted", async () => {
  const before = await countWaitingOrders(db());
  const lin = await aUser({ name: "marcus", points: 500 });
  await anOrder(lin, await aMug());
  await anOrder(lin, await aKettle());
  const { orders, counts } = await listOrdersForStaff(db(), { userId: lin.id, limit: 10 });
  expect(orders[0]!.emailMasked).toBe("ma***@example.com");
  expect(JSON.stringify(orders)).not.toContain(lin.email);
  expect(await countWaitingOrders(db())).toBe(before + 1);
  expect(counts).toEqual(await countOrdersByStatus(db()));
});

test("an order's page names everybody who had a hand in it, and every attempt to pay", async () => {
  const lin = await aUser({ name: "lin", points: 500 });
  const wei = await aUser({ name: "wei", role: "staff" });
  const tote = await aProduct({ name: "tote", delivery: "shipped", skus: [{ priceMode: "points_cash", pointsPrice: 50, cashPriceCents: 990, initialStock: 3 }] });
  const { orderId } = await anOrder(lin, tote, { addressMayFollow: true });
  await pay(lin, orderId, "failed");
  await pay(lin, orderId);
  await perform(wei.actor, (ctx) => shipOrder(ctx, { requestId: randomUUID(), orderId, carrier: "顺丰", trackingNumber: "SF1" }), theClock.now());
  const order = await findOrderForStaff(db(), orderId);
  expect(order!.events.map(({ toStatus, actorName }) => [toStatus, actorName])).toEqual([["pending", lin.username], ["paid", lin.username], ["shipped", wei.username]]);
  expect(order!.payments.map(({ status }) => status)).toEqual(["paid", "failed"]);
  expect(order!.draws.reduce((sum, { points }) => sum + points, 0)).toBe(50);
});

test("an order that is not there is null", async () => {
  expect(await findOrderForStaff(db(), "AAAAAAAAAAAAAAAAAAAAAA")).toBeNull();
});
