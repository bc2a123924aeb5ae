import { createSign, createVerify, generateKeyPairSync, randomUUID } from "node:crypto";

import { currentTime } from "@/lib/clock";

import { Bank, type Answered, type Asked, type NoticePlan, type Posted } from "./bank";

const APP = "2021000000000001";
const SELLER = "2088000000000001";

const pair = () => generateKeyPairSync("rsa", { modulusLength: 2048, publicKeyEncoding: { type: "spki", format: "pem" }, privateKeyEncoding: { type: "pkcs8", format: "pem" } });

const contentOf = (fields: Iterable<[string, string]>, ...without: string[]): string =>
  [...fields].filter(([name, value]) => !without.includes(name) && value !== "").sort(([a], [b]) => (a < b ? -1 : 1)).map(([name, value]) => `${name}=${value}`).join("&");

const yuan = (cents: number): string => (cents / 100).toFixed(2);
const numberOf = (reference: string): string => Buffer.from(reference, "base64url").toString("hex");
const referenceOf = (number: string): string => Buffer.from(number, "hex").toString("base64url");

/** Alipay's gateway, and the pages that its signed addresses lead to. */
export class AlipayBank extends Bank {
  readonly name = "alipay";
  readonly #app = pair();
  readonly #alipay = pair();
  readonly #stranger = pair();
  /** The method of the page that was visited last, and what it was told. */
  visited: { method: string; biz: Record<string, string>; notifyUrl: string; returnUrl: string } | null = null;

  get settings() {
    // Without the lines around it, as Alipay's own tool hands it out.
    const bare = this.#app.privateKey.replace(/-----[^-]+-----|\n/g, "");
    return { ALIPAY_APP_ID: APP, ALIPAY_SELLER_ID: SELLER, ALIPAY_PRIVATE_KEY: bare, ALIPAY_PUBLIC_KEY: this.#alipay.publicKey, ALIPAY_GATEWAY: `${this.url}/gateway.do` };
  }

  protected answer({ query, body, path }: Asked): Answered {
    const fields = new Map([...query, ...new URLSearchParams(body)]);
    const method = fields.get("method") ?? "";
    if (path !== "/gateway.do" || !this.#isSigned(fields)) {
      this.complain("isv.invalid-signature");
      return this.#say(method, { code: "40002", msg: "Invalid Arguments", sub_code: "isv.invalid-signature" });
    }
    const biz = JSON.parse(fields.get("biz_content") ?? "{}") as Record<string, string>;
    const reference = referenceOf(biz.out_trade_no ?? "");
    const trade = this.trades.get(reference);
    this.asked.push({ "alipay.trade.query": "find", "alipay.trade.close": "close", "alipay.trade.refund": "refund" }[method] ?? method);
    if (!trade) return this.#say(method, { code: "40004", msg: "Business Failed", sub_code: "ACQ.TRADE_NOT_EXIST" });
    if (method === "alipay.trade.query") {
      const trade_status = { open: "WAIT_BUYER_PAY", paid: "TRADE_SUCCESS", closed: "TRADE_CLOSED" }[trade.status];
      return this.#say(method, { code: "10000", msg: "Success", out_trade_no: biz.out_trade_no, trade_status, total_amount: yuan(trade.amountCents) });
    }
    if (method === "alipay.trade.close") {
      if (trade.status !== "open") return this.#say(method, { code: "40004", msg: "Business Failed", sub_code: "ACQ.TRADE_STATUS_ERROR" });
      trade.status = "closed";
      return this.#say(method, { code: "10000", msg: "Success", out_trade_no: biz.out_trade_no });
    }
    if (trade.status !== "paid" || !/^\d+\.\d\d$/.test(biz.refund_amount ?? "")) return this.#say(method, { code: "40004", msg: "Business Failed", sub_code: "ACQ.TRADE_NOT_ALLOW_REFUND" });
    this.giveBack(referenceOf(biz.out_request_no ?? ""), Math.round(Number(biz.refund_amount) * 100));
    return this.#say(method, { code: "10000", msg: "Success", out_trade_no: biz.out_trade_no, fund_change: "Y", refund_fee: biz.refund_amount });
  }

  #isSigned(fields: ReadonlyMap<string, string>): boolean {
    if (fields.get("app_id") !== APP || fields.get("sign_type") !== "RSA2" || fields.get("charset") !== "utf-8") return false;
    return createVerify("RSA-SHA256").update(contentOf(fields, "sign"), "utf8").verify(this.#app.publicKey, fields.get("sign") ?? "", "base64");
  }

  #say(method: string, answer: object): Answered {
    const text = JSON.stringify(answer);
    const sign = createSign("RSA-SHA256").update(text, "utf8").sign(this.#alipay.privateKey, "base64");
    return { status: 200, body: `{"${method.replaceAll(".", "_")}_response":${text},"sign":"${sign}"}` };
  }

  /** A trade begins when the buyer opens the signed address. */
  visit(address: string): void {
    const url = new URL(address);
    const fields = new Map(url.searchParams);
    if (!address.startsWith(`${this.url}/gateway.do?`) || !this.#isSigned(fields)) return this.complain("isv.invalid-signature");
    const biz = JSON.parse(fields.get("biz_content") ?? "{}") as Record<string, string>;
    const method = fields.get("method") ?? "";
    const product = { "alipay.trade.page.pay": "FAST_INSTANT_TRADE_PAY", "alipay.trade.wap.pay": "QUICK_WAP_WAY" }[method];
    if (!product || biz.product_code !== product || !/^\w{1,64}$/.test(biz.out_trade_no ?? "") || !/^\d+\.\d\d$/.test(biz.total_amount ?? "") || /[/=&]/.test(biz.subject ?? "/")) return this.complain("isv.invalid-parameter");
    if (!(Date.parse(`${biz.time_expire!.replace(" ", "T")}+08:00`) > currentTime().getTime())) return this.complain("time_expire");
    this.visited = { method, biz, notifyUrl: fields.get("notify_url") ?? "", returnUrl: fields.get("return_url") ?? "" };
    const reference = referenceOf(biz.out_trade_no!);
    if (!this.trades.has(reference)) this.trades.set(reference, { reference, amountCents: Math.round(Number(biz.total_amount) * 100), currency: "CNY", status: "open" });
  }

  notice(reference: string, { result = "paid", id = randomUUID(), amountCents, isForged, isForOther, refundId }: NoticePlan = {}): Posted {
    const total = yuan(amountCents ?? this.trades.get(reference)?.amountCents ?? 0);
    const fields: Record<string, string> = {
      app_id: isForOther ? "2021000000000009" : APP, seller_id: SELLER, notify_id: id, notify_type: "trade_status_sync", out_trade_no: numberOf(reference), total_amount: total,
      trade_status: result === "paid" ? "TRADE_SUCCESS" : "TRADE_CLOSED", charset: "utf-8", version: "1.0", subject: "积分商城 100%",
      ...(result === "refunded" ? { gmt_refund: "2026-11-21 20:41:53.123", refund_fee: total, ...(refundId ? { out_biz_no: numberOf(refundId) } : {}) } : {}),
    };
    const sign = createSign("RSA-SHA256").update(contentOf(Object.entries(fields)), "utf8").sign(isForged ? this.#stranger.privateKey : this.#alipay.privateKey, "base64");
    return { headers: { "content-type": "application/x-www-form-urlencoded; charset=utf-8" }, body: new URLSearchParams({ ...fields, sign, sign_type: "RSA2" }).toString() };
  }
}
