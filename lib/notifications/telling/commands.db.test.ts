import { randomUUID } from "node:crypto";

import { afterEach, expect, test } from "vitest";

import { db } from "@/db/client";
import { emit } from "@/lib/events/commands";
import type { Fact } from "@/lib/events/event";
import { dispatchEvents } from "@/lib/jobs/dispatch-events";
import { cancelOrder } from "@/lib/orders/commands";
import { confirmReceipt } from "@/lib/orders/receiving/commands";
import { shipOrder } from "@/lib/orders/shipping/commands";
import { perform } from "@/lib/perform";
import { rows } from "@/test/database";
import { aKettle, anOrder, aProduct, aUser, freeze, theClock, theShop, type TestUser } from "@/test/world";

import { setPreferences } from "../commands";
import { listNotices } from "../queries";
import { tellOfEvent } from "./commands";

// What these tests say about points never happened, and the books would find that out.
afterEach(() => rows("DELETE FROM events WHERE name IN ('points.expired', 'points.activated', 'points.earned')"));

const happen = (...facts: Fact[]): Promise<void> => perform(theShop, (ctx) => emit(ctx, ...facts));
const passOn = () => dispatchEvents([tellOfEvent], theClock.now(), Date.now() + 20_000);
const toldTo = async ({ id }: TestUser) => (await listNotices(db(), id, { limit: 50 })).notices.map(({ kind, data, link }) => ({ kind, data, link }));
const mailedTo = ({ id }: TestUser) => rows<{ template: string; recipient: string; props: Record<string, unknown> }>("SELECT template, recipient, props FROM mail_messages WHERE user_id = ? ORDER BY id", [id]);
const about = ({ id }: TestUser) => ({ type: "user", id: String(id) }) as const;

test("a buyer hears that their order is on its way, in the shop and by mail", async () => {
  const [lin, bo] = [await aUser({ points: 200 }), await aUser({ role: "staff" })];
  const { orderId } = await anOrder(lin, await aProduct({ name: "cup", delivery: "shipped", skus: [{ pointsPrice: 100 }] }), { address: { recipient: "Lin", phone: "13800000000", region: "Shanghai", street: "1 Main St", postcode: "200000" } });
  await perform(bo.actor, (ctx) => shipOrder(ctx, { requestId: randomUUID(), orderId, carrier: "SF", trackingNumber: "SF123" }));
  await passOn();
  expect(await toldTo(lin)).toEqual([{ kind: "order_status", data: { status: "shipped", product: "cup", productEn: "cup" }, link: `/orders/${orderId}` }]);
  expect(await mailedTo(lin)).toMatchObject([{ template: "order_status", recipient: lin.email, props: { name: lin.username, orderId, status: "shipped", product: "cup", link: `/orders/${orderId}` } }]);
  await perform(lin.actor, (ctx) => confirmReceipt(ctx, { requestId: randomUUID(), orderId }));
  await passOn();
  expect(await toldTo(lin), "who confirms a receipt knows it").toHaveLength(1);
});

test("an order that the shop cancels is told, one that its buyer cancels is not", async () => {
  const [lin, bo] = [await aUser({ points: 200 }), await aUser({ role: "staff" })];
  const kettle = await aKettle();
  const [first, second] = [await anOrder(lin, kettle), await anOrder(lin, kettle)];
  await perform(lin.actor, (ctx) => cancelOrder(ctx, { requestId: randomUUID(), orderId: first.orderId }));
  await perform(bo.actor, (ctx) => cancelOrder(ctx, { requestId: randomUUID(), orderId: second.orderId }));
  await passOn();
  expect(await toldTo(lin)).toMatchObject([{ kind: "order_status", data: { status: "cancelled" }, link: `/orders/${second.orderId}` }]);
});

test("points that went, came free or came in numbers are told; a small earning is not", async () => {
  const lin = await aUser();
  await happen(
    { name: "points.expired", subject: about(lin), data: { points: 5 } }, { name: "points.activated", subject: about(lin), data: { points: 30 } },
    { name: "points.earned", subject: about(lin), data: { action: "purchase", points: 199 } }, { name: "points.earned", subject: about(lin), data: { action: "purchase", points: 200 } },
  );
  await passOn();
  expect((await toldTo(lin)).reverse()).toEqual([
    { kind: "points_expired", data: { points: 5 }, link: "/wallet" }, { kind: "points_earned", data: { points: 30, how: "activated" }, link: "/wallet" },
    { kind: "points_earned", data: { points: 200, how: "earned" }, link: "/wallet" },
  ]);
  expect(await mailedTo(lin)).toEqual([]);
});

test("a new level is told both ways", async () => {
  const lin = await aUser();
  await happen({ name: "account.level_changed", subject: about(lin), data: { from: "Silver", to: "Gold", isUp: true } });
  await passOn();
  expect(await toldTo(lin)).toEqual([{ kind: "level_changed", data: { level: "Gold", isUp: 1 }, link: "/levels" }]);
  expect(await mailedTo(lin)).toMatchObject([{ template: "level_changed", props: { level: "Gold", isUp: true } }]);
});

test("a freeze is told with its reason, and the owner of the account hears of every change that a thief would make", async () => {
  const lin = await aUser();
  await freeze(lin);
  await happen({ name: "account.password_changed", subject: about(lin), data: { by: "owner" } }, { name: "account.email_changed", subject: about(lin), data: {} });
  await passOn();
  expect((await toldTo(lin)).reverse()).toEqual([
    { kind: "account_frozen", data: { state: "frozen", reason: "looks like a robot" }, link: "/profile" },
    { kind: "account_security", data: { change: "password_changed" }, link: "/profile" }, { kind: "account_security", data: { change: "email_changed" }, link: "/profile" },
  ]);
});

