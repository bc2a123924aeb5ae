import { createVerify, randomUUID } from "node:crypto";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";

import { expect, test, vi } from "vitest";

import { env } from "@/lib/env";
import { describeError, log } from "@/lib/log";
import { startPayment } from "@/lib/orders/payment";
import { isStateFor, openIdFrom } from "@/lib/wechat-identity";
import { wechatPay } from "@/lib/wechat-pay";
import { rows } from "@/test/database";
import { alipay, atTheBank, aWaitingOrder, banks, giveBack, heard, outcomesOf, press, referencesOf, release, REPLIES, statusOf, stripe, tell, wechat, withBanks } from "@/test/providers/banks";
import { refusalOf, tally, theClock } from "@/test/world";

withBanks();

test.each(banks.filter(({ name }) => name !== "alipay").map((bank) => [bank.name, bank] as const))("a notice of %s that is older or newer than five minutes is nobody's", async (name, bank) => {
  const order = await atTheBank(bank);
  const at = (minutes: number) => new Date(theClock.now().getTime() + minutes * 60_000);
  for (const minutes of [-6, 6, -60 * 24]) expect(await heard(await tell(bank, order.reference, { at: at(minutes) }))).toEqual(REPLIES[name].forged);
  expect(await statusOf(order)).toBe("pending");
  expect((await tell(bank, order.reference, { at: at(-4) })).status).toBe(200);
});

test.each(banks.filter(({ name }) => name !== "alipay").map((bank) => [bank.name, bank] as const))("another currency pays nothing at %s", async (name, bank) => {
  const order = await atTheBank(bank);
  expect(await heard(await tell(bank, order.reference, { currency: "JPY" }))).toEqual(REPLIES[name].refused);
  expect([await statusOf(order), await outcomesOf(order.reference)]).toEqual(["pending", ["refused currency"]]);
});

test("a provider that never answers is waited for ten seconds, and then the buyer is told", async () => {
  const slow = banks.filter(({ name }) => name !== "alipay");
  const orders = await Promise.all(slow.map(() => aWaitingOrder()));
  for (const bank of slow) bank.manner = "hangs";
  expect(await Promise.all(slow.map((bank, index) => refusalOf(press(orders[index]!, bank))))).toEqual(["payment_unavailable", "payment_unavailable"]);
}, 60_000);

test("one order, three ways to pay it: the first money is taken, the other goes back", async () => {
  const order = await aWaitingOrder();
  for (const bank of banks) bank.visit(await press(order, bank));
  const references = await referencesOf(order.orderId);
  expect(references).toHaveLength(3);
  await Promise.all(banks.map((bank, index) => tell(bank, references[index]!)));
  expect(await statusOf(order)).toBe("paid");
  for (const [index, bank] of banks.entries()) bank.pay(references[index]!);
  await giveBack();
  expect(tally(banks.map(({ refunds }) => ({ ok: true as const, value: refunds })))).toEqual({ ok: 3 });
  expect(banks.map(({ refunds }) => refunds.length).sort()).toEqual([0, 1, 1]);
});

test("Alipay opens its app on a phone", async () => {
  const order = await aWaitingOrder();
  alipay.visit(await press(order, alipay, { isPhone: true }));
  expect(alipay.visited).toMatchObject({ method: "alipay.trade.wap.pay", biz: { total_amount: "9.90" }, notifyUrl: "http://localhost:3000/api/webhooks/alipay" });
  expect(alipay.visited!.returnUrl).toBe(`http://localhost:3000/orders/${order.orderId}?paid=${(await referencesOf(order.orderId))[0]}`);
});

test("a refund that Stripe made and could not say so is not made again, even when Stripe has forgotten its key", async () => {
  const order = await atTheBank(stripe);
  theClock.passMinutes(16);
  await release();
  stripe.trades.get(order.reference)!.status = "paid";
  await tell(stripe, order.reference);
  stripe.manner = "takes-and-cuts";
  await giveBack();
  stripe.manner = "answers";
  stripe.forgetKeys();
  theClock.passMinutes(2);
  expect(await giveBack()).toMatchObject({ sent: 1 });
  expect(stripe.refunds).toHaveLength(1);
});

