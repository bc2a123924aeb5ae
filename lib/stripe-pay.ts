import "server-only";

import type Stripe from "stripe";

import { currentTime } from "./clock";
import { env } from "./env";
import { PATIENCE_MS, ProviderError, type Bill, type Callback, type CashBack, type Notice, type PaymentAttempt, type PaymentProvider, type Standing, type Verdict } from "./payment-provider";
import { Refusal } from "./refusal";

const NAME = "stripe";
/** A session lives at least half an hour. An order that waits for less has its session expired when its time is over; a minute more for slow clocks. */
const SESSION_MS_MIN = 31 * 60_000;
const SESSION_MS_MAX = 23 * 3_600_000;
const SIGNED_WITHIN_SECONDS = 300;
/** Refunds of one payment that are looked through: an order has at most so many pieces that anybody gives back one by one. */
const REFUNDS_READ = 100;

const shared = globalThis as { pointsMallStripe?: { of: string; client: Stripe } };

/** One client for each key and address, with its connections. */
async function stripe(): Promise<Stripe> {
  const { STRIPE_SECRET_KEY = "", STRIPE_API_URL } = env();
  const of = `${STRIPE_API_URL ?? ""} ${STRIPE_SECRET_KEY}`;
  if (shared.pointsMallStripe?.of === of) return shared.pointsMallStripe.client;
  const { default: Client } = await import("stripe");
  const at = STRIPE_API_URL ? new URL(STRIPE_API_URL) : null;
  const elsewhere = at ? { host: at.hostname, port: Number(at.port) || undefined, protocol: at.protocol === "http:" ? ("http" as const) : ("https" as const) } : {};
  const client = new Client(STRIPE_SECRET_KEY, { ...elsewhere, timeout: PATIENCE_MS, maxNetworkRetries: 0, telemetry: false });
  shared.pointsMallStripe = { of, client };
  return client;
}

async function ask<T>(work: (client: Stripe) => Promise<T>): Promise<T> {
  try {
    return await work(await stripe());
  } catch (error) {
    if (error instanceof ProviderError) throw error;
    const { code, type, statusCode } = error as { code?: string; type?: string; statusCode?: number };
    throw new ProviderError(NAME, [type, code, statusCode].filter(Boolean).join(" ") || "unknown");
  }
}

/** Stripe's own page. The same attempt asks under the same key with the same words, and is answered with the same session. */
async function start({ reference, key, amountCents, title, startedAt, expiresAt, returnUrl, cancelUrl }: Bill): ReturnType<PaymentProvider["start"]> {
  if (key) {
    const known = await ask((client) => client.checkout.sessions.retrieve(key));
    if (known.status === "complete") return { way: { redirectTo: returnUrl }, key };
    if (!known.url) throw new ProviderError(NAME, "session_over");
    return { way: { redirectTo: known.url }, key };
  }
  const lifeMs = Math.min(SESSION_MS_MAX, Math.max(SESSION_MS_MIN, expiresAt.getTime() - startedAt.getTime()));
  const metadata = { reference };
  const session = await ask((client) => client.checkout.sessions.create({
    mode: "payment",
    client_reference_id: reference,
    metadata,
    payment_intent_data: { metadata, description: title },
    line_items: [{ quantity: 1, price_data: { currency: "cny", unit_amount: amountCents, product_data: { name: title } } }],
    expires_at: Math.floor((startedAt.getTime() + lifeMs) / 1000),
    success_url: returnUrl,
    cancel_url: cancelUrl,
  }, { idempotencyKey: `pay-${reference}` }));
  if (!session.url) throw new ProviderError(NAME, "no_url");
  return { way: { redirectTo: session.url }, key: session.id };
}

/** A refund that is known to be there already is not asked for again: Stripe forgets keys after a day. */
async function refund({ reference, key, refundId, amountCents }: CashBack): Promise<void> {
  await ask(async (client) => {
    const intent = await intentOf(client, reference, key);
    const before = await client.refunds.list({ payment_intent: intent, limit: REFUNDS_READ });
    if (before.data.some(({ metadata, status }) => metadata?.refund_id === refundId && status !== "failed" && status !== "canceled")) return;
    const made = await client.refunds.create({ payment_intent: intent, amount: amountCents, metadata: { refund_id: refundId, reference } }, { idempotencyKey: `refund-${refundId}` });
    if (made.status === "failed" || made.status === "canceled") throw new ProviderError(NAME, `refund_${made.status}`);
  });
}

