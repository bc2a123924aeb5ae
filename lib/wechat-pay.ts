import "server-only";

import { currentTime } from "./clock";
import { env } from "./env";
import { noticeAddress, PATIENCE_MS, ProviderError, type Bill, type Callback, type CashBack, type JsapiParams, type Notice, type Payer, type PaymentAttempt, type PaymentProvider, type Standing, type Verdict, type WayToPay } from "./payment-provider";
import { privatePem, publicPem } from "./payment-keys";
import { Refusal } from "./refusal";

const NAME = "wechat";
const SIGNED_WITHIN_SECONDS = 300;
const REPLY_BYTES_MAX = 64 * 1024;
/** WeChat takes no order that is over within a minute. */
const LIFE_MS_MIN = 65_000;

type Library = Pick<typeof import("wechatpay-axios-plugin"), "Decorator" | "Rsa" | "Aes" | "Formatter">;
type Client = InstanceType<Library["Decorator"]>;

/** The parts hang on the class that the package exports. */
const library = async (): Promise<Library> => ((await import("wechatpay-axios-plugin")) as unknown as { default: Library }).default;

const shared = globalThis as { pointsMallWechat?: { of: string; client: Client } };

/** One client for each merchant and address. It signs what it asks and verifies what it hears, with the platform's public key. */
async function wechat(): Promise<Client> {
  const { WECHAT_PAY_MERCHANT_ID: mchid = "", WECHAT_PAY_CERT_SERIAL: serial = "", WECHAT_PAY_PRIVATE_KEY = "", WECHAT_PAY_PUBLIC_KEY_ID: keyId = "", WECHAT_PAY_PUBLIC_KEY = "", WECHAT_PAY_API_URL } = env();
  const of = [WECHAT_PAY_API_URL, mchid, serial, keyId, WECHAT_PAY_PUBLIC_KEY, WECHAT_PAY_PRIVATE_KEY].join(" ");
  if (shared.pointsMallWechat?.of === of) return shared.pointsMallWechat.client;
  const { Decorator } = await library();
  const client = new Decorator({
    mchid, serial, privateKey: privatePem(WECHAT_PAY_PRIVATE_KEY), certs: { [keyId]: publicPem(WECHAT_PAY_PUBLIC_KEY) },
    ...(WECHAT_PAY_API_URL ? { baseURL: `${WECHAT_PAY_API_URL.replace(/\/$/, "")}/` } : {}),
    // Says which of its keys WeChat signs its answer with, while it changes from certificates to keys.
    headers: { "Wechatpay-Serial": keyId },
    maxRedirects: 0, maxContentLength: REPLY_BYTES_MAX,
  });
  shared.pointsMallWechat = { of, client };
  return client;
}

async function ask<T>(method: "get" | "post", path: string, data?: object): Promise<T> {
  const client = await wechat();
  try {
    const { data: answer } = await client.request<T>(path, method, data, { signal: AbortSignal.timeout(PATIENCE_MS), timeout: PATIENCE_MS } as never);
    return answer;
  } catch (error) {
    const { response, code } = error as { response?: { status: number; data?: { code?: string } }; code?: string };
    throw new ProviderError(NAME, response?.data?.code ?? code ?? `http_${response?.status ?? "unknown"}`);
  }
}

/** Another app's browser on a phone hands over to WeChat, where WeChat has opened that to the merchant. WeChat takes only who comes from one address all along. */
const handsOver = ({ openId, isPhone, isInWechat, address }: Payer): boolean => env().WECHAT_PAY_H5 && isPhone && !isInWechat && !openId && Boolean(address);