test.each([banks[0]!, banks[1]!].map((bank) => [bank.name, bank] as const))("cash that %s took on and could not deliver after all is left for a person", async (_, bank) => {
  const order = await atTheBank(bank);
  theClock.passMinutes(16);
  await release();
  bank.trades.get(order.reference)!.status = "paid";
  await tell(bank, order.reference);
  await giveBack();
  const [cash] = await rows<{ public_id: string }>("SELECT c.public_id FROM cash_refunds c JOIN payments p ON p.id = c.payment_id WHERE p.reference = ?", [order.reference]);
  const status = async () => (await rows<{ status: string }>("SELECT status FROM cash_refunds WHERE public_id = ?", [cash!.public_id]))[0]!.status;
  await tell(bank, order.reference, { result: "refunded", refundId: cash!.public_id });
  expect(await status()).toBe("sent");
  await tell(bank, order.reference, { result: "refund_failed", refundId: cash!.public_id });
  expect(await status()).toBe("failed");
});

test("inside WeChat, where it is known who pays, its browser is handed what it pays with, signed with the merchant's key", async () => {
  const order = await aWaitingOrder();
  const address = await startPayment({ id: order.who.id }, { requestId: randomUUID(), orderId: order.orderId, provider: "wechat" }, { isPhone: true, openId: "o-lin" });
  const reference = (await referencesOf(order.orderId))[0]!;
  expect(address).toEqual({ ok: true, value: { redirectTo: `/pay/${reference}` } });
  expect(wechat.last).toMatchObject({ payer: { openid: "o-lin" }, amount: { total: 990, currency: "CNY" }, notify_url: "http://localhost:3000/api/webhooks/wechat" });
  const [{ provider_key: key }] = (await rows<{ provider_key: string }>("SELECT provider_key FROM payments WHERE reference = ?", [reference])) as [{ provider_key: string }];
  const way = await wechatPay.resume(key);
  if (!way || !("jsapi" in way)) throw new Error("nothing to pay with");
  const { appId, timeStamp, nonceStr, package: parcel, paySign } = way.jsapi;
  expect(parcel).toBe(`prepay_id=wx${reference}`);
  expect(createVerify("RSA-SHA256").update(`${appId}\n${timeStamp}\n${nonceStr}\n${parcel}\n`).verify(wechat.merchantPublicKey, paySign, "base64")).toBe(true);
  // A code to scan is another payment at WeChat: it takes one number in one way only.
  await press(order, wechat);
  expect(await referencesOf(order.orderId)).toHaveLength(2);
});