async function intentOf(client: Stripe, reference: string, key: string | null): Promise<string> {
  const intent = key
    ? (await client.checkout.sessions.retrieve(key)).payment_intent
    : (await client.paymentIntents.search({ query: `metadata['reference']:'${reference}' AND status:'succeeded'`, limit: 1 })).data[0]?.id;
  if (!intent) throw new ProviderError(NAME, "no_payment_to_refund");
  return typeof intent === "string" ? intent : intent.id;
}

async function read({ headers, body }: Callback): Promise<Notice> {
  const { STRIPE_SECRET_KEY = "", STRIPE_WEBHOOK_SECRET = "" } = env();
  const signature = headers.get("stripe-signature") ?? "";
  const now = currentTime().getTime();
  const client = await stripe();
  let event: Stripe.Event;
  try {
    event = client.webhooks.constructEvent(body, signature, STRIPE_WEBHOOK_SECRET, SIGNED_WITHIN_SECONDS, undefined, now);
  } catch {
    throw new Refusal("callback_forged");
  }
  // The library minds what is too old, not what is dated ahead.
  const signedAt = Number(/(?:^|,)t=(\d+)/.exec(signature)?.[1]);
  if (!(signedAt - now / 1000 <= SIGNED_WITHIN_SECONDS)) throw new Refusal("callback_forged");
  // What was tried out with test cards pays nothing in a shop that is open.
  if (event.livemode !== /^\w\w_live_/.test(STRIPE_SECRET_KEY)) throw new Refusal("callback_forged");
  return noticeFrom(event);
}

function noticeFrom(event: Stripe.Event): Notice {
  const notice = (result: Notice["result"], reference: string | null | undefined, amountCents: number | null, currency: string | null, refundId?: string): Notice =>
    ({ noticeId: event.id, result: reference ? result : "ignored", reference: reference ?? "", amountCents: amountCents ?? 0, currency: (currency ?? "").toUpperCase(), refundId });
  switch (event.type) {
    case "checkout.session.completed":
    case "checkout.session.async_payment_succeeded": {
      const { client_reference_id: reference, amount_total, currency, payment_status } = event.data.object;
      return notice(payment_status === "paid" ? "paid" : "ignored", reference, amount_total, currency);
    }
    case "checkout.session.async_payment_failed":
    case "checkout.session.expired": {
      const { client_reference_id: reference, amount_total, currency } = event.data.object;
      return notice("failed", reference, amount_total, currency);
    }
    case "charge.refunded": {
      const { metadata, amount_refunded, currency } = event.data.object;
      return notice("refunded", metadata?.reference, amount_refunded, currency);
    }
    case "refund.failed": {
      const { metadata, amount, currency } = event.data.object;
      return notice("refund_failed", metadata?.reference, amount, currency, metadata?.refund_id);
    }
    default:
      return notice("ignored", null, 0, "");
  }
}

/** Without a key no session ever reached the buyer. */
async function find({ key, amountCents }: PaymentAttempt): Promise<Standing> {
  if (!key) return { status: "unknown", amountCents, currency: "CNY" };
  const session = await ask((client) => client.checkout.sessions.retrieve(key));
  const status = session.payment_status === "paid" ? "paid" : session.status === "expired" ? "failed" : "open";
  return { status, amountCents: session.amount_total ?? 0, currency: (session.currency ?? "").toUpperCase() };
}

/** Only an open session can be expired; one that is being paid is left to end by itself, and whoever asked is told so. */
async function close({ key }: PaymentAttempt): Promise<void> {
  if (key) await ask((client) => client.checkout.sessions.expire(key));
}

const REPLIES: Record<Verdict, { status: number; received: boolean }> = {
  taken: { status: 200, received: true }, refused: { status: 400, received: false }, forged: { status: 401, received: false }, broken: { status: 500, received: false },
};

/** Stripe: its own page for cards and what else is switched on in its dashboard. */
export const stripePay: PaymentProvider = {
  name: NAME,
  keyFor: () => "",
  start, refund, read, find, close,
  resume: () => Promise.resolve(null),
  reply: (verdict) => ({ status: REPLIES[verdict].status, type: "application/json", body: JSON.stringify({ received: REPLIES[verdict].received }) }),
};
