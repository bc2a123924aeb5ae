import "server-only";

import type { AlipaySdk } from "alipay-sdk";

import { env } from "./env";
import { hexOf, noticeAddress, PATIENCE_MS, ProviderError, type Bill, type Callback, type CashBack, type Notice, type PaymentAttempt, type PaymentProvider, type Standing, type Verdict } from "./payment-provider";
import { privatePem, publicPem } from "./payment-keys";
import { currentTime } from "./clock";
import { Refusal } from "./refusal";

const NAME = "alipay";
const shared = globalThis as { pointsMallAlipay?: { of: string; client: AlipaySdk } };

/** One client for each app and gateway. It signs what it asks and verifies what it hears. */
async function sdk(): Promise<AlipaySdk> {
  const { ALIPAY_APP_ID: appId = "", ALIPAY_PRIVATE_KEY = "", ALIPAY_PUBLIC_KEY = "", ALIPAY_GATEWAY } = env();
  const of = [ALIPAY_GATEWAY, appId, ALIPAY_PUBLIC_KEY, ALIPAY_PRIVATE_KEY].join(" ");
  if (shared.pointsMallAlipay?.of === of) return shared.pointsMallAlipay.client;
  const { AlipaySdk: Client } = await import("alipay-sdk");
  const client = new Client({
    appId, privateKey: privatePem(ALIPAY_PRIVATE_KEY), keyType: "PKCS8", alipayPublicKey: publicPem(ALIPAY_PUBLIC_KEY), timeout: PATIENCE_MS,
    ...(ALIPAY_GATEWAY ? { gateway: ALIPAY_GATEWAY } : {}),
  });
  shared.pointsMallAlipay = { of, client };
  return client;
}

/** Our reference again, from what Alipay was given for it; "" for another shop's. */
const referenceOf = (number: string): string => (/^[0-9a-f]{32}$/.test(number) ? Buffer.from(number, "hex").toString("base64url") : "");

/** Alipay's clock is Beijing's: 2026-11-21 20:41:53. */
const inBeijing = (instant: Date): string => new Date(instant.getTime() + 8 * 3_600_000).toISOString().slice(0, 19).replace("T", " ");

/** Cents from "9.90", exactly; NaN for what is no amount. */
const centsFrom = (yuan: string | undefined): number => (/^\d{1,12}(\.\d{1,2})?$/.test(yuan ?? "") ? Number(yuan!.split(".")[0]) * 100 + Number((yuan!.split(".")[1] ?? "").padEnd(2, "0")) : Number.NaN);
const yuanOf = (cents: number): string => `${Math.floor(cents / 100)}.${String(cents % 100).padStart(2, "0")}`;

type Answer = { code: string; subCode?: string; [field: string]: string | undefined };

const DONE = "10000";

async function ask(method: string, bizContent: object): Promise<Answer> {
  let answer: Answer;
  try {
    answer = (await (await sdk()).exec(method, { bizContent, timestamp: inBeijing(currentTime()) }, { validateSign: true })) as unknown as Answer;
  } catch {
    // The library's message repeats what it sent and heard.
    throw new ProviderError(NAME, "no_answer");
  }
  if (answer.code !== DONE) throw new ProviderError(NAME, answer.subCode ?? answer.code);
  return answer;
}