test("an author hears what became of their review", async () => {
  const lin = await aUser();
  const cup = await aProduct({ name: "cup" });
  await happen({ name: "review.moderated", subject: { type: "review", id: "77" }, data: { userId: lin.id, productId: cup.id, status: "approved" } });
  await passOn();
  expect(await toldTo(lin)).toEqual([{ kind: "review_moderated", data: { status: "approved", product: "cup", productEn: "cup" }, link: `/products/${cup.slug}` }]);
});

test("both sides of a referral hear of its reward, and nobody of one that was refused", async () => {
  const [lin, bo] = [await aUser(), await aUser()];
  await happen({ name: "referral.settled", subject: about(bo), data: { inviterId: lin.id, status: "refused" } });
  await passOn();
  expect([await toldTo(lin), await toldTo(bo)]).toEqual([[], []]);
  await happen({ name: "referral.settled", subject: about(bo), data: { inviterId: lin.id, status: "rewarded" } });
  await passOn();
  expect([await toldTo(lin), await toldTo(bo)]).toMatchObject([[{ kind: "referral_rewarded", data: { side: "inviter" } }], [{ kind: "referral_rewarded", data: { side: "friend" } }]]);
});

test("books that do not agree are told to every owner and to nobody else; books that agree to nobody", async () => {
  const [ann, ben, bo] = [await aUser({ role: "owner" }), await aUser({ role: "owner" }), await aUser({ role: "staff" })];
  await happen({ name: "books.checked", subject: { type: "settings", id: "books" }, data: { findings: 0 } });
  await passOn();
  expect(await toldTo(ann)).toEqual([]);
  await happen({ name: "books.checked", subject: { type: "settings", id: "books" }, data: { findings: 2 } });
  await passOn();
  for (const owner of [ann, ben]) {
    expect(await toldTo(owner)).toEqual([{ kind: "books_alert", data: { findings: 2 }, link: "/admin/books" }]);
    expect(await mailedTo(owner)).toMatchObject([{ template: "books_alert", props: { findings: 2 } }]);
  }
  expect(await toldTo(bo)).toEqual([]);
});

test("an audit chain that was found broken is told to the owners, and where to look", async () => {
  const [ann, bo] = [await aUser({ role: "owner" }), await aUser({ role: "staff" })];
  await happen({ name: "audit.broken", subject: { type: "audit", id: "seals" }, data: { chain: "ledger", from: 0, to: 9, fault: "content" } });
  await passOn();
  expect([await toldTo(ann), await toldTo(bo)]).toEqual([[{ kind: "books_alert", data: { how: "trail" }, link: "/admin/audit" }], []]);
  expect(await mailedTo(ann)).toMatchObject([{ template: "trail_alert", props: { link: "/admin/audit" } }]);
});

test("that what one person alone may do was changed is told to the other owners; other settings to nobody", async () => {
  const [ann, ben] = [await aUser({ role: "owner", name: "ann" }), await aUser({ role: "owner" })];
  for (const id of ["control", "brand"]) await perform(ann.actor, (ctx) => emit(ctx, { name: "settings.changed", subject: { type: "settings", id }, data: { changes: { adjustmentApprovalPoints: [1_000, 100_000] } } }));
  await passOn();
  expect(await toldTo(ann)).toEqual([]);
  expect(await toldTo(ben)).toEqual([{ kind: "books_alert", data: { how: "control", by: ann.username }, link: "/admin/settings/control" }]);
  expect(await mailedTo(ben)).toMatchObject([{ template: "control_changed", props: { by: ann.username } }]);
});

test("who wants no mail of a kind gets none, and still hears of it in the shop", async () => {
  const lin = await aUser();
  await perform(lin.actor, (ctx) => setPreferences(ctx, { preferences: { level_changed: { inApp: true, byMail: false } } }));
  await happen({ name: "account.level_changed", subject: about(lin), data: { from: "Gold", to: "Silver", isUp: false } });
  await passOn();
  expect([(await toldTo(lin)).length, (await mailedTo(lin)).length]).toEqual([1, 0]);
});

test("what happened while the jobs stood still for weeks is no news", async () => {
  const lin = await aUser();
  await happen({ name: "points.expired", subject: about(lin), data: { points: 5 } });
  theClock.passDays(8);
  await passOn();
  expect(await toldTo(lin)).toEqual([]);
});

test("a parcel of several is told, the last one as the order; what waits at the counter is told; staff hears once of missing codes", async () => {
  const [lin, bo] = [await aUser({ points: 500 }), await aUser({ role: "staff" })];
  const cup = await aProduct({ name: "cup", delivery: "shipped", skus: [{ pointsPrice: 10, initialStock: 9 }] });
  const { orderId } = await anOrder(lin, cup, { quantity: 2, addressMayFollow: true });
  for (const quantity of [1, 1]) await perform(bo.actor, (ctx) => shipOrder(ctx, { requestId: randomUUID(), orderId, carrier: "SF", trackingNumber: `SF${quantity}`, lines: [{ line: 1, quantity }] }));
  await happen({ name: "order.ready_for_pickup", subject: { type: "order", id: orderId }, data: {} });
  await passOn();
  expect((await toldTo(lin)).map(({ data }) => data.status).reverse()).toEqual(["parcel_sent", "shipped", "ready_for_pickup"]);
  const card = await anOrder(lin, await aProduct({ name: "card", skus: [{ pointsPrice: 10, initialStock: 9 }] }));
  await happen({ name: "code.short", subject: { type: "order", id: card.orderId }, data: { missing: 1 } });
  await passOn();
  expect(await toldTo(bo)).toEqual([{ kind: "stock_low", data: { how: "codes", product: "card", productEn: "card", missing: 1 }, link: `/admin/orders/${card.orderId}` }]);
});