test("on a phone the buyer is led into WeChat, from wherever they press, where WeChat has opened that to the merchant", async () => {
  const order = await aWaitingOrder();
  const onPhone = { isPhone: true, address: "203.0.113.7" };
  expect(await press(order, wechat, onPhone), "not opened: a code to scan").toMatch(/^\/pay\//);
  Object.assign(env(), { WECHAT_PAY_H5: true });
  try {
    const way = new URL(await press(order, wechat, onPhone));
    const reference = (await referencesOf(order.orderId)).at(-1)!;
    expect([way.origin, way.searchParams.get("prepay_id"), way.searchParams.get("redirect_url")]).toEqual(["https://wx.tenpay.com", `wx${reference}`, `http://localhost:3000/orders/${order.orderId}?paid=${reference}`]);
    expect(wechat.last).toMatchObject({ scene_info: { payer_client_ip: "203.0.113.7", h5_info: { type: "Wap" } }, amount: { total: 990 } });
    expect(await rows("SELECT provider_key FROM payments WHERE reference = ?", [reference]), "where they were is not kept").toEqual([{ provider_key: "h5" }]);
    await press(order, wechat, { ...onPhone, address: "2001:db8::7" });
    expect(await referencesOf(order.orderId), "from another network it is another attempt").toHaveLength(3);
    for (const payer of [{ ...onPhone, isPhone: false }, { ...onPhone, isInWechat: true }, { isPhone: true, address: null }]) expect(await press(order, wechat, payer)).toMatch(/^\/pay\//);
    expect(await referencesOf(order.orderId), "the code of before is shown again").toHaveLength(3);
    await tell(wechat, reference);
    expect(await statusOf(order)).toBe("paid");
  } finally {
    Object.assign(env(), { WECHAT_PAY_H5: false });
  }
});

test("a tap that came twice leads into WeChat to one payment", async () => {
  const order = await aWaitingOrder();
  Object.assign(env(), { WECHAT_PAY_H5: true });
  try {
    const requestId = randomUUID();
    const tap = () => startPayment({ id: order.who.id }, { requestId, orderId: order.orderId, provider: "wechat" }, { isPhone: true, address: "203.0.113.7" });
    expect(await tap()).toEqual(await tap());
    expect(await referencesOf(order.orderId)).toHaveLength(1);
  } finally {
    Object.assign(env(), { WECHAT_PAY_H5: false });
  }
});

test("in WeChat's browser the buyer is sent to say who they are, with a state that fits no other person and no other order", async () => {
  const order = await aWaitingOrder();
  Object.assign(env(), { WECHAT_APP_SECRET: "only-for-the-tests" });
  try {
    const started = await startPayment({ id: order.who.id }, { requestId: randomUUID(), orderId: order.orderId, provider: "wechat" }, { isPhone: true, isInWechat: true });
    if (!started.ok) throw new Error(started.code);
    const address = new URL(started.value.redirectTo);
    expect([address.origin, address.searchParams.get("scope"), address.searchParams.get("redirect_uri")]).toEqual(["https://open.weixin.qq.com", "snsapi_base", `http://localhost:3000/pay/wechat?order=${order.orderId}`]);
    expect(started.value.redirectTo).not.toContain("only-for-the-tests");
    const state = address.searchParams.get("state")!;
    expect([isStateFor(state, order.who.id, order.orderId), isStateFor(state, order.who.id + 1, order.orderId), isStateFor(state, order.who.id, "x".repeat(22)), isStateFor("", order.who.id, order.orderId)]).toEqual([true, false, false, false]);
    expect(await referencesOf(order.orderId)).toEqual([]);
  } finally {
    Object.assign(env(), { WECHAT_APP_SECRET: undefined });
  }
});

test("WeChat's word on who somebody is, is asked for with the app's secret; a refusal names neither", async () => {
  const server = createServer((request, response) => {
    const { pathname, searchParams } = new URL(request.url!, "http://x");
    const isRight = pathname === "/sns/oauth2/access_token" && searchParams.get("secret") === "only-for-the-tests" && searchParams.get("code") === "code-of-lin";
    response.end(JSON.stringify(isRight ? { openid: "o-lin", scope: "snsapi_base" } : { errcode: 40029, errmsg: "invalid code, secret only-for-the-tests" }));
  });
  await new Promise<void>((listening) => server.listen(0, "127.0.0.1", listening));
  Object.assign(env(), { WECHAT_APP_SECRET: "only-for-the-tests", WECHAT_API_URL: `http://127.0.0.1:${(server.address() as AddressInfo).port}` });
  try {
    expect(await openIdFrom("code-of-lin")).toBe("o-lin");
    await expect(openIdFrom("guess")).rejects.toThrow(/^wechat: identity_40029$/);
  } finally {
    Object.assign(env(), { WECHAT_APP_SECRET: undefined, WECHAT_API_URL: undefined });
    await new Promise((closed) => server.close(closed));
  }
});

test("nothing that a provider's failure logs holds a key, a secret or what was sent", async () => {
  const lines: string[] = [];
  const warned = vi.spyOn(log, "warn").mockImplementation((...line: unknown[]) => void lines.push(JSON.stringify(line.map((each) => (each && typeof each === "object" && "err" in each ? { ...each, err: describeError(each.err) } : each)))));
  for (const bank of banks) {
    const order = await aWaitingOrder();
    bank.visit(bank.name === "alipay" ? await press(order, bank) : "");
    bank.complaints.length = 0;
    bank.manner = "fails";
    if (bank.name === "alipay") theClock.passMinutes(16);
    await (bank.name === "alipay" ? release() : refusalOf(press(order, bank)));
    theClock.set(new Date());
  }
  warned.mockRestore();
  const said = lines.join("\n");
  expect(lines.length).toBeGreaterThanOrEqual(3);
  for (const secret of ["onlyForTheTests", "BEGIN", "0123456789abcdef0123456789abcdef", "biz_content", "Authorization", "signature="]) expect(said).not.toContain(secret);
});

test.each(banks.filter(({ name }) => name !== "alipay").map((bank) => [bank.name, bank] as const))("money at %s that is not what was asked for keeps no pieces: the order is taken back in its time", async (_, bank) => {
  const order = await atTheBank(bank);
  bank.trades.get(order.reference)!.amountCents = 1;
  bank.pay(order.reference);
  theClock.passMinutes(16);
  await release();
  expect([await statusOf(order), await outcomesOf(order.reference)]).toEqual(["cancelled", ["refused amount"]]);
});
