import "server-only";

import { and, asc, eq, inArray, lte, sql } from "drizzle-orm";

import { cashRefunds, payments } from "@/db/schema";
import type { Ctx } from "@/lib/ctx";
import { publicId } from "@/lib/id";

/** Puts cash on its way back: committed with its cause, asked of the provider by a job. */
export async function returnCash(ctx: Ctx, { payment, refundId, amountCents }: { payment: number; refundId: number | null; amountCents: number }): Promise<void> {
  await ctx.tx.insert(cashRefunds).values({ publicId: publicId(), paymentId: payment, refundId, amountCents, nextAttemptAt: ctx.now, createdAt: ctx.now });
}

/** Cash that is to be asked of a provider. */
export type CashDue = { id: number; refundId: string; provider: string; reference: string; key: string | null; paidCents: number; amountCents: number; attempts: number };

/** Cash that is due, the longest due first. */
export async function listCashDue(ctx: Ctx, max: number): Promise<CashDue[]> {
  return ctx.tx
    .select({
      id: cashRefunds.id, refundId: cashRefunds.publicId, provider: payments.provider, reference: payments.reference, key: payments.providerKey, paidCents: payments.amountCents,
      amountCents: cashRefunds.amountCents, attempts: cashRefunds.attempts,
    })
    .from(cashRefunds)
    .innerJoin(payments, eq(payments.id, cashRefunds.paymentId))
    .where(and(eq(cashRefunds.status, "due"), lte(cashRefunds.nextAttemptAt, ctx.now)))
    .orderBy(asc(cashRefunds.nextAttemptAt))
    .limit(max);
}

/** The provider has it. Again changes nothing. */
export async function settleCash(ctx: Ctx, id: number): Promise<void> {
  await ctx.tx.update(cashRefunds).set({ status: "sent", settledAt: ctx.now, lastError: null }).where(and(eq(cashRefunds.id, id), inArray(cashRefunds.status, ["due", "failed"])));
}

/** The provider did not take it: tried again at `nextAttemptAt`, and without one left for a person. */
export async function postponeCash(ctx: Ctx, id: number, error: string, nextAttemptAt: Date | null): Promise<void> {
  await ctx.tx
    .update(cashRefunds)
    .set({ attempts: sql`${cashRefunds.attempts} + 1`, lastError: error.slice(0, 300), nextAttemptAt, status: nextAttemptAt ? "due" : "failed" })
    .where(and(eq(cashRefunds.id, id), eq(cashRefunds.status, "due")));
}
