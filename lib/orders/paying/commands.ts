import "server-only";

import { and, asc, eq, isNull } from "drizzle-orm";

import { affectedRows, sendPacket, statement } from "@/db/packet";
import { cashRefunds, orders, paymentNotices, payments } from "@/db/schema";
import type { Ctx } from "@/lib/ctx";
import type { Notice } from "@/lib/payment-provider";
import { isRefusal } from "@/lib/refusal";

import { settlePayment } from "../commands";

/** Keeps what a provider calls an attempt. The first answer stays: a buyer may be paying with it. */
export async function keepKey(ctx: Ctx, provider: string, reference: string, key: string): Promise<void> {
  await ctx.tx.update(payments).set({ providerKey: key }).where(and(eq(payments.provider, provider), eq(payments.reference, reference), isNull(payments.providerKey)));
}

/**
 * What became of a notice. `paid`, `late` (the money goes back) and `failed` moved the payment; `noted` is about cash that goes back;
 * `stale` came after something newer; `unknown` fits no payment; `refused` is not what was asked for.
 */
export type NoticeOutcome = "paid" | "late" | "failed" | "noted" | "stale" | "unknown" | "refused amount" | "refused currency";

/** Takes a provider's message, once per its id: a repeat is told what became of the first. Whatever it says, it is kept for staff to see. */
export async function takeNotice(ctx: Ctx, provider: string, notice: Notice): Promise<NoticeOutcome> {
  const { noticeId, reference, result, amountCents } = notice;
  // The row is taken first: a repeat at the same moment waits here until this one has ended.
  const [header] = await sendPacket(ctx.tx, [
    statement("INSERT IGNORE INTO payment_notices (provider, notice_id, reference, result, amount_cents, created_at) VALUES (?, ?, ?, ?, ?, ?)", [provider, noticeId, reference, result, amountCents, ctx.now]),
  ]);
  const which = and(eq(paymentNotices.provider, provider), eq(paymentNotices.noticeId, noticeId));
  if (affectedRows(header) === 0) {
    const [known] = await ctx.tx.select({ outcome: paymentNotices.outcome }).from(paymentNotices).where(which);
    return known?.outcome as NoticeOutcome;
  }
  const outcome = await outcomeOf(ctx, provider, notice);
  await ctx.tx.update(paymentNotices).set({ outcome }).where(which);
  return outcome;
}

async function outcomeOf(ctx: Ctx, provider: string, { reference, result, amountCents, currency, refundId }: Notice): Promise<NoticeOutcome> {
  const [payment] = await ctx.tx.select({ id: payments.id, amountCents: payments.amountCents }).from(payments).where(and(eq(payments.provider, provider), eq(payments.reference, reference)));
  if (!payment) return "unknown";
  if (result === "refund_failed" && refundId) await reopenCash(ctx, payment.id, refundId);
  if (result !== "paid" && result !== "failed") return "noted";
  try {
    await settlePayment(ctx, provider, reference, result, { amountCents, currency });
  } catch (error) {
    // Both are found before anything is written.
    if (isRefusal(error) && error.code === "order_not_payable") return "stale";
    if (isRefusal(error) && error.code === "payment_mismatch") return amountCents === payment.amountCents ? "refused currency" : "refused amount";
    throw error;
  }
  const [settled] = await ctx.tx.select({ status: payments.status }).from(payments).where(eq(payments.id, payment.id));
  return settled!.status as NoticeOutcome;
}

/** Cash that the provider had taken back on and could not deliver after all: a person looks. */
async function reopenCash(ctx: Ctx, paymentId: number, refundId: string): Promise<void> {
  await ctx.tx
    .update(cashRefunds)
    .set({ status: "failed", settledAt: null, nextAttemptAt: null, lastError: "the provider could not deliver it" })
    .where(and(eq(cashRefunds.paymentId, paymentId), eq(cashRefunds.publicId, refundId), eq(cashRefunds.status, "sent")));
}

/** An attempt that may still be paid. */
export type OpenAttempt = { provider: string; reference: string; key: string | null; amountCents: number };

const ATTEMPTS_MAX = 50;

/** The attempts of an order that nobody has said anything about. */
export async function listOpenAttempts(ctx: Ctx, orderId: string): Promise<OpenAttempt[]> {
  return ctx.tx
    .select({ provider: payments.provider, reference: payments.reference, key: payments.providerKey, amountCents: payments.amountCents })
    .from(payments)
    .innerJoin(orders, eq(orders.id, payments.orderId))
    .where(and(eq(orders.publicId, orderId), eq(payments.status, "created")))
    .orderBy(asc(payments.id))
    .limit(ATTEMPTS_MAX);
}