/** Inside WeChat, where it is known who pays, what its browser pays with; on a phone the way into WeChat; a code to scan elsewhere. */
async function start({ reference, amountCents, title, startedAt, expiresAt, returnUrl, payer }: Bill): ReturnType<PaymentProvider["start"]> {
  const { WECHAT_PAY_APP_ID: appid, WECHAT_PAY_MERCHANT_ID: mchid, NEXTAUTH_URL } = env();
  const order = {
    appid, mchid, description: title, out_trade_no: reference, notify_url: noticeAddress(NEXTAUTH_URL, NAME),
    time_expire: inShanghai(new Date(Math.max(expiresAt.getTime(), startedAt.getTime() + LIFE_MS_MIN))),
    amount: { total: amountCents, currency: "CNY" },
  };
  if (payer.openId) {
    const { prepay_id } = await ask<{ prepay_id: string }>("post", "v3/pay/transactions/jsapi", { ...order, payer: { openid: payer.openId } });
    return { way: { jsapi: await jsapiParams(prepay_id) }, key: `jsapi ${prepay_id}` };
  }
  if (handsOver(payer)) {
    const { h5_url } = await ask<{ h5_url: string }>("post", "v3/pay/transactions/h5", { ...order, scene_info: { payer_client_ip: payer.address, h5_info: { type: "Wap" } } });
    return { way: { redirectTo: `${h5_url}&redirect_url=${encodeURIComponent(returnUrl)}` }, key: "h5" };
  }
  const { code_url } = await ask<{ code_url: string }>("post", "v3/pay/transactions/native", order);
  return { way: { qrText: code_url }, key: `native ${code_url}` };
}

/** The instant as WeChat writes it: 2026-11-21T20:41:53+08:00. */
const inShanghai = (instant: Date): string => `${new Date(instant.getTime() + 8 * 3_600_000).toISOString().slice(0, 19)}+08:00`;

async function jsapiParams(prepayId: string): Promise<JsapiParams> {
  const { Formatter, Rsa } = await library();
  const { WECHAT_PAY_APP_ID: appId = "", WECHAT_PAY_PRIVATE_KEY = "" } = env();
  const unsigned = { appId, timeStamp: String(Math.floor(currentTime().getTime() / 1000)), nonceStr: Formatter.nonce(), package: `prepay_id=${prepayId}` };
  const message = Formatter.joinedByLineFeed(unsigned.appId, unsigned.timeStamp, unsigned.nonceStr, unsigned.package);
  return { ...unsigned, signType: "RSA", paySign: Rsa.sign(message, Rsa.from(privatePem(WECHAT_PAY_PRIVATE_KEY), "private")) };
}

async function resume(key: string): Promise<WayToPay | null> {
  const [way, value = ""] = key.split(" ", 2);
  if (way === "h5") return null;
  return way === "jsapi" ? { jsapi: await jsapiParams(value) } : { qrText: value };
}

async function refund({ reference, refundId, amountCents, paidCents }: CashBack): Promise<void> {
  const { status } = await ask<{ status: string }>("post", "v3/refund/domestic/refunds", {
    out_trade_no: reference, out_refund_no: refundId, notify_url: noticeAddress(env().NEXTAUTH_URL, NAME), amount: { refund: amountCents, total: paidCents, currency: "CNY" },
  });
  if (status !== "SUCCESS" && status !== "PROCESSING") throw new ProviderError(NAME, `refund_${status}`);
}

type Trade = { appid: string; mchid: string; out_trade_no: string; trade_state: string; amount?: { total: number; currency: string } };
type TakenBack = { mchid: string; out_trade_no: string; out_refund_no: string; refund_status: string; amount: { refund: number } };
type Sealed = { id: string; event_type: string; resource: { algorithm: string; original_type: string; ciphertext: string; nonce: string; associated_data?: string } };

async function read({ headers, body }: Callback): Promise<Notice> {
  const { id, event_type, resource } = await verified({ headers, body });
  const opened = await open<Trade & TakenBack>(resource);
  const { WECHAT_PAY_APP_ID, WECHAT_PAY_MERCHANT_ID } = env();
  const isRefund = event_type.startsWith("REFUND.");
  // A refund's notice names the merchant alone.
  if (opened.mchid !== WECHAT_PAY_MERCHANT_ID || (!isRefund && opened.appid !== WECHAT_PAY_APP_ID)) throw new Refusal("callback_forged");
  const notice = { noticeId: id, reference: opened.out_trade_no, currency: "CNY" };
  if (isRefund) return { ...notice, result: opened.refund_status === "SUCCESS" ? "refunded" : "refund_failed", amountCents: opened.amount.refund, refundId: opened.out_refund_no };
  const result = event_type === "TRANSACTION.SUCCESS" && opened.trade_state === "SUCCESS" ? "paid" : "ignored";
  return { ...notice, result, amountCents: opened.amount?.total ?? 0, currency: opened.amount?.currency ?? "" };
}

