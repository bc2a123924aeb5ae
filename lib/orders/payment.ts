import "server-only";

import type { z } from "zod";

import { db } from "@/db/client";
import type { Actor, UserId } from "@/lib/ctx";
import { deliverAtOnce } from "@/lib/deliver-at-once";
import { env } from "@/lib/env";
import { limit } from "@/lib/limits";
import { log } from "@/lib/log";
import { noticeAddress, ProviderError, type Callback, type Notice, type Payer, type PaymentProvider, type Standing, type Verdict } from "@/lib/payment-provider";
import { paymentProvider, providerNamed, testCashier } from "@/lib/payments";
import { perform } from "@/lib/perform";
import { allow, isRefusal, Refusal, type Decision } from "@/lib/refusal";
import { once, requestKey } from "@/lib/request-key";
import { getPolicy } from "@/lib/settings/queries";
import { identifiesInWechat, identityAddress } from "@/lib/wechat-identity";

import { openPayment, settlePayment, type OpenPayment, type Settlement } from "./commands";
import { keepKey, listOpenAttempts, takeNotice, type NoticeOutcome, type OpenAttempt } from "./paying/commands";
import { findOrderOf, findPayment, stateOf, type PaymentState } from "./payment-queries";
import type { PayInput, TestPaymentInput } from "./schema";

const speaking = (provider: string): Actor => ({ kind: "system", name: `payments of ${provider}` });

/**
 * Opens an attempt to pay and asks the provider where the buyer goes: to its page, or to ours with a code to scan.
 * Refuses `not_found`, `order_not_payable`, `unavailable`, `payment_unavailable`.
 */
export async function startPayment(
  shopper: { id: UserId }, input: z.infer<typeof PayInput>, payer: Payer = { isPhone: false },
): Promise<Decision<{ redirectTo: string }>> {
  const provider = paymentProvider(await getPolicy(db()), input.provider);
  if (provider.name === "wechat" && payer.isInWechat && !payer.openId && identifiesInWechat()) return allow({ redirectTo: identityAddress(shopper.id, input.orderId) });
  const { requestId, ...body } = input;
  const attempt = await perform({ kind: "shopper", id: shopper.id }, (ctx) =>
    once(ctx, requestKey(requestId, "pay", body), () => openPayment(ctx, input, provider.name, provider.keyFor(payer))));
  return allow({ redirectTo: await wayOf(provider, attempt, input.orderId, payer) });
}

async function wayOf(provider: PaymentProvider, attempt: OpenPayment, orderId: string, payer: Payer): Promise<string> {
  const ownPage = `/pay/${attempt.reference}`;
  const known = attempt.key === null ? null : await provider.resume(attempt.key);
  if (known) return "redirectTo" in known ? known.redirectTo : ownPage;
  const { way, key } = await started(provider, attempt, orderId, payer);
  if (key !== null && attempt.key === null) await perform(speaking(provider.name), (ctx) => keepKey(ctx, provider.name, attempt.reference, key));
  return "redirectTo" in way ? way.redirectTo : ownPage;
}

const TITLE_MAX = 40;

async function started(provider: PaymentProvider, { reference, key, amountCents, orderNumber, startedAtMs, expiresAtMs }: OpenPayment, orderId: string, payer: Payer): ReturnType<PaymentProvider["start"]> {
  const { NEXTAUTH_URL } = env();
  const { shopName } = await getPolicy(db());
  const orderAddress = new URL(`/orders/${orderId}`, NEXTAUTH_URL).href;
  try {
    return await provider.start({
      reference, key, amountCents, title: `${shopName} ${orderNumber}`.slice(0, TITLE_MAX), startedAt: new Date(startedAtMs), expiresAt: new Date(expiresAtMs),
      returnUrl: `${orderAddress}?paid=${reference}`, cancelUrl: orderAddress, notifyUrl: noticeAddress(NEXTAUTH_URL, provider.name), payer,
    });
  } catch (error) {
    log.warn({ err: error, provider: provider.name, reference }, "a payment was not started");
    // What was opened before may be over there: then the next try opens another.
    if (key !== null) await askProvider({ provider: provider.name, reference, key, amountCents }).catch(() => undefined);
    throw error instanceof ProviderError ? new Refusal("payment_unavailable") : error;
  }
}

/** What the buyer pressed at the test cashier. Refuses `unavailable` where it is not allowed. */
export async function settleTestPayment(shopper: { id: UserId }, { reference, result }: z.infer<typeof TestPaymentInput>): Promise<Decision<Settlement>> {
  paymentProvider(await getPolicy(db()), testCashier.name);
  return allow(await perform({ kind: "shopper", id: shopper.id }, (ctx) => settlePayment(ctx, testCashier.name, reference, result)));
}

/** Takes what somebody posted in a provider's name: read, and if it is the provider's own word, kept and acted on in one transaction. */
export async function receiveNotice(provider: PaymentProvider, callback: Callback): Promise<Verdict> {
  try {
    const notice = await provider.read(callback);
    if (notice.result === "ignored") return "taken";
    return verdictOn(await act(provider.name, notice), provider.name, notice.noticeId);
  } catch (error) {
    if (isRefusal(error) && error.code === "callback_forged") {
      log.warn({ provider: provider.name }, "a payment notice was not its provider's, or not of now");
      return "forged";
    }
    log.error({ err: error, provider: provider.name }, "a payment notice could not be taken");
    return "broken";
  }
}

