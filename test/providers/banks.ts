import { randomUUID } from "node:crypto";

import { afterAll, afterEach, beforeAll, beforeEach, expect } from "vitest";

import { takeWebhook } from "@/app/api/webhooks/[provider]/handler";
import { env } from "@/lib/env";
import { refundCashJob } from "@/lib/jobs/refund-cash";
import { releaseUnpaidJob } from "@/lib/jobs/release-unpaid";
import { startPayment } from "@/lib/orders/payment";
import type { Payer } from "@/lib/payment-provider";

import { rows } from "../database";
import { aKettle, anOrder, aUser, ledgerOf, ordersOf, theClock, type TestProduct, type TestUser } from "../world";
import { AlipayBank } from "./alipay";
import type { Bank, NoticePlan, Posted } from "./bank";
import { StripeBank } from "./stripe";
import { WechatBank } from "./wechat";

// The three providers, open for the file that imports this, and what buyers and providers do there.

export const stripe = new StripeBank();
export const wechat = new WechatBank();
export const alipay = new AlipayBank();
export const banks: readonly Bank[] = [stripe, wechat, alipay];

/** Opens the providers for the tests of a file and sets the shop up for all three; each test starts with providers that answer, and ends with none that complained. */
export function withBanks(): void {
  const before = { ...env() };
  beforeAll(async () => {
    for (const bank of banks) Object.assign(env(), (await bank.open()).settings);
  });
  afterAll(async () => {
    for (const name of Object.keys(env()).filter((each) => /^(STRIPE|WECHAT|ALIPAY)_/.test(each))) delete (env() as Record<string, unknown>)[name];
    Object.assign(env(), before);
    for (const bank of banks) await bank.close();
  });
  beforeEach(() => banks.forEach((bank) => Object.assign(bank, { manner: "answers" }) && (bank.complaints.length = bank.asked.length = bank.refunds.length = 0)));
  afterEach(() => expect(banks.flatMap(({ complaints }) => complaints), "a provider complained").toEqual([]));
}

export type Waiting = { who: TestUser; orderId: string; kettle: Awaited<ReturnType<typeof aKettle>> };

/** An order of 50 points and ¥9.90 that waits for its cash. */
export async function aWaitingOrder(product?: TestProduct): Promise<Waiting> {
  const who = await aUser({ points: 50 });
  const kettle = product ?? (await aKettle());
  return { who, kettle, orderId: (await anOrder(who, kettle)).orderId };
}

export const press = async ({ who, orderId }: Waiting, bank: Bank, payer: Payer = { isPhone: false }) => {
  const started = await startPayment({ id: who.id }, { requestId: randomUUID(), orderId, provider: bank.name }, payer);
  if (!started.ok) throw new Error(started.code);
  return started.value.redirectTo;
};

export const referencesOf = async (orderId: string): Promise<string[]> =>
  (await rows<{ reference: string }>("SELECT reference FROM payments p JOIN orders o ON o.id = p.order_id WHERE o.public_id = ? ORDER BY p.id", [orderId])).map(({ reference }) => reference);

/** The buyer pressed the button and stands at the provider. */
export async function atTheBank(bank: Bank, product?: TestProduct): Promise<Waiting & { reference: string; address: string }> {
  const order = await aWaitingOrder(product);
  const address = await press(order, bank);
  bank.visit(address);
  return { ...order, address, reference: (await referencesOf(order.orderId)).at(-1)! };
}

export const post = ({ name }: Bank, { headers, body }: Posted): Promise<Response> => takeWebhook(new Request(`http://shop/api/webhooks/${name}`, { method: "POST", headers, body }), name);
export const tell = (bank: Bank, reference: string, plan?: NoticePlan): Promise<Response> => post(bank, bank.notice(reference, plan));
export const statusOf = async ({ who }: Waiting): Promise<string> => (await ordersOf(who))[0]!.status;
export const noticesOf = (reference: string) => rows<{ result: string; outcome: string }>("SELECT result, outcome FROM payment_notices WHERE reference = ? ORDER BY created_at, notice_id", [reference]);
export const outcomesOf = async (reference: string) => (await noticesOf(reference)).map(({ outcome }) => outcome).sort();
export const earned = async ({ who }: Waiting) => (await ledgerOf(who)).filter(({ kind }) => kind === "earn").map(({ points_change }) => points_change);
export const release = () => releaseUnpaidJob.run(theClock.now(), Date.now() + 60_000);
export const giveBack = () => refundCashJob.run(theClock.now(), Date.now() + 60_000);

/** What each wants to hear, word for word. */
export const REPLIES = {
  stripe: { taken: [200, '{"received":true}'], refused: [400, '{"received":false}'], forged: [401, '{"received":false}'], broken: [500, '{"received":false}'] },
  wechat: { taken: [200, '{"code":"SUCCESS"}'], refused: [400, '{"code":"FAIL","message":"refused"}'], forged: [401, '{"code":"FAIL","message":"forged"}'], broken: [500, '{"code":"FAIL","message":"broken"}'] },
  alipay: { taken: [200, "success"], refused: [400, "failure"], forged: [401, "failure"], broken: [500, "failure"] },
} as const;
export const heard = async (reply: Response) => [reply.status, await reply.text()];