/** The message as it came, once its signature was found to be WeChat's and of now. */
async function verified({ headers, body }: Callback): Promise<Sealed> {
  const { Formatter, Rsa } = await library();
  const { WECHAT_PAY_PUBLIC_KEY_ID, WECHAT_PAY_PUBLIC_KEY = "" } = env();
  const [timestamp = "", nonce = "", signature = "", serial] = ["timestamp", "nonce", "signature", "serial"].map((name) => headers.get(`wechatpay-${name}`) ?? "");
  const offset = Math.abs(Number(timestamp) - currentTime().getTime() / 1000);
  if (!/^\d{1,12}$/.test(timestamp) || !(offset <= SIGNED_WITHIN_SECONDS) || serial !== WECHAT_PAY_PUBLIC_KEY_ID) throw new Refusal("callback_forged");
  if (!Rsa.verify(Formatter.response(timestamp, nonce, body), signature, Rsa.from(publicPem(WECHAT_PAY_PUBLIC_KEY), "public"))) throw new Refusal("callback_forged");
  return parsed<Sealed>(body);
}

/** Sealed with the key that only the merchant and WeChat have. */
async function open<T>({ algorithm, ciphertext, nonce, associated_data }: Sealed["resource"]): Promise<T> {
  if (algorithm !== "AEAD_AES_256_GCM") throw new Refusal("callback_forged");
  const { Aes } = await library();
  const { AesGcm } = Aes as unknown as { AesGcm: { decrypt: (ciphertext: string, key: string, iv: string, aad?: string) => string } };
  let text: string;
  try {
    text = AesGcm.decrypt(ciphertext, env().WECHAT_PAY_API_V3_KEY ?? "", nonce, associated_data);
  } catch {
    throw new Refusal("callback_forged");
  }
  return parsed<T>(text);
}

function parsed<T>(text: string): T {
  try {
    return JSON.parse(text) as T;
  } catch {
    throw new Refusal("callback_forged");
  }
}

const STANDINGS: Record<string, Standing["status"]> = { SUCCESS: "paid", NOTPAY: "open", USERPAYING: "open", ACCEPT: "open" };
const isMissing = (error: unknown): boolean => error instanceof ProviderError && /^(ORDER_?NOT_?EXIST|RESOURCE_NOT_EXISTS)$/.test(error.code);

async function find({ reference, amountCents }: PaymentAttempt): Promise<Standing> {
  try {
    const trade = await ask<Trade>("get", `v3/pay/transactions/out-trade-no/${reference}?mchid=${env().WECHAT_PAY_MERCHANT_ID}`);
    if (trade.out_trade_no !== reference || trade.mchid !== env().WECHAT_PAY_MERCHANT_ID) throw new ProviderError(NAME, "another_order");
    return { status: STANDINGS[trade.trade_state] ?? "failed", amountCents: trade.amount?.total ?? amountCents, currency: trade.amount?.currency ?? "CNY" };
  } catch (error) {
    if (isMissing(error)) return { status: "unknown", amountCents, currency: "CNY" };
    throw error;
  }
}

async function close({ reference }: PaymentAttempt): Promise<void> {
  try {
    await ask("post", `v3/pay/transactions/out-trade-no/${reference}/close`, { mchid: env().WECHAT_PAY_MERCHANT_ID });
  } catch (error) {
    // What WeChat never heard of cannot be paid; what is closed already is closed.
    if (!isMissing(error) && !(error instanceof ProviderError && /^ORDER_?CLOSED$/.test(error.code))) throw error;
  }
}

const STATUSES: Record<Verdict, number> = { taken: 200, refused: 400, forged: 401, broken: 500 };

/** WeChat Pay v3, with the platform's public key. */
export const wechatPay: PaymentProvider = {
  name: NAME,
  // The way into WeChat holds for five minutes and from one address: who presses again gets another.
  keyFor: (payer) => (payer.openId ? "jsapi " : handsOver(payer) ? null : "native "),
  start, resume, refund, read, find, close,
  reply: (verdict) => ({ status: STATUSES[verdict], type: "application/json", body: JSON.stringify(verdict === "taken" ? { code: "SUCCESS" } : { code: "FAIL", message: verdict }) }),
};
