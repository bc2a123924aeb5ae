import { expect, test } from "vitest";

import { db } from "@/db/client";
import { receiveShippedJob } from "@/lib/jobs/receive-shipped";
import { perform } from "@/lib/perform";
import { rows } from "@/test/database";
import { anOrder, aProduct, atOnce, aUser, eventsAbout, ordersOf, refusalOf, theClock, theShop, unique, type TestUser } from "@/test/world";

import { countViews } from "../fulfilment-queries";
import { findOrder, listOrders } from "../queries";
import { completeOrder, confirmReceipt } from "../receiving/commands";
import { refundItem } from "../refunding/commands";
import { correctParcel, shipOrder } from "./commands";
import { judgeParcels, orderIdsIn, parcelRows } from "./parcel-file";
import { listParcelOrders, listToSend } from "./queries";

const staff = () => aUser({ name: "staff", role: "staff" });
const goods = (name: string, delivery: "shipped" | "virtual" | "pickup" = "shipped") => aProduct({ name, delivery, skus: [{ pointsPrice: 10, initialStock: 50 }] });

/** An order of two shipped products: three of the first, one of the second. */
async function twoProducts(who: TestUser): Promise<string> {
  const [tote, tea] = [await goods("tote"), await goods("tea")];
  return (await anOrder(who, tote, { lines: [{ skuId: tote.skuId, quantity: 3 }, { skuId: tea.skuId, quantity: 1 }], addressMayFollow: true })).orderId;
}

const ship = (orderId: string, lines?: { line: number; quantity: number }[], trackingNumber = unique("SF"), by = theShop) =>
  perform(by, (ctx) => shipOrder(ctx, { requestId: "x", orderId, carrier: "SF", trackingNumber, lines }));
const statusOf = async (who: TestUser): Promise<string | undefined> => (await ordersOf(who))[0]?.status;
const namesOf = async (orderId: string): Promise<string[]> => (await eventsAbout("order", orderId)).map(({ name }) => name);

test("an order is sent in parcels, and is shipped with the last one", async () => {
  const who = await aUser({ points: 1_000 });
  const orderId = await twoProducts(who);
  expect(await ship(orderId, [{ line: 1, quantity: 2 }, { line: 2, quantity: 0 }])).toMatchObject({ status: "paid" });
  expect(await refusalOf(perform(who.actor, (ctx) => confirmReceipt(ctx, { requestId: "x", orderId })))).toBe("order_not_receivable");
  expect(await ship(orderId)).toMatchObject({ status: "shipped" });
  const page = (await findOrder(db(), orderId, who.id))!;
  expect(page.parcels.map(({ lines }) => lines)).toEqual([[{ line: 1, quantity: 2 }], [{ line: 1, quantity: 1 }, { line: 2, quantity: 1 }]]);
  expect(page.items.map(({ quantityDelivered }) => quantityDelivered)).toEqual([3, 1]);
  expect(page.trackingNumber).toBe(page.parcels[0]!.trackingNumber);
  expect(await namesOf(orderId)).toEqual(["order.redeemed", "order.parcel_sent", "order.parcel_sent", "order.shipped"]);
  expect(await perform(who.actor, (ctx) => confirmReceipt(ctx, { requestId: "x", orderId }))).toMatchObject({ status: "completed" });
});

test("no more than is owed is sent, nothing is sent twice, and an empty parcel is none", async () => {
  const orderId = await twoProducts(await aUser({ points: 1_000 }));
  expect(await refusalOf(ship(orderId, [{ line: 1, quantity: 4 }]))).toBe("quantity_over_limit");
  expect(await refusalOf(ship(orderId, [{ line: 9, quantity: 1 }]))).toBe("quantity_over_limit");
  expect(await refusalOf(ship(orderId, [{ line: 1, quantity: 0 }]))).toBe("order_not_shippable");
  await ship(orderId);
  expect(await refusalOf(ship(orderId))).toBe("order_not_shippable");
});

test("ten parcels at once for one order: one has the goods", async () => {
  const orderId = await twoProducts(await aUser({ points: 1_000 }));
  const sent = await atOnce(10, () => ship(orderId).then(() => "sent", () => "refused"));
  expect(sent.filter((each) => each === "sent")).toHaveLength(1);
});

test("what was refunded is not waited for: the rest makes it shipped", async () => {
  const who = await aUser({ points: 1_000 });
  const by = await staff();
  const orderId = await twoProducts(who);
  await ship(orderId, [{ line: 1, quantity: 3 }]);
  await perform(by.actor, (ctx) => refundItem(ctx, { requestId: "x", orderId, line: 2, quantity: 1, restock: true, reason: "sold out" }));
  expect(await statusOf(who)).toBe("shipped");
});

