import { randomUUID } from "node:crypto";

import { expect, test } from "vitest";

import { cancelOrder } from "@/lib/orders/commands";
import { perform } from "@/lib/perform";
import { count } from "@/test/database";
import { aKettle, anOrder, aUser, balanceOf, endOfDayIn, eventsAbout, ledgerOf, lin, lotsOf, redeemAlone, aMug, theShop } from "@/test/world";

import { expirePoints, grantPoints, listDue } from "./commands";

const sweep = (people: readonly { id: Awaited<ReturnType<typeof lin>>["id"] }[], now: Date) => perform(theShop, (ctx) => expirePoints(ctx, people.map(({ id }) => id)), now);

test("a gift goes into the lot of its expiry, with its reason in the ledger and an event, and raises no level", async () => {
  const who = await aUser();
  const owner = await aUser({ role: "owner" });
  const expiresAt = endOfDayIn(30);
  await perform(owner.actor, (ctx) => grantPoints(ctx, [{ userId: who.id, points: 40, expiresAt, sourceId: randomUUID(), reason: "sorry for the wait" }]));
  expect(await lotsOf(who)).toMatchObject([{ points_granted: 40, points_remaining: 40, expires_at: expiresAt }]);
  expect(await ledgerOf(who)).toMatchObject([{ kind: "adjust", points_change: 40, balance_after: 40 }]);
  expect((await eventsAbout("user", who.id)).at(-1)).toEqual({ name: "points.adjusted", actor_id: owner.id, data: { points: 40, reason: "sorry for the wait" } });
});

test("two gifts with one expiry share a lot, and two of one set are two entries", async () => {
  const who = await aUser();
  const gift = (points: number) => ({ userId: who.id, points, expiresAt: endOfDayIn(30), sourceId: randomUUID(), reason: "a gift" });
  await perform(theShop, (ctx) => grantPoints(ctx, [gift(10), gift(5)]));
  await perform(theShop, (ctx) => grantPoints(ctx, [gift(1)]));
  expect(await lotsOf(who)).toMatchObject([{ points_granted: 16, points_remaining: 16 }]);
  expect((await ledgerOf(who)).map((entry) => entry.balance_after)).toEqual([10, 15, 16]);
});

test("a gift is given once per source: a repeat fails whole and changes nothing", async () => {
  const who = await aUser();
  const gift = { userId: who.id, points: 10, expiresAt: endOfDayIn(30), sourceId: randomUUID(), reason: "a gift" };
  await perform(theShop, (ctx) => grantPoints(ctx, [gift]));
  await expect(perform(theShop, (ctx) => grantPoints(ctx, [gift]))).rejects.toThrow(/Duplicate entry/);
  expect(await balanceOf(who)).toBe(10);
});

test.each([0, -5, 0.5, 2 ** 53])("nobody can be given %s points", async (points) => {
  const who = await aUser();
  const gift = { userId: who.id, points, expiresAt: endOfDayIn(30), sourceId: randomUUID(), reason: "a gift" };
  await expect(perform(theShop, (ctx) => grantPoints(ctx, [gift]))).rejects.toThrow("positive whole number");
  expect(await balanceOf(who)).toBe(0);
});

test("only what is left in expired lots ends, in one entry that names its lots, with an event", async () => {
  const who = await lin();
  await anOrder(who, await aMug({ pointsPrice: 15 }));
  expect(await sweep([who], endOfDayIn(1))).toEqual({ people: 1, lots: 1, points: 5 });
  expect(await balanceOf(who)).toBe(100);
  expect((await lotsOf(who)).map((lot) => lot.points_remaining)).toEqual([0, 100]);
  expect((await ledgerOf(who)).at(-1)).toMatchObject({ kind: "expire", points_change: -5, balance_after: 100 });
  expect((await eventsAbout("user", who.id)).at(-1)).toEqual({ name: "points.expired", actor_id: null, data: { points: 5 } });
});

test("a sweep that is run twice writes nothing the second time", async () => {
  const who = await lin();
  const later = endOfDayIn(1);
  await sweep([who], later);
  expect(await sweep([who], later)).toEqual({ people: 0, lots: 0, points: 0 });
  expect(await ledgerOf(who)).toHaveLength(3);
});

test("an instant before their expiry points are not swept", async () => {
  const who = await lin();
  expect(await sweep([who], new Date(endOfDayIn(1).getTime() - 1))).toEqual({ people: 0, lots: 0, points: 0 });
});

test("several expired lots of a person end in one entry", async () => {
  const who = await aUser({ lots: [{ points: 3, expiresInDays: 1 }, { points: 4, expiresInDays: 2 }, { points: 5, expiresInDays: 3 }] });
  expect(await sweep([who], endOfDayIn(2))).toEqual({ people: 1, lots: 2, points: 7 });
  expect(await balanceOf(who)).toBe(5);
});

test("those longest past their expiry are due first", async () => {
  const [first, second] = [await aUser({ lots: [{ points: 1, expiresInDays: 2 }] }), await aUser({ lots: [{ points: 1, expiresInDays: 3 }] })];
  const due = await perform(theShop, (ctx) => listDue(ctx, 10_000), endOfDayIn(3));
  expect(due.indexOf(first.id)).toBeGreaterThanOrEqual(0);
  expect(due.indexOf(first.id)).toBeLessThan(due.indexOf(second.id));
});

test("a frozen person's points expire like everybody's", async () => {
  const who = await aUser({ lots: [{ points: 9, expiresInDays: 1 }], isFrozen: true });
  expect(await sweep([who], endOfDayIn(1))).toMatchObject({ points: 9 });
});

test("expired points cannot be spent, though no sweep has come by", async () => {
  const who = await lin();
  const mug = await aMug({ pointsPrice: 110 });
  expect(await redeemAlone(who, mug, {}, endOfDayIn(1))).toEqual({ ok: false, code: "insufficient_points", detail: { pointsMissing: 10 } });
  expect(await redeemAlone(who, mug, {}, new Date(endOfDayIn(1).getTime() - 1))).toMatchObject({ ok: true });
});

test("points that come back to a lot just after its sweep do not stop the next sweep, of this person or of anybody", async () => {
  const who = await aUser({ lots: [{ points: 60, expiresInDays: 1 }] });
  const other = await aUser({ lots: [{ points: 7, expiresInDays: 2 }] });
  const end = endOfDayIn(1);
  const { orderId } = await anOrder(who, await aKettle(), {}, new Date(end.getTime() - 60_000));
  // Ten points are left and are swept; the cancellation was asked an instant before, and got the account's lock after it.
  await sweep([who], end);
  await perform(who.actor, (ctx) => cancelOrder(ctx, { requestId: "x", orderId }), new Date(end.getTime() - 1));
  await sweep([who, other], endOfDayIn(2));
  expect(await balanceOf(who)).toBe(0);
  expect(await balanceOf(other)).toBe(0);
  expect(await count("SELECT COUNT(*) FROM point_lots WHERE user_id IN (?, ?) AND points_remaining > 0", [who.id, other.id])).toBe(0);
});