/** Takes a provider's word; who has paid by it has what needs no parcel at once. */
async function act(provider: string, notice: Notice): Promise<NoticeOutcome> {
  const outcome = await perform(speaking(provider), (ctx) => takeNotice(ctx, provider, notice));
  const orderId = outcome === "paid" ? await findOrderOf(db(), provider, notice.reference) : null;
  if (orderId !== null) await deliverAtOnce(orderId);
  return outcome;
}

/** A provider that is told "taken" does not come again: what fits nothing is kept for staff, and coming again would not make it fit. */
function verdictOn(outcome: NoticeOutcome, provider: string, noticeId: string): Verdict {
  if (outcome === "unknown") log.warn({ provider, noticeId }, "a payment notice fits no payment");
  if (!outcome.startsWith("refused")) return "taken";
  log.warn({ provider, noticeId, outcome }, "a payment is not what was asked for");
  return "refused";
}

/**
 * Asks a provider how an attempt stands, and takes its word as if it had come by itself. Throws when it does not answer.
 * Money that is not what was asked for pays nothing: it is kept for staff to see, and the attempt counts as failed.
 */
export async function askProvider({ provider: name, ...attempt }: OpenAttempt): Promise<Standing["status"]> {
  const { status, amountCents, currency } = await providerNamed(name).find(attempt);
  if (status !== "paid" && status !== "failed") return status;
  const notice = { noticeId: `asked-${attempt.reference}-${status}`, reference: attempt.reference, result: status, amountCents, currency };
  const verdict = verdictOn(await act(name, notice), name, notice.noticeId);
  return verdict === "refused" ? "failed" : status;
}

/**
 * How a payment stands, for the buyer who waits for it. The provider is asked too, now and then: its notice may never come.
 * Refuses `not_found`.
 */
export async function followPayment(shopper: { id: UserId }, reference: string): Promise<{ state: PaymentState; orderId: string }> {
  const before = await findPayment(db(), reference, shopper.id);
  if (!before) throw new Refusal("not_found");
  const asked = stateOf(before) === "waiting" && before.provider !== testCashier.name && (await mayAsk(reference)) && (await hasAnswered(before));
  const payment = asked ? ((await findPayment(db(), reference, shopper.id)) ?? before) : before;
  return { state: stateOf(payment), orderId: payment.orderId };
}

async function mayAsk(reference: string): Promise<boolean> {
  try {
    await limit("payment-ask", reference);
    return true;
  } catch (error) {
    if (isRefusal(error)) return false;
    throw error;
  }
}

async function hasAnswered(attempt: OpenAttempt): Promise<boolean> {
  try {
    await askProvider({ provider: attempt.provider, reference: attempt.reference, key: attempt.key, amountCents: attempt.amountCents });
    return true;
  } catch (error) {
    log.warn({ err: error, provider: attempt.provider, reference: attempt.reference }, "a provider was asked about a payment and did not answer");
    return false;
  }
}

/** What is known of an order's open attempts: one was paid after all; none can be paid any more; or a provider does not say. */
export type Ending = "paid" | "over" | "unsure";

/** Before an order is taken back: asks about each open attempt, takes what was paid, and closes the others. `silent` providers are not asked again. */
export async function endPayments(orderId: string, silent: Set<string> = new Set()): Promise<Ending> {
  const attempts = await perform(speaking("all"), (ctx) => listOpenAttempts(ctx, orderId));
  let ending: Ending = "over";
  for (const attempt of attempts) {
    // Nobody pays at the test cashier but by its page, which looks at the order itself.
    if (attempt.provider === testCashier.name) continue;
    const one = silent.has(attempt.provider) ? "unsure" : await endOne(attempt, silent);
    if (one === "paid") return "paid";
    if (one === "unsure") ending = "unsure";
  }
  return ending;
}

/** For after an order was taken back. What cannot be closed now and is paid later goes back. */
export async function closePayments(orderId: string): Promise<void> {
  try {
    await endPayments(orderId);
  } catch (error) {
    log.error({ err: error, orderId }, "the payments of an order were not closed");
  }
}

async function endOne(attempt: OpenAttempt, silent: Set<string>): Promise<Ending> {
  try {
    const status = await askProvider(attempt);
    if (status === "paid") return "paid";
    if (status === "failed") return "over";
    return await closeOne(attempt);
  } catch (error) {
    // A provider whose keys were taken out of the settings is asked nothing any more.
    if (isRefusal(error)) return "over";
    if (!(error instanceof ProviderError)) throw error;
    log.warn({ err: error, provider: attempt.provider, reference: attempt.reference }, "a provider does not say how a payment stands");
    if (error.isSilence) silent.add(attempt.provider);
    return "unsure";
  }
}

async function closeOne({ provider, ...attempt }: OpenAttempt): Promise<Ending> {
  try {
    await providerNamed(provider).close(attempt);
  } catch (error) {
    if (!(error instanceof ProviderError)) throw error;
    // Paid in the very moment: then it says so now.
    return (await askProvider({ provider, ...attempt })) === "paid" ? "paid" : "unsure";
  }
  const notice = { noticeId: `closed-${attempt.reference}`, reference: attempt.reference, result: "failed" as const, amountCents: attempt.amountCents, currency: "" };
  await perform(speaking(provider), (ctx) => takeNotice(ctx, provider, notice));
  return "over";
}
