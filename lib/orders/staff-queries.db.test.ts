import { randomUUID } from "node:crypto";

import { expect, test } from "vitest";

import { db } from "@/db/client";
import { addDays } from "@/lib/day";
import { perform } from "@/lib/perform";
import { aKettle, aMug, anOrder, aProduct, aUser, pay, theClock, unique, ZONE } from "@/test/world";

import { shipOrder } from "./shipping/commands";
import { LARGE_POINTS, orderSearchOf, type OrderListState } from "./staff-list";
import { allOrderIds, countOrders, countOrdersByStatus, findOrderForStaff, listOrdersForStaff, type OrderSort } from "./staff-queries";

const LIMIT = 2;
const namesOf = (orders: readonly { username: string }[]) => orders.map(({ username }) => username);

test("pages show every order once, the newest first", async () => {
  const lin = await aUser({ points: 1_000 });
  const mug = await aMug({ initialStock: 9 });
  for (let made = 0; made < 5; made++) await anOrder(lin, mug);
  const pages = await Promise.all([0, 2, 4].map((offset) => listOrdersForStaff(db(), { userId: lin.id }, { limit: LIMIT, offset })));
  const ids = pages.flatMap(({ orders }) => orders.map(({ id }) => id));
  expect(ids).toEqual([...ids].sort((a, b) => b - a));
  expect([new Set(ids).size, ...pages.map(({ total }) => total)]).toEqual([5, 5, 5, 5]);
});

test("orders are sorted by what they took, and those that took as much by when", async () => {
  const lin = await aUser({ points: 5_000 });
  for (const points of [90, 300, 90]) await anOrder(lin, await aProduct({ skus: [{ pointsPrice: points, initialStock: 1 }] }));
  const all = async (sort: OrderSort) => (await listOrdersForStaff(db(), { userId: lin.id }, { sort, limit: 9 })).orders.map(({ pointsSpent, id }) => ({ pointsSpent, id }));
  const down = await all({ by: "points", down: true });
  expect(down.map(({ pointsSpent }) => pointsSpent)).toEqual([300, 90, 90]);
  expect(down[1]!.id).toBeGreaterThan(down[2]!.id);
  expect(await all({ by: "points", down: false })).toEqual(down.toReversed());
});

test("a list that is gone through in parts has each order once and in its order, also where many took as much; ticked ones alone when they are named", async () => {
  const lin = await aUser({ points: 9_000 });
  for (const points of [90, 300, 90, 90, 20, 300]) await anOrder(lin, await aProduct({ skus: [{ pointsPrice: points, initialStock: 1 }] }));
  const walk = async (sort?: OrderSort, ids?: number[]) => {
    const parts: number[][] = [];
    for await (const part of allOrderIds(db(), { userId: lin.id, ids }, sort, 2)) parts.push(part);
    return parts;
  };
  for (const by of ["createdAt", "points", "cash"] as const) {
    for (const down of [true, false]) {
      const parts = await walk({ by, down });
      const { orders } = await listOrdersForStaff(db(), { userId: lin.id }, { sort: { by, down }, limit: 9 });
      expect(parts.flat(), `${by} ${down}`).toEqual(orders.map(({ id }) => id));
      expect(Math.max(...parts.map(({ length }) => length))).toBe(2);
    }
  }
  const [first, , third] = (await walk()).flat();
  const stranger = (await listOrdersForStaff(db(), {}, { limit: 1, offset: 6 })).orders.map(({ id }) => id);
  expect((await walk(undefined, [third!, first!, ...stranger])).flat()).toEqual([first, third]);
  expect(await walk(undefined, [])).toEqual([]);
  expect(await countOrders(db(), { userId: lin.id, ids: [third!, first!, ...stranger] })).toBe(2);
});

test("orders are found by size and by the day they were made on", async () => {
  const lin = await aUser({ points: 9_000 });
  const small = await anOrder(lin, await aMug());
  theClock.passDays(2);
  const large = await anOrder(lin, await aProduct({ skus: [{ pointsPrice: LARGE_POINTS, initialStock: 1 }] }));
  const find = async (state: Partial<OrderListState["filters"]>) => (await listOrdersForStaff(db(), { ...orderSearchOf({ q: "", filters: state }, ZONE), userId: lin.id }, { limit: 9 })).orders.map(({ publicId }) => publicId);
  expect(await find({ size: "large" })).toEqual([large.orderId]);
  expect(await find({ from: theClock.today() })).toEqual([large.orderId]);
  expect(await find({ to: addDays(theClock.today(), -1) })).toEqual([small.orderId]);
  expect(await find({ from: theClock.today(), to: addDays(theClock.today(), -1) })).toEqual([]);
});

test("an order is found by its number, its buyer's name or its product's name in either language", async () => {
  const buyer = await aUser({ name: "wanderer", points: 500 });
  const name = unique("tea");
  const product = await aProduct({ name: `银针 ${name}`, nameEn: `Needle ${name}`, slug: name, skus: [{ initialStock: 3 }] });
  await anOrder(buyer, product);
  const [order] = (await listOrdersForStaff(db(), { userId: buyer.id }, { limit: LIMIT })).orders;
  for (const search of [order!.number, order!.number.toLowerCase(), buyer.username, `银针 ${name}`, `needle ${name}`.toUpperCase()]) {
    expect(namesOf((await listOrdersForStaff(db(), { search }, { limit: LIMIT })).orders), search).toEqual([buyer.username]);
  }
});

test("wildcards in a search are ordinary characters", async () => {
  await anOrder(await aUser({ points: 500 }), await aMug());
  for (const search of ["%", "_", "m%g", "mug_", "\\"]) expect((await listOrdersForStaff(db(), { search }, { limit: LIMIT })).orders, search).toEqual([]);
});

test("the buyer's address is masked, and what waits is counted", async () => {
  const before = await countOrders(db(), { view: "to_send" });
  const lin = await aUser({ name: "marcus", points: 500 });
  await anOrder(lin, await aMug());
  await anOrder(lin, await aKettle());
  const { orders, counts } = await listOrdersForStaff(db(), { userId: lin.id }, { limit: 10 });
  expect(orders[0]!.emailMasked).toBe("ma***@example.com");
  expect(JSON.stringify(orders)).not.toContain(lin.email);
  expect(await countOrders(db(), { view: "to_send" })).toBe(before + 1);
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
