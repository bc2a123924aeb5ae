import { randomUUID } from "node:crypto";

import { describe, expect, test } from "vitest";

import { addCodes } from "@/lib/catalog/codes/commands";
import { env } from "@/lib/env";
import { perform } from "@/lib/perform";
import { forgetPolicy } from "@/lib/settings/queries";
import { expectErrors } from "@/test/errors";
import { count, rows } from "@/test/database";
import type { Posted } from "@/test/providers/bank";
import { atTheBank, aWaitingOrder, banks, earned, giveBack, heard, noticesOf, outcomesOf, post, press, referencesOf, release, REPLIES, statusOf, tell, withBanks } from "@/test/providers/banks";
import { aKettle, atOnce, aUser, balanceOf, eventsAbout, refusalOf, stockOf, theClock, theShop } from "@/test/world";

import { followPayment } from "./payment";

withBanks();

describe.each(banks.map((bank) => [bank.name, bank] as const))("%s", (name, bank) => {
  const reply = REPLIES[name];

  test("a payment begins at the provider with the order's amount, under our reference", async () => {
    const { reference, orderId, address } = await atTheBank(bank);
    expect(bank.trades.get(reference)).toMatchObject({ reference, amountCents: 990, status: "open" });
    expect(bank.trades.get(reference)!.currency.toUpperCase()).toBe("CNY");
    expect(address).toContain(name === "wechat" ? `/pay/${reference}` : bank.url);
    expect(await rows("SELECT p.provider, p.status, p.amount_cents FROM payments p JOIN orders o ON o.id = p.order_id WHERE o.public_id = ?", [orderId])).toEqual([{ provider: name, status: "created", amount_cents: 990 }]);
  });

  test("pressing again takes up the same payment: there are not two to pay", async () => {
    const order = await atTheBank(bank);
    await press(order, bank);
    expect(await referencesOf(order.orderId)).toEqual([order.reference]);
    expect([...bank.trades.values()].filter(({ reference }) => reference === order.reference)).toHaveLength(1);
  });

  test("a notice moves the order on, earns its points, and is answered in the provider's own words", async () => {
    const order = await atTheBank(bank);
    bank.pay(order.reference);
    expect(await heard(await tell(bank, order.reference))).toEqual(reply.taken);
    expect(await statusOf(order)).toBe("paid");
    expect(await earned(order)).toEqual([9]);
    expect(await noticesOf(order.reference)).toEqual([{ result: "paid", outcome: "paid" }]);
    expect((await eventsAbout("order", order.orderId)).filter((event) => event.name === "order.paid")).toMatchObject([{ data: { cents: 990, provider: name } }]);
  });

  test("who has paid by it has their code at once, and the same notice again hands over no other", async () => {
    const card = await aKettle({ hasCodes: true, initialStock: 0 });
    await perform(theShop, (ctx) => addCodes(ctx, { requestId: "x", skuId: card.skuId, codes: ["A-1", "A-2"] }));
    const order = await atTheBank(bank, card);
    const notice = bank.notice(order.reference);
    await post(bank, notice);
    expect(await statusOf(order)).toBe("completed");
    await post(bank, notice);
    expect(await rows("SELECT status, COUNT(*) AS codes FROM virtual_codes WHERE sku_id = ? GROUP BY status ORDER BY status", [card.skuId])).toEqual([{ status: "free", codes: 1 }, { status: "sold", codes: 1 }]);
  });

  test.each<[string, (reference: string) => Posted]>([
    ["one byte of it changed", (reference) => {
      const { headers, body } = bank.notice(reference);
      const at = body.indexOf(name === "alipay" ? "total_amount=" : '"id":"') + (name === "alipay" ? 13 : 6);
      return { headers, body: `${body.slice(0, at)}${body[at] === "8" ? "9" : "8"}${body.slice(at + 1)}` };
    }],
    ["somebody else's key", (reference) => bank.notice(reference, { isForged: true })],
    ["another shop's name in it", (reference) => bank.notice(reference, { isForOther: true })],
    ["no signature", (reference) => ({ headers: {}, body: bank.notice(reference).body.replace(/&sign=[^&]*/, "") })],
    ["nothing in it", () => ({ headers: bank.notice("x").headers, body: "" })],
  ])("a notice with %s is refused and leaves nothing behind", async (_, forge) => {
    const order = await atTheBank(bank);
    const kept = await count("SELECT COUNT(*) FROM payment_notices");
    expect(await heard(await post(bank, forge(order.reference)))).toEqual(reply.forged);
    expect(await statusOf(order)).toBe("pending");
    expect(await count("SELECT COUNT(*) FROM payment_notices")).toBe(kept);
  });

  test("ten of the same, and fifty more at once, are one", async () => {
    const order = await atTheBank(bank);
    const notice = bank.notice(order.reference, { id: `n-${order.reference}` });
    const replies = await atOnce(50, () => post(bank, notice));
    for (let again = 0; again < 10; again++) replies.push(await post(bank, notice));
    expect(new Set(replies.map(({ status }) => status))).toEqual(new Set([200]));
    expect(await noticesOf(order.reference)).toHaveLength(1);
    expect(await earned(order)).toEqual([9]);
    expect((await eventsAbout("order", order.orderId)).filter((event) => event.name === "order.paid")).toHaveLength(1);
    expect(await count("SELECT COUNT(*) FROM cash_refunds c JOIN payments p ON p.id = c.payment_id WHERE p.reference = ?", [order.reference])).toBe(0);
  });

  test("ten different notices of one payment at once pay it once", async () => {
    const order = await atTheBank(bank);
    await atOnce(10, () => tell(bank, order.reference));
    expect(await statusOf(order)).toBe("paid");
    expect(await earned(order)).toEqual([9]);
    expect(await noticesOf(order.reference)).toHaveLength(10);
  });

  test("what comes after it was paid never moves it back, and what comes before does not keep it from being paid", async () => {
    const order = await atTheBank(bank);
    expect(await heard(await tell(bank, order.reference, { result: "refunded" }))).toEqual(reply.taken);
    await tell(bank, order.reference, { result: "failed" });
    expect(await statusOf(order)).toBe("pending");
    expect(await heard(await tell(bank, order.reference))).toEqual(reply.taken);
    expect(await statusOf(order)).toBe("paid");
    expect(await heard(await tell(bank, order.reference, { result: "failed" }))).toEqual(reply.taken);
    await tell(bank, order.reference, { result: "refunded" });
    expect(await statusOf(order)).toBe("paid");
    expect(await earned(order)).toEqual([9]);
    // WeChat tells nobody that a payment failed.
    expect(await outcomesOf(order.reference)).toEqual(name === "wechat" ? ["noted", "noted", "paid"] : ["failed", "noted", "noted", "paid", "stale"]);
  });

  test("another amount than was asked for pays nothing; it is kept for staff, however often it comes", async () => {
    const order = await atTheBank(bank);
    const notice = bank.notice(order.reference, { amountCents: 989 });
    expect(await heard(await post(bank, notice))).toEqual(reply.refused);
    expect(await heard(await post(bank, notice))).toEqual(reply.refused);
    expect(await statusOf(order)).toBe("pending");
    expect(await outcomesOf(order.reference)).toEqual(["refused amount"]);
    await tell(bank, order.reference);
    expect(await statusOf(order)).toBe("paid");
  });

  test("a notice about a payment that nobody knows is taken, so that it does not come for ever, and kept", async () => {
    const stranger = randomUUID().replaceAll("-", "").slice(0, 22);
    const reference = Buffer.from(stranger.padEnd(22, "A"), "base64url").toString("base64url").slice(0, 22);
    expect(await heard(await tell(bank, reference, { amountCents: 5 }))).toEqual(reply.taken);
    expect(await outcomesOf(reference)).toEqual(["unknown"]);
  });

  test("paid after the time was over: the order stays cancelled, and the money goes back once, however often anybody asks", async () => {
    const order = await atTheBank(bank);
    // The provider takes it although it was closed: its notice was on the way.
    theClock.passMinutes(16);
    await release();
    expect([await statusOf(order), await balanceOf(order.who), await stockOf(order.kettle)]).toEqual(["cancelled", 50, 10]);
    expect(bank.trades.get(order.reference)!.status).toBe("closed");
    bank.trades.get(order.reference)!.status = "paid";
    await atOnce(5, () => tell(bank, order.reference));
    expect(await statusOf(order)).toBe("cancelled");
    // The refund is taken, but its answer is lost: asked again, it pays nothing more.
    bank.manner = "takes-and-cuts";
    await giveBack();
    bank.manner = "answers";
    expect(bank.refunds).toEqual([expect.objectContaining({ amountCents: 990 })]);
    theClock.passMinutes(2);
    await atOnce(3, giveBack);
    await giveBack();
    expect(bank.refunds).toHaveLength(1);
    expect(await rows("SELECT c.status, c.amount_cents FROM cash_refunds c JOIN payments p ON p.id = c.payment_id WHERE p.reference = ?", [order.reference])).toEqual([{ status: "sent", amount_cents: 990 }]);
  });

  test("a provider that is down or fails is told to the buyer plainly, and the next try succeeds", async () => {
    const order = await aWaitingOrder();
    for (const manner of ["cuts", "fails"] as const) {
      bank.manner = manner;
      // Alipay is not asked before its page is.
      if (name !== "alipay") expect(await refusalOf(press(order, bank))).toBe("payment_unavailable");
    }
    bank.manner = "answers";
    bank.visit(await press(order, bank));
    const reference = (await referencesOf(order.orderId)).at(-1)!;
    expect(await heard(await tell(bank, reference))).toEqual(reply.taken);
    expect(await statusOf(order)).toBe("paid");
  });

  test("a lost notice is made good: the waiting buyer's page asks the provider", async () => {
    const order = await atTheBank(bank);
    expect(await followPayment(order.who, order.reference)).toEqual({ state: "waiting", orderId: order.orderId });
    bank.pay(order.reference);
    bank.manner = "fails";
    expect(await followPayment(order.who, order.reference)).toEqual({ state: "waiting", orderId: order.orderId });
    bank.manner = "answers";
    expect(await followPayment(order.who, order.reference)).toEqual({ state: "paid", orderId: order.orderId });
    expect(await statusOf(order)).toBe("paid");
    expect(await heard(await tell(bank, order.reference))).toEqual(reply.taken);
    expect(await earned(order)).toEqual([9]);
    expect(await refusalOf(followPayment(await aUser(), order.reference))).toBe("not_found");
  });

  test("the clock asks before it takes an order back: what was paid stays, what was not is closed there too", async () => {
    const [paid, open] = [await atTheBank(bank), await atTheBank(bank)];
    bank.pay(paid.reference);
    theClock.passMinutes(16);
    expect(await release()).toEqual({ released: 1, failures: [] });
    expect([await statusOf(paid), await statusOf(open)]).toEqual(["paid", "cancelled"]);
    expect(await balanceOf(open.who)).toBe(50);
    expect(bank.pay(open.reference)).toBe(false);
    expect(await followPayment(open.who, open.reference)).toMatchObject({ state: "failed" });
  });

  test("a provider that does not answer keeps an order for a quarter of an hour, and not for ever; what was paid goes back", async () => {
    const order = await atTheBank(bank);
    bank.pay(order.reference);
    bank.manner = "cuts";
    theClock.passMinutes(16);
    expect(await release()).toEqual({ released: 0, failures: [] });
    expect(await statusOf(order)).toBe("pending");
    theClock.passMinutes(15);
    expect(await release()).toEqual({ released: 1, failures: [] });
    bank.manner = "answers";
    await tell(bank, order.reference);
    await giveBack();
    expect([await statusOf(order), bank.refunds.length]).toEqual(["cancelled", 1]);
  });

  test("an order whose time is over cannot be begun to be paid", async () => {
    const order = await aWaitingOrder();
    theClock.passMinutes(16);
    expect(await refusalOf(press(order, bank))).toBe("order_not_payable");
    expect(bank.asked).toEqual([]);
  });

  test("a provider that is switched off takes no notices", async () => {
    const order = await atTheBank(bank);
    const notice = bank.notice(order.reference);
    const needed = { stripe: "STRIPE_SECRET_KEY", wechat: "WECHAT_PAY_API_V3_KEY", alipay: "ALIPAY_PRIVATE_KEY" }[name] as keyof typeof bank.settings;
    const kept = env()[needed];
    Object.assign(env(), { [needed]: undefined });
    try {
      expect((await post(bank, notice)).status).toBe(404);
      expect(await refusalOf(press(await aWaitingOrder(), bank))).toBe("unavailable");
    } finally {
      Object.assign(env(), { [needed]: kept });
    }
  });

  test("one that the merchant switched off begins no payment, and what it says of an earlier one is still taken", async () => {
    const order = await atTheBank(bank);
    await rows("INSERT INTO settings (name, value) VALUES ('paymentsOff', ?)", [JSON.stringify([name])]);
    forgetPolicy();
    try {
      expect(await refusalOf(press(await aWaitingOrder(), bank))).toBe("unavailable");
      bank.pay(order.reference);
      expect(await heard(await tell(bank, order.reference))).toEqual(reply.taken);
      expect(await statusOf(order)).toBe("paid");
    } finally {
      await rows("DELETE FROM settings WHERE name = 'paymentsOff'");
      forgetPolicy();
    }
    expect((await atTheBank(bank)).address).toBeTruthy();
  });

  test("when the database does not take a notice, the provider is told to come again", async () => {
    const order = await atTheBank(bank);
    expectErrors();
    await rows("RENAME TABLE payment_notices TO payment_notices_away");
    try {
      expect(await heard(await tell(bank, order.reference))).toEqual(reply.broken);
    } finally {
      await rows("RENAME TABLE payment_notices_away TO payment_notices");
    }
    expect(await heard(await tell(bank, order.reference))).toEqual(reply.taken);
    expect(await statusOf(order)).toBe("paid");
  });

  test("a body beyond 64 KB is not read", async () => {
    expect((await post(bank, { headers: {}, body: "x".repeat(64 * 1024 + 1) })).status).toBe(413);
  });
});
