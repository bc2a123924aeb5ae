import { createHmac, randomUUID } from "node:crypto";

import { currentTime } from "@/lib/clock";

import { Bank, type Answered, type Asked, type NoticePlan, type Posted } from "./bank";

const KEY = "sk_test_onlyForTheTests";
const SECRET = "whsec_onlyForTheTests";
const HALF_HOUR_SECONDS = 1800;

type Session = { id: string; reference: string; intent: string; body: Record<string, unknown> };

const seconds = (at: Date): number => Math.floor(at.getTime() / 1000);

/** Stripe's API as far as a shop with Checkout needs it. */
export class StripeBank extends Bank {
  readonly name = "stripe";
  readonly sessions = new Map<string, Session>();
  /** Answers by key: Stripe gives the first one again, whatever it was. */
  readonly #known = new Map<string, { words: string; answer: Answered }>();

  get settings() {
    return { STRIPE_SECRET_KEY: KEY, STRIPE_WEBHOOK_SECRET: SECRET, STRIPE_API_URL: this.url };
  }

  protected answer(asked: Asked): Answered {
    if (asked.headers.authorization !== `Bearer ${KEY}`) return this.#no(401, "api_key");
    const key = asked.headers["idempotency-key"];
    if (asked.method !== "POST" || typeof key !== "string") return this.#work(asked);
    const known = this.#known.get(key);
    if (known && known.words !== asked.body) return this.#no(400, "idempotency_error");
    const answer = known?.answer ?? this.#work(asked);
    this.#known.set(key, { words: asked.body, answer });
    return answer;
  }