/** Nothing is asked of Alipay: the buyer takes a signed address there. */
async function start({ reference, amountCents, title, expiresAt, returnUrl, payer: { isPhone } }: Bill): ReturnType<PaymentProvider["start"]> {
  const address = (await sdk()).pageExecute(isPhone ? "alipay.trade.wap.pay" : "alipay.trade.page.pay", "GET", {
    notifyUrl: noticeAddress(env().NEXTAUTH_URL, NAME), returnUrl, timestamp: inBeijing(currentTime()),
    bizContent: {
      outTradeNo: hexOf(reference), totalAmount: yuanOf(amountCents), subject: title.replace(/[/=&<>"'\\]/g, " "), sellerId: env().ALIPAY_SELLER_ID,
      productCode: isPhone ? "QUICK_WAP_WAY" : "FAST_INSTANT_TRADE_PAY", timeExpire: inBeijing(expiresAt),
    },
  });
  return { way: { redirectTo: address }, key: "trade" };
}

/** Asked again under the same number, Alipay gives nothing back a second time, and says so by `fundChange`. */
async function refund({ reference, refundId, amountCents }: CashBack): Promise<void> {
  await ask("alipay.trade.refund", { outTradeNo: hexOf(reference), refundAmount: yuanOf(amountCents), outRequestNo: hexOf(refundId) });
}

async function read({ body }: Callback): Promise<Notice> {
  const given = fieldsOf(body);
  const { ALIPAY_APP_ID, ALIPAY_SELLER_ID } = env();
  if (given.sign_type !== "RSA2" || !(await isSigned(given))) throw new Refusal("callback_forged");
  if (given.app_id !== ALIPAY_APP_ID || given.seller_id !== ALIPAY_SELLER_ID) throw new Refusal("callback_forged");
  const reference = referenceOf(given.out_trade_no ?? "");
  const isRefund = given.gmt_refund !== undefined || given.refund_fee !== undefined;
  const result = reference === "" || !given.notify_id ? "ignored" : isRefund ? "refunded" : (RESULTS[given.trade_status ?? ""] ?? "ignored");
  const amountCents = centsFrom(isRefund ? given.refund_fee : given.total_amount);
  if (result === "paid" && Number.isNaN(amountCents)) throw new Refusal("callback_forged");
  return { noticeId: given.notify_id ?? "", reference, result, amountCents: amountCents || 0, currency: "CNY", ...(isRefund && given.out_biz_no ? { refundId: referenceOf(given.out_biz_no) } : {}) };
}

const RESULTS: Record<string, Notice["result"]> = { TRADE_SUCCESS: "paid", TRADE_FINISHED: "paid", TRADE_CLOSED: "failed" };

/** A field that is there twice is nobody's: two readers would take different ones. */
function fieldsOf(body: string): Record<string, string> {
  const fields: Record<string, string> = {};
  for (const [name, value] of new URLSearchParams(body)) {
    if (Object.hasOwn(fields, name)) throw new Refusal("callback_forged");
    fields[name] = value;
  }
  return fields;
}

async function isSigned(fields: Record<string, string>): Promise<boolean> {
  try {
    return (await sdk()).checkNotifySignV2(fields);
  } catch {
    return false;
  }
}

const STANDINGS: Record<string, Standing["status"]> = { WAIT_BUYER_PAY: "open", TRADE_SUCCESS: "paid", TRADE_FINISHED: "paid", TRADE_CLOSED: "failed" };
/** Alipay makes a trade when the buyer has signed in there; until then it has never heard of it. */
const isMissing = (error: unknown): boolean => error instanceof ProviderError && error.code === "ACQ.TRADE_NOT_EXIST";

async function find({ reference, amountCents }: PaymentAttempt): Promise<Standing> {
  try {
    const trade = await ask("alipay.trade.query", { outTradeNo: hexOf(reference) });
    if (trade.outTradeNo !== hexOf(reference)) throw new ProviderError(NAME, "another_order");
    return { status: STANDINGS[trade.tradeStatus ?? ""] ?? "open", amountCents: centsFrom(trade.totalAmount) || 0, currency: "CNY" };
  } catch (error) {
    if (isMissing(error)) return { status: "unknown", amountCents, currency: "CNY" };
    throw error;
  }
}

async function close({ reference }: PaymentAttempt): Promise<void> {
  try {
    await ask("alipay.trade.close", { outTradeNo: hexOf(reference) });
  } catch (error) {
    // The signed address carries its own end: what was not begun by then never will be.
    if (!isMissing(error)) throw error;
  }
}

const STATUSES: Record<Verdict, number> = { taken: 200, refused: 400, forged: 401, broken: 500 };

/** Alipay: its page, on a phone the one that opens its app. */
export const alipay: PaymentProvider = {
  name: NAME,
  keyFor: () => "trade",
  start, refund, read, find, close,
  resume: () => Promise.resolve(null),
  reply: (verdict) => ({ status: STATUSES[verdict], type: "text/plain", body: verdict === "taken" ? "success" : "failure" }),
};
