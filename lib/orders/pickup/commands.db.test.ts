import { expect, test } from "vitest";

import { db } from "@/db/client";
import { perform } from "@/lib/perform";
import { rows } from "@/test/database";
import { anOrder, aProduct, atOnce, aUser, eventsAbout, ordersOf, refusalOf, theShop, unique, type TestUser } from "@/test/world";

import { deliverOrder } from "../delivering/commands";
import { countViews, findPickup } from "../fulfilment-queries";
import { spelledPickupCode } from "../pickup-code";
import { savePickupPoint } from "../pickup-points/commands";
import { PickupPointInput } from "../pickup-points/schema";
import { findOrder } from "../queries";
import { completeOrder } from "../receiving/commands";
import { refundItem } from "../refunding/commands";
import { findOrderForStaff } from "../staff-queries";
import { handOverPickup } from "./commands";

const aPoint = async (): Promise<number> =>
  (await perform(theShop, (ctx) => savePickupPoint(ctx, PickupPointInput.parse({ requestId: "x", name: unique("point"), address: "1 Some Street", hours: "10–20", phone: "021 1234" })))).id;

/** An order of two cakes to pick up, and its code. */
async function aPickup(who: TestUser): Promise<{ orderId: string; code: string }> {
  const cake = await aProduct({ name: "cake", delivery: "pickup", skus: [{ pointsPrice: 10, initialStock: 9 }] });
  const { orderId } = await anOrder(who, cake, { quantity: 2, pickupPointId: await aPoint() });
  await perform(theShop, (ctx) => deliverOrder(ctx, orderId));
  return { orderId, code: (await findOrder(db(), orderId, who.id))!.pickupCode!.code };
}

const handOver = (by: TestUser, code: string) => perform(by.actor, (ctx) => handOverPickup(ctx, { code }));
const staff = () => aUser({ name: "staff", role: "staff" });

test("the goods are handed over against the code, and the order is completed", async () => {
  const [who, by] = [await aUser({ points: 100 }), await staff()];
  const { orderId, code } = await aPickup(who);
  expect(await findPickup(db(), spelledPickupCode(code))).toMatchObject({ publicId: orderId, nameMasked: "l***", verifiedAt: null, items: [{ productName: "cake", pieces: 2 }] });
  expect(await countViews(db(), who.id)).toMatchObject({ to_send: 0, to_pick_up: 1 });
  expect(await handOver(by, spelledPickupCode(code))).toMatchObject({ status: "completed", pieces: 2 });
  expect((await findOrder(db(), orderId))!.items).toMatchObject([{ quantityDelivered: 2 }]);
  expect((await eventsAbout("order", orderId)).map(({ name, actor_id }) => [name, actor_id])).toEqual([["order.redeemed", who.id], ["order.ready_for_pickup", null], ["order.picked_up", by.id], ["order.completed", by.id]]);
  expect(await countViews(db(), who.id)).toMatchObject({ to_pick_up: 0, completed: 1 });
});

test("twenty counters at once hand it over once; the others are told that the code was used", async () => {
  const [who, by] = [await aUser({ points: 100 }), await staff()];
  const { orderId, code } = await aPickup(who);
  const answers = await atOnce(20, () => handOver(by, code).then(() => "handed over", (error: { code: string }) => error.code));
  expect(answers.filter((answer) => answer === "handed over")).toHaveLength(1);
  expect(new Set(answers)).toEqual(new Set(["handed over", "pickup_code_used"]));
  expect((await findOrder(db(), orderId))!.items).toMatchObject([{ quantityDelivered: 2 }]);
});

test("an unknown code, one with a slip of the finger, a shopper and one's own order are refused", async () => {
  const [who, by] = [await aUser({ points: 100 }), await staff()];
  const { code } = await aPickup(who);
  const slipped = code.slice(0, -1) + String((Number(code.at(-1)) + 1) % 10);
  expect([await refusalOf(handOver(by, slipped)), await refusalOf(handOver(by, "000000000")), await refusalOf(handOver(by, "'; DROP"))]).toEqual(["pickup_code_wrong", "pickup_code_wrong", "pickup_code_wrong"]);
  expect(await findPickup(db(), slipped)).toBeNull();
  expect(await refusalOf(handOver(who, code))).toBe("forbidden");
  const clerk = await aUser({ name: "clerk", role: "staff", points: 100 });
  const own = await aPickup(clerk);
  expect(await refusalOf(handOver(clerk, own.code))).toBe("forbidden");
});

test("of an order that was refunded in part the rest is handed over; of one that was refunded whole nothing", async () => {
  const [who, by] = [await aUser({ points: 100 }), await staff()];
  const [part, whole] = [await aPickup(who), await aPickup(who)];
  const refund = (orderId: string, quantity: number) => perform(by.actor, (ctx) => refundItem(ctx, { requestId: "x", orderId, line: 1, quantity, restock: true, reason: "not wanted" }));
  await refund(part.orderId, 1);
  await refund(whole.orderId, 2);
  expect((await findPickup(db(), part.code))!.items).toMatchObject([{ pieces: 1 }]);
  expect(await handOver(by, part.code)).toMatchObject({ status: "completed", pieces: 1 });
  expect(await refusalOf(handOver(by, whole.code))).toBe("order_not_receivable");
});

test("staff does not complete it without the code, and is not shown the code", async () => {
  const who = await aUser({ points: 100 });
  const { orderId, code } = await aPickup(who);
  expect(await refusalOf(perform(theShop, (ctx) => completeOrder(ctx, { requestId: "x", orderId })))).toBe("order_not_receivable");
  expect(JSON.stringify(await findOrderForStaff(db(), orderId))).not.toContain(code);
  expect((await ordersOf(who))[0]!.status).toBe("paid");
});

test("a point that moves later does not move the orders that were placed", async () => {
  const who = await aUser({ points: 100 });
  const { orderId } = await aPickup(who);
  const { pickup } = (await findOrder(db(), orderId))!;
  const changed = PickupPointInput.parse({ requestId: "x", id: pickup!.id, name: "elsewhere", address: "2 Other Street", isActive: false });
  await perform(theShop, (ctx) => savePickupPoint(ctx, changed));
  await perform(theShop, (ctx) => savePickupPoint(ctx, changed));
  expect((await findOrder(db(), orderId))!.pickup).toEqual(pickup);
  expect(await rows("SELECT name FROM events WHERE subject_type = 'pickup_point' AND subject_id = ? ORDER BY id", [pickup!.id])).toEqual([{ name: "pickup_point.created" }, { name: "pickup_point.changed" }]);
  expect(await refusalOf(perform(theShop, (ctx) => savePickupPoint(ctx, { ...changed, id: 999_999 })))).toBe("not_found");
});