  #no(status: number, code: string): Answered {
    this.complain(code);
    return { status, body: JSON.stringify({ error: { type: "invalid_request_error", code } }) };
  }

  #work({ method, path, query, headers, body }: Asked): Answered {
    const form = new URLSearchParams(body);
    const [, sessionId, verb] = /^\/v1\/checkout\/sessions(?:\/(\w+))?(?:\/(\w+))?$/.exec(path) ?? [];
    if (path === "/v1/checkout/sessions" && method === "POST") return this.#create(form, headers);
    if (sessionId) return this.#session(sessionId, verb);
    if (path === "/v1/refunds" && method === "GET") return this.#list(query.get("payment_intent") ?? "");
    if (path === "/v1/refunds") return this.#refund(form, headers);
    if (path === "/v1/payment_intents/search") {
      const reference = /metadata\['reference'\]:'([\w-]+)'/.exec(query.get("query") ?? "")?.[1];
      const found = [...this.sessions.values()].filter((session) => session.reference === reference && this.trades.get(session.reference)?.status === "paid");
      return { status: 200, body: JSON.stringify({ object: "search_result", data: found.map(({ intent }) => ({ id: intent })) }) };
    }
    return this.#no(404, `no ${method} ${path}`);
  }

  #create(form: URLSearchParams, headers: Asked["headers"]): Answered {
    this.asked.push("start");
    const life = Number(form.get("expires_at")) - seconds(currentTime());
    if (!headers["idempotency-key"]) return this.#no(400, "no idempotency key");
    if (!(life >= HALF_HOUR_SECONDS && life <= 24 * 3600)) return this.#no(400, "expires_at out of range");
    if (form.get("metadata[reference]") !== form.get("client_reference_id") || form.get("payment_intent_data[metadata][reference]") !== form.get("client_reference_id")) return this.#no(400, "metadata");
    const reference = form.get("client_reference_id") ?? "";
    const id = `cs_test_${randomUUID().replaceAll("-", "")}`;
    this.trades.set(reference, { reference, amountCents: Number(form.get("line_items[0][price_data][unit_amount]")), currency: form.get("line_items[0][price_data][currency]")!, status: "open" });
    this.sessions.set(id, { id, reference, intent: `pi_${randomUUID()}`, body: { success_url: form.get("success_url"), cancel_url: form.get("cancel_url") } });
    return this.#session(id);
  }

  #session(id: string, verb?: string): Answered {
    const session = this.sessions.get(id);
    const trade = session && this.trades.get(session.reference);
    if (!session || !trade) return { status: 404, body: JSON.stringify({ error: { type: "invalid_request_error", code: "resource_missing" } }) };
    if (verb === "expire") {
      this.asked.push("close");
      if (trade.status !== "open") return { status: 400, body: JSON.stringify({ error: { type: "invalid_request_error", code: "session_not_open" } }) };
      trade.status = "closed";
    } else if (verb === undefined && this.asked.at(-1) !== "start") this.asked.push("find");
    return { status: 200, body: JSON.stringify(this.#show(session)) };
  }

  #show({ id, reference, intent }: Session) {
    const { status, amountCents, currency } = this.trades.get(reference)!;
    return {
      id, object: "checkout.session", client_reference_id: reference, amount_total: amountCents, currency, payment_intent: status === "paid" ? intent : null,
      status: { open: "open", paid: "complete", closed: "expired" }[status], payment_status: status === "paid" ? "paid" : "unpaid", url: status === "open" ? `${this.url}/c/pay/${id}` : null,
    };
  }

  #list(intent: string): Answered {
    this.asked.push("refunds");
    const data = this.#refundsOf.filter((each) => each.intent === intent).map(({ refundId }) => ({ id: `re_${refundId}`, status: "succeeded", metadata: { refund_id: refundId } }));
    return { status: 200, body: JSON.stringify({ object: "list", data, has_more: false }) };
  }

  readonly #refundsOf: { intent: string; refundId: string }[] = [];

  #refund(form: URLSearchParams, headers: Asked["headers"]): Answered {
    this.asked.push("refund");
    const refundId = form.get("metadata[refund_id]") ?? "";
    const intent = form.get("payment_intent") ?? "";
    if (!headers["idempotency-key"]) return this.#no(400, "no idempotency key");
    if (![...this.sessions.values()].some((session) => session.intent === intent)) return this.#no(400, "no such payment_intent");
    // Without the key Stripe would pay again: what protects from that is the shop's to do.
    this.refunds.push({ refundId, amountCents: Number(form.get("amount")) });
    this.#refundsOf.push({ intent, refundId });
    return { status: 200, body: JSON.stringify({ id: `re_${refundId}`, object: "refund", status: "succeeded" }) };
  }

  /** What Stripe forgets after a day. */
  forgetKeys(): void {
    this.#known.clear();
  }

  visit(address: string): void {
    if (![...this.sessions.keys()].some((id) => address === `${this.url}/c/pay/${id}`)) this.complain(`no page at ${address}`);
  }

  notice(reference: string, { result = "paid", id = `evt_${randomUUID()}`, amountCents, currency, at = currentTime(), isForged, isForOther, refundId }: NoticePlan = {}): Posted {
    const trade = this.trades.get(reference);
    const session = { object: "checkout.session", client_reference_id: reference, amount_total: amountCents ?? trade?.amountCents ?? 0, currency: (currency ?? trade?.currency ?? "cny").toLowerCase(), payment_status: result === "paid" ? "paid" : "unpaid" };
    const charge = { object: "charge", metadata: { reference, refund_id: refundId }, amount_refunded: amountCents ?? trade?.amountCents ?? 0, currency: "cny" };
    const refund = { object: "refund", metadata: { reference, refund_id: refundId }, amount: amountCents ?? trade?.amountCents ?? 0, currency: "cny" };
    const [type, object] = { paid: ["checkout.session.completed", session], failed: ["checkout.session.expired", session], refunded: ["charge.refunded", charge], refund_failed: ["refund.failed", refund] }[result] as [string, object];
    const body = JSON.stringify({ id, object: "event", type, livemode: Boolean(isForOther), data: { object } });
    const signature = createHmac("sha256", isForged ? "whsec_somebodyElses" : SECRET).update(`${seconds(at)}.${body}`).digest("hex");
    return { headers: { "content-type": "application/json", "stripe-signature": `t=${seconds(at)},v1=${signature}` }, body };
  }
}