test("a parcel beside something that staff hands over: received when both are there", async () => {
  const who = await aUser({ points: 1_000 });
  const [tote, service] = [await goods("tote"), await goods("service", "virtual")];
  const { orderId } = await anOrder(who, tote, { lines: [{ skuId: tote.skuId, quantity: 1 }, { skuId: service.skuId, quantity: 1 }], addressMayFollow: true });
  await ship(orderId);
  expect(await refusalOf(perform(who.actor, (ctx) => confirmReceipt(ctx, { requestId: "x", orderId })))).toBe("order_not_receivable");
  expect(await perform(theShop, (ctx) => completeOrder(ctx, { requestId: "x", orderId }))).toMatchObject({ status: "completed" });
});

test("a wrong number is corrected, told to the audit trail, and again changes nothing", async () => {
  const who = await aUser({ points: 1_000 });
  const by = await staff();
  const orderId = await twoProducts(who);
  const { shipmentId } = await ship(orderId, undefined, "SF1");
  const correct = () => perform(by.actor, (ctx) => correctParcel(ctx, { requestId: "x", orderId, shipmentId, carrier: "ZTO", trackingNumber: "SF2" }));
  await correct();
  await correct();
  expect((await findOrder(db(), orderId))!).toMatchObject({ carrier: "ZTO", trackingNumber: "SF2", parcels: [{ carrier: "ZTO", trackingNumber: "SF2" }] });
  expect((await eventsAbout("order", orderId)).filter(({ name }) => name === "order.parcel_corrected")).toEqual([
    { name: "order.parcel_corrected", actor_id: by.id, data: { shipmentId, changes: { carrier: ["SF", "ZTO"], trackingNumber: ["SF1", "SF2"] } } },
  ]);
  const other = await twoProducts(who);
  expect(await refusalOf(perform(by.actor, (ctx) => correctParcel(ctx, { requestId: "x", orderId: other, shipmentId, carrier: "ZTO", trackingNumber: "SF2" })))).toBe("not_found");
});

test("a file of parcels is judged against what the shop knows, and the same file again finds them sent", async () => {
  const who = await aUser({ points: 1_000 });
  const orderId = await twoProducts(who);
  const number = (await findOrder(db(), orderId))!.number;
  const judge = async () => {
    const parsed = parcelRows([[number, "SF", `SF-${orderId}`], ["P2601010001", "SF", "2"]]);
    return judgeParcels(parsed, await listParcelOrders(db(), orderIdsIn(parsed))).map(({ verdict }) => verdict);
  };
  expect((await listToSend(db(), 1_000)).filter((order) => order.number === number)).toEqual([expect.objectContaining({ goods: "tote ×3; tea ×1" })]);
  expect(await judge()).toEqual(["ready", "unknown"]);
  await ship(orderId, undefined, `SF-${orderId}`);
  expect(await judge()).toEqual(["sent", "unknown"]);
  expect((await listToSend(db(), 1_000)).filter((order) => order.number === number)).toEqual([]);
});

test("after so many days a parcel counts as received, once; before, and while something is owed, it does not", async () => {
  const [early, late, waiting] = [await aUser({ points: 1_000 }), await aUser({ points: 1_000 }), await aUser({ points: 1_000 })];
  await ship(await twoProducts(late));
  const [tote, cake] = [await goods("tote"), await goods("cake", "virtual")];
  const { orderId } = await anOrder(waiting, tote, { lines: [{ skuId: tote.skuId, quantity: 1 }, { skuId: cake.skuId, quantity: 1 }], addressMayFollow: true });
  await ship(orderId);
  theClock.passDays(14);
  await ship(await twoProducts(early));
  await receiveShippedJob.run(theClock.now(), Date.now() + 10_000);
  expect([await statusOf(late), await statusOf(waiting), await statusOf(early)]).toEqual(["shipped", "shipped", "shipped"]);
  theClock.passDays(2);
  expect(await receiveShippedJob.run(theClock.now(), Date.now() + 10_000)).toMatchObject({ failures: [], finished: 1 });
  expect([await statusOf(late), await statusOf(waiting), await statusOf(early)]).toEqual(["completed", "shipped", "shipped"]);
  expect(await receiveShippedJob.run(theClock.now(), Date.now() + 10_000)).toMatchObject({ received: 0 });
});

test("the views of a person's orders count and list the same", async () => {
  const who = await aUser({ points: 1_000 });
  await twoProducts(who);
  await ship(await twoProducts(who), [{ line: 1, quantity: 1 }]);
  await ship(await twoProducts(who));
  const counts = await countViews(db(), who.id);
  expect(counts).toEqual({ all: 3, to_pay: 0, to_send: 2, to_receive: 1, to_pick_up: 0, completed: 0 });
  for (const view of ["to_pay", "to_send", "to_receive", "to_pick_up", "completed"] as const) expect((await listOrders(db(), who.id, { view, limit: 10 })).orders).toHaveLength(counts[view]);
  expect(await rows("SELECT 1 FROM shipments s JOIN orders o ON o.id = s.order_id WHERE o.user_id = ?", [who.id])).toHaveLength(2);
});
