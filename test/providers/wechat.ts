import { createCipheriv, createSign, createVerify, generateKeyPairSync, randomBytes, randomUUID } from "node:crypto";
import { isIP } from "node:net";

import { currentTime } from "@/lib/clock";

import { Bank, type Answered, type Asked, type NoticePlan, type Posted } from "./bank";

const APP = "wx0123456789abcdef";
const MERCHANT = "1900000109";
const SERIAL = "0123456789ABCDEF0123456789ABCDEF01234567";
const KEY_ID = "PUB_KEY_ID_0119000001092024111900000000";
const V3_KEY = "0123456789abcdef0123456789abcdef";

const pair = () => generateKeyPairSync("rsa", { modulusLength: 2048, publicKeyEncoding: { type: "spki", format: "pem" }, privateKeyEncoding: { type: "pkcs8", format: "pem" } });

/** WeChat Pay's API v3, in public-key mode. */
export class WechatBank extends Bank {
  readonly name = "wechat";
  readonly #merchant = pair();
  readonly #platform = pair();
  readonly #stranger = pair();
  readonly #handedOver = new Map<string, string>();
  readonly notifyUrls = new Set<string>();
  /** What it was last asked to begin. */
  last: Record<string, unknown> = {};

  get settings() {
    return {
      WECHAT_PAY_APP_ID: APP, WECHAT_PAY_MERCHANT_ID: MERCHANT, WECHAT_PAY_CERT_SERIAL: SERIAL, WECHAT_PAY_PRIVATE_KEY: this.#merchant.privateKey,
      WECHAT_PAY_PUBLIC_KEY_ID: KEY_ID, WECHAT_PAY_PUBLIC_KEY: this.#platform.publicKey, WECHAT_PAY_API_V3_KEY: V3_KEY, WECHAT_PAY_API_URL: this.url,
    };
  }

  get merchantPublicKey(): string {
    return this.#merchant.publicKey;
  }

  protected answer(asked: Asked): Answered {
    if (!this.#isSigned(asked)) {
      this.complain("SIGN_ERROR");
      return this.#say(401, { code: "SIGN_ERROR" });
    }
    if (asked.headers["wechatpay-serial"] !== KEY_ID) this.complain("no Wechatpay-Serial");
    const body = asked.body ? (JSON.parse(asked.body) as Record<string, unknown>) : {};
    const [, reference, verb] = /^\/v3\/pay\/transactions\/out-trade-no\/([\w-]+)(?:\/(close))?$/.exec(asked.path) ?? [];
    if (asked.path === "/v3/pay/transactions/native") return this.#begin(body, { code_url: `weixin://wxpay/bizpayurl?pr=${String(body.out_trade_no).slice(0, 9)}` });
    if (asked.path === "/v3/pay/transactions/jsapi") return this.#begin(body, { prepay_id: `wx${String(body.out_trade_no)}` });
    if (asked.path === "/v3/pay/transactions/h5") return this.#handOver(body);
    if (asked.path === "/v3/refund/domestic/refunds") return this.#refund(body);
    if (reference && verb === "close") return this.#end(reference);
    if (reference && asked.query.get("mchid") === MERCHANT) return this.#find(reference);
    this.complain(`no ${asked.path}`);
    return this.#say(404, { code: "RESOURCE_NOT_EXISTS" });
  }

  #isSigned({ method, path, query, headers, body }: Asked): boolean {
    const header = headers.authorization ?? "";
    const part = (name: string): string => new RegExp(`[ ,]${name}="([^"]*)"`).exec(header)?.[1] ?? "";
    if (!header.startsWith("WECHATPAY2-SHA256-RSA2048 ") || part("mchid") !== MERCHANT || part("serial_no") !== SERIAL) return false;
    const search = query.size > 0 ? `?${query}` : "";
    const message = `${method}\n${path}${search}\n${part("timestamp")}\n${part("nonce_str")}\n${body}\n`;
    return createVerify("RSA-SHA256").update(message).verify(this.#merchant.publicKey, part("signature"), "base64");
  }

  /** Every answer is signed, with the real time: the library compares it with its own clock. */
  #say(status: number, answer: object | null): Answered {
    const body = answer === null ? "" : JSON.stringify(answer);
    return { status, headers: this.#signed(body, new Date(), this.#platform.privateKey), body };
  }

