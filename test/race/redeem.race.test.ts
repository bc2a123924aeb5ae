import { randomUUID } from "node:crypto";

import { expect, test } from "vitest";

import { spend } from "@/app/api/points/spend/handler";
import { redeem } from "@/lib/orders/lanes";
import type { RedeemReply } from "@/lib/orders/redemption/commands";
import type { Decision } from "@/lib/refusal";

import { aMug, aProduct, aToken, atOnce, aUser, balanceOf, inProcess, lotsOf, ordersOf, redeemAlone, stockOf, tally, usersWith, wishOf, type TestProduct, type TestUser, type Wish } from "../world";

type Buy = (who: TestUser, product: TestProduct, wish?: Wish) => Promise<Decision<RedeemReply>>;

let turn = 0;
const inLane: Buy = (who, product, wish) => redeem(wishOf(who, product, wish));
const inLanes: Buy = (who, product, wish) => inProcess(++turn % 4, () => inLane(who, product, wish));
const alone: Buy = (who, product, wish) => redeemAlone(who, product, wish);

const ways = [
  { way: "one process", buy: inLane },
  { way: "four processes", buy: inLanes },
  { way: "one transaction each", buy: alone },
  { way: "all of these", buy: ((...wish) => [inLane, inLanes, alone][++turn % 3]!(...wish)) as Buy },
];

test.each(ways)("200 spends of 10 from 1,000 points: exactly 100 succeed ($way)", async ({ buy }) => {
  const lin = await aUser({ points: 1_000 });
  const sticker = await aProduct({ name: "sticker", skus: [{ pointsPrice: 10, initialStock: 1_000 }] });
  const answers = await atOnce(200, () => buy(lin, sticker));
  expect(tally(answers)).toEqual({ ok: 100, insufficient_points: 100 });
  expect(await balanceOf(lin)).toBe(0);
  expect(await stockOf(sticker)).toBe(900);
});

test.each(ways)("200 spends of 10 from 100 lots of 10: no lot gives twice ($way)", async ({ buy }) => {
  const lin = await aUser({ lots: Array.from({ length: 100 }, (_, day) => ({ points: 10, expiresInDays: day + 1 })) });
  const sticker = await aProduct({ name: "sticker", skus: [{ pointsPrice: 10, initialStock: 1_000 }] });
  const answers = await atOnce(200, () => buy(lin, sticker));
  expect(tally(answers)).toEqual({ ok: 100, insufficient_points: 100 });
  expect((await lotsOf(lin)).map((lot) => lot.points_remaining)).toEqual(Array.from({ length: 100 }, () => 0));
});

test.each(ways)("300 buyers of 10 pieces: ten orders, an empty shelf, and the others keep their points ($way)", async ({ buy }) => {
  const buyers = await usersWith(100, 300);
  const mug = await aMug({ initialStock: 10 });
  const answers = await Promise.all(buyers.map((buyer) => buy(buyer, mug)));
  expect(tally(answers)).toEqual({ ok: 10, sold_out: 290 });
  expect(await stockOf(mug)).toBe(0);
  for (const [index, buyer] of buyers.entries()) {
    expect(await balanceOf(buyer)).toBe(answers[index]!.ok ? 0 : 100);
    expect(await ordersOf(buyer)).toHaveLength(answers[index]!.ok ? 1 : 0);
  }
});

test.each(ways)("two users pressing at once cannot both get the last mug ($way)", async ({ buy }) => {
  const [lin, mei] = [await aUser({ name: "lin", points: 100 }), await aUser({ name: "mei", points: 100 })];
  for (let round = 0; round < 10; round++) {
    const mug = await aMug({ pointsPrice: 1 });
    const answers = await Promise.all([buy(lin, mug), buy(mei, mug)]);
    expect(tally(answers)).toEqual({ ok: 1, sold_out: 1 });
  }
});

test.each(ways)("one key pressed 50 times is one order and one reply ($way)", async ({ buy }) => {
  const lin = await aUser({ points: 1_000 });
  const mug = await aMug({ initialStock: 50 });
  const key = randomUUID();
  const answers = await atOnce(50, () => buy(lin, mug, { key }));
  expect(tally(answers)).toEqual({ ok: 50 });
  expect(new Set(answers.map((answer) => JSON.stringify(answer, sortedKeys))).size).toBe(1);
  expect(await ordersOf(lin)).toHaveLength(1);
  expect(await balanceOf(lin)).toBe(900);
  expect(await stockOf(mug)).toBe(49);
});

const sortedKeys = (_: string, value: unknown): unknown =>
  value && typeof value === "object" && !Array.isArray(value) ? Object.fromEntries(Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1))) : value;

test("one key pressed 50 times over HTTP, in front of Next and behind it: fifty replies, byte for byte the same", async () => {
  const lin = await aUser({ points: 1_000 });
  const token = await aToken(lin);
  const mug = await aMug({ initialStock: 50 });
  const headers = new Headers({ "content-type": "application/json", "x-auth-token": token, "idempotency-key": randomUUID() });
  const body = JSON.stringify({ productId: mug.id, quantity: 1 });
  const replies = await atOnce(50, async (index) => {
    if (index % 2) return spend.reply({ method: "POST", url: "/api/points/spend", headers, body: [Buffer.from(body)] });
    const reply = await spend(new Request("http://shop/api/points/spend", { method: "POST", headers, body }));
    return { status: reply.status, body: await reply.text() };
  });
  expect(new Set(replies.map(({ status }) => status))).toEqual(new Set([200]));
  expect(new Set(replies.map((reply) => reply.body)).size).toBe(1);
  expect(await ordersOf(lin)).toHaveLength(1);
});

test.each(ways)("a winner that repeats its key after the shelf is empty hears of its order, not of an empty shelf ($way)", async ({ buy }) => {
  const [lin, mei] = [await aUser({ name: "lin", points: 100 }), await aUser({ name: "mei", points: 100 })];
  const mug = await aMug();
  const won = await buy(lin, mug, { key: "the-one-key" });
  expect(tally([await buy(mei, mug)])).toEqual({ sold_out: 1 });
  expect(await buy(lin, mug, { key: "the-one-key" })).toEqual(won);
});

test.each(ways)("a limit of two each holds under 50 orders of one person ($way)", async ({ buy }) => {
  const lin = await aUser({ points: 10_000 });
  const plant = await aProduct({ name: "plant", skus: [{ limitPerUser: 2, initialStock: 100 }] });
  const answers = await atOnce(50, () => buy(lin, plant));
  expect(tally(answers)).toEqual({ ok: 2, purchase_limit: 48 });
  expect(await stockOf(plant)).toBe(98);
});

test("people who want the same two products in opposite order all get them: a deadlock is never theirs to see", async () => {
  const buyers = await usersWith(1_000, 32);
  const [tea, cup] = [await aMug({ pointsPrice: 1, initialStock: 10_000 }), await aMug({ pointsPrice: 1, initialStock: 10_000 })];
  const answers = await Promise.all(
    buyers.flatMap((buyer, index) => (index % 2 === 0 ? [tea, cup] : [cup, tea]).flatMap((product) => [redeemAlone(buyer, product), inLanes(buyer, product)])),
  );
  expect(tally(answers)).toEqual({ ok: 128 });
  expect([await stockOf(tea), await stockOf(cup)]).toEqual([9_936, 9_936]);
});
