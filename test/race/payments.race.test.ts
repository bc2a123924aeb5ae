import { randomUUID } from "node:crypto";

import { expect, test } from "vitest";

import { cancelOrder, openPayment } from "@/lib/orders/commands";
import { takeNotice } from "@/lib/orders/paying/commands";
import { CURRENCY, type Notice } from "@/lib/payment-provider";
import { perform } from "@/lib/perform";
import { isRefusal } from "@/lib/refusal";

import { count, rows } from "../database";
import { aKettle, anOrder, atOnce, stockOf, theShop, usersWith, type TestUser } from "../world";

const ROUNDS = 1_000;
const AT_ONCE = 16;
const BUYERS = 100;
const EACH = ROUNDS / BUYERS;

type Open = { who: TestUser; orderId: string; reference: string };

async function openOrders(): Promise<{ orders: Open[]; kettle: Awaited<ReturnType<typeof aKettle>> }> {
  const kettle = await aKettle({ initialStock: ROUNDS, limitPerUser: 0 });
  const people = await usersWith(50 * EACH, BUYERS);
  const orders: Open[] = [];
  let next = 0;
  await atOnce(AT_ONCE, async () => {
    for (let round = next++; round < ROUNDS; round = next++) {
      const who = people[round % BUYERS]!;
      const { orderId } = await anOrder(who, kettle);
      const { reference } = await perform(who.actor, (ctx) => openPayment(ctx, { requestId: randomUUID(), orderId }, "stripe"));
      orders.push({ who, orderId, reference });
    }
  });
  return { orders, kettle };
}

const paid = ({ reference }: Open): Notice => ({ noticeId: `n-${reference}`, reference, result: "paid", amountCents: 990, currency: CURRENCY });
const tell = (open: Open, notice = paid(open)) => perform(theShop, (ctx) => takeNotice(ctx, "stripe", notice));

async function release({ orderId }: Open): Promise<boolean> {
  try {
    await perform(theShop, (ctx) => cancelOrder(ctx, { requestId: orderId, orderId }, "unpaid"));
    return true;
  } catch (error) {
    if (isRefusal(error)) return false;
    throw error;
  }
}

test(`a provider's notice, twice, against the clock's release, ${ROUNDS} times: each order is paid or cancelled, never both, and late money goes back once`, async () => {
  const { orders, kettle } = await openOrders();
  const outcomes: Record<string, number> = {};
  let next = 0;
  await atOnce(AT_ONCE, async () => {
    for (let round = next++; round < ROUNDS; round = next++) {
      const open = orders[round]!;
      const racers = [() => tell(open), () => release(open), () => tell(open)];
      // Each starts first as often as the others.
      const turn = round % racers.length;
      const done = await Promise.all([...racers.slice(turn), ...racers.slice(0, turn)].map((race) => race()));
      const released = done.find((each) => typeof each === "boolean");
      const told = done.filter((each) => typeof each === "string");
      expect(told).toEqual(released ? ["late", "late"] : ["paid", "paid"]);
      outcomes[told[0]!] = (outcomes[told[0]!] ?? 0) + 1;
    }
  });
  const { paid: won = 0, late = 0 } = outcomes;
  expect(won + late).toBe(ROUNDS);
  expect(await stockOf(kettle)).toBe(late);
  expect(await count("SELECT COUNT(*) FROM orders o JOIN payments p ON p.order_id = o.id WHERE o.status = 'paid' AND p.status = 'paid'")).toBe(won);
  expect(await count("SELECT COUNT(*) FROM orders o JOIN payments p ON p.order_id = o.id JOIN cash_refunds c ON c.payment_id = p.id AND c.amount_cents = 990 WHERE o.status = 'cancelled' AND p.status = 'late'")).toBe(late);
  expect(await count("SELECT COUNT(*) FROM cash_refunds")).toBe(late);
  expect(await count("SELECT COUNT(*) FROM payment_notices")).toBe(ROUNDS);
}, 600_000);

test("fifty different notices and fifty of the same at once: paid once, and each notice is kept", async () => {
  const [who] = await usersWith(50, 1);
  const kettle = await aKettle();
  const { orderId } = await anOrder(who!, kettle);
  const { reference } = await perform(who!.actor, (ctx) => openPayment(ctx, { requestId: randomUUID(), orderId }, "stripe"));
  const open = { who: who!, orderId, reference };
  const told = await atOnce(100, (index) => tell(open, index % 2 ? paid(open) : { ...paid(open), noticeId: `other-${index}` }));
  expect(new Set(told)).toEqual(new Set(["paid"]));
  expect(await rows("SELECT outcome, COUNT(*) AS notices FROM payment_notices WHERE reference = ? GROUP BY outcome", [reference])).toEqual([{ outcome: "paid", notices: 51 }]);
  expect(await count("SELECT COUNT(*) FROM events WHERE name = 'order.paid' AND subject_id = ?", [orderId])).toBe(1);
});