  #signed(body: string, at: Date, key: string): Record<string, string> {
    const [timestamp, nonce] = [String(Math.floor(at.getTime() / 1000)), randomBytes(8).toString("hex")];
    const signature = createSign("RSA-SHA256").update(`${timestamp}\n${nonce}\n${body}\n`).sign(key, "base64");
    return { "wechatpay-timestamp": timestamp, "wechatpay-nonce": nonce, "wechatpay-serial": KEY_ID, "wechatpay-signature": signature };
  }

  #begin(body: Record<string, unknown>, answer: object): Answered {
    this.asked.push("start");
    this.last = body;
    const { appid, mchid, out_trade_no, notify_url, time_expire, amount, description } = body as { appid: string; mchid: string; out_trade_no: string; notify_url: string; time_expire: string; amount: { total: number; currency: string }; description: string };
    if (appid !== APP || mchid !== MERCHANT || !/^[\w|*-]{6,32}$/.test(out_trade_no) || description.length < 1) this.complain("PARAM_ERROR");
    if (!/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\+08:00$/.test(time_expire) || !(Date.parse(time_expire) > currentTime().getTime() + 60_000)) this.complain("time_expire");
    this.notifyUrls.add(notify_url);
    this.trades.set(out_trade_no, { reference: out_trade_no, amountCents: amount.total, currency: amount.currency, status: "open" });
    return this.#say(200, answer);
  }

  /** The way into the app: it wants to know from where, and asks the same of an order that it is asked for again. */
  #handOver(body: Record<string, unknown>): Answered {
    const scene = body.scene_info as { payer_client_ip?: string; h5_info?: { type?: string } } | undefined;
    if (isIP(scene?.payer_client_ip ?? "") === 0 || scene?.h5_info?.type !== "Wap") this.complain("scene_info");
    const reference = String(body.out_trade_no);
    const from = this.#handedOver.get(reference) ?? scene?.payer_client_ip;
    if (from !== scene?.payer_client_ip) return this.#say(400, { code: "INVALID_REQUEST" });
    this.#handedOver.set(reference, from!);
    return this.#begin(body, { h5_url: `https://wx.tenpay.com/cgi-bin/mmpayweb-bin/checkmweb?prepay_id=wx${reference}&package=1` });
  }

  #find(reference: string): Answered {
    this.asked.push("find");
    const trade = this.trades.get(reference);
    if (!trade) return this.#say(404, { code: "ORDER_NOT_EXIST" });
    const trade_state = { open: "NOTPAY", paid: "SUCCESS", closed: "CLOSED" }[trade.status];
    return this.#say(200, { appid: APP, mchid: MERCHANT, out_trade_no: reference, trade_state, ...(trade.status === "paid" ? { amount: { total: trade.amountCents, currency: trade.currency } } : {}) });
  }

  #end(reference: string): Answered {
    this.asked.push("close");
    const trade = this.trades.get(reference);
    if (!trade) return this.#say(404, { code: "ORDER_NOT_EXIST" });
    if (trade.status === "paid") return this.#say(400, { code: "ORDERPAID" });
    trade.status = "closed";
    return this.#say(204, null);
  }

  #refund(body: Record<string, unknown>): Answered {
    this.asked.push("refund");
    const { out_trade_no, out_refund_no, amount } = body as { out_trade_no: string; out_refund_no: string; amount: { refund: number; total: number; currency: string } };
    const trade = this.trades.get(out_trade_no);
    if (!trade || trade.status !== "paid" || amount.total !== trade.amountCents || amount.currency !== "CNY") return this.#say(400, { code: "PARAM_ERROR" });
    this.giveBack(out_refund_no, amount.refund);
    return this.#say(200, { status: "PROCESSING", out_refund_no });
  }

  /** A code has nothing to visit: it is scanned. */
  visit(): void {}

  notice(reference: string, { result = "paid", id = randomUUID(), amountCents, currency, at = currentTime(), isForged, isForOther, refundId = "r" }: NoticePlan = {}): Posted {
    const trade = this.trades.get(reference);
    const total = amountCents ?? trade?.amountCents ?? 0;
    const mchid = isForOther ? "1900000999" : MERCHANT;
    const isRefund = result === "refunded" || result === "refund_failed";
    const opened = isRefund
      ? { mchid, out_trade_no: reference, out_refund_no: refundId, refund_status: result === "refunded" ? "SUCCESS" : "ABNORMAL", amount: { total, refund: total } }
      : { appid: isForOther ? "wxffffffffffffffff" : APP, mchid, out_trade_no: reference, trade_state: result === "paid" ? "SUCCESS" : "PAYERROR", amount: { total, currency: currency ?? "CNY" } };
    const event_type = { paid: "TRANSACTION.SUCCESS", failed: "TRANSACTION.SUCCESS", refunded: "REFUND.SUCCESS", refund_failed: "REFUND.ABNORMAL" }[result];
    const body = JSON.stringify({ id, create_time: at.toISOString(), resource_type: "encrypt-resource", event_type, resource: sealed(JSON.stringify(opened), isRefund ? "refund" : "transaction") });
    return { headers: { "content-type": "application/json", ...this.#signed(body, at, isForged ? this.#stranger.privateKey : this.#platform.privateKey) }, body };
  }
}

function sealed(text: string, type: string) {
  const nonce = randomBytes(6).toString("hex");
  const cipher = createCipheriv("aes-256-gcm", V3_KEY, nonce).setAAD(Buffer.from(type));
  const ciphertext = Buffer.concat([cipher.update(text, "utf8"), cipher.final(), cipher.getAuthTag()]).toString("base64");
  return { original_type: type, algorithm: "AEAD_AES_256_GCM", ciphertext, associated_data: type, nonce };
}
