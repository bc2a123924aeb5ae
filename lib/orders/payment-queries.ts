import "server-only";

import { and, asc, desc, eq, gte, inArray } from "drizzle-orm";

import type { Db } from "@/db/client";
import { orders, paymentNotices, payments } from "@/db/schema";
import type { OrderStatus, PaymentStatus } from "@/db/schema/orders";
import type { UserId } from "@/lib/ctx";
import { hexOf } from "@/lib/payment-provider";

import { orderNumber } from "./status";

/** An attempt to pay with what its page shows. */
export type PaymentPage = {
  provider: string;
  reference: string;
  key: string | null;
  amountCents: number;
  status: PaymentStatus;
  orderId: string;
  orderNumber: string;
  orderStatus: OrderStatus;
  payBy: Date | null;
};

/** An attempt of this person's; null for anybody else's. */
export async function findPayment(db: Db, reference: string, userId: UserId): Promise<PaymentPage | null> {
  const [row] = await db
    .select({
      provider: payments.provider, reference: payments.reference, key: payments.providerKey, amountCents: payments.amountCents, status: payments.status,
      orderId: orders.publicId, id: orders.id, createdAt: orders.createdAt, orderStatus: orders.status, payBy: orders.payBy,
    })
    .from(payments)
    .innerJoin(orders, eq(orders.id, payments.orderId))
    .where(and(eq(payments.reference, reference), eq(orders.userId, userId)))
    .limit(1);
  if (!row) return null;
  const { id, createdAt, ...payment } = row;
  return { ...payment, orderNumber: orderNumber({ id, createdAt }) };
}

/** The order that a provider's payment is for. */
export async function findOrderOf(db: Db, provider: string, reference: string): Promise<string | null> {
  const [row] = await db.select({ orderId: orders.publicId }).from(payments).innerJoin(orders, eq(orders.id, payments.orderId)).where(and(eq(payments.provider, provider), eq(payments.reference, reference))).limit(1);
  return row?.orderId ?? null;
}

/** How a payment stands, for the buyer who waits. `late`: the money goes back. `over`: the order can no longer be paid. */
export type PaymentState = "waiting" | "paid" | "late" | "failed" | "over";

export function stateOf({ status, orderStatus }: Pick<PaymentPage, "status" | "orderStatus">): PaymentState {
  if (status !== "created") return status;
  if (orderStatus === "pending") return "waiting";
  return orderStatus === "cancelled" ? "over" : "paid";
}

export type StaffNotice = { noticeId: string; result: string; amountCents: number; outcome: string; createdAt: Date };
export type StaffPayment = {
  id: number; provider: string; reference: string; /** What the provider knows it by, of ours. */ numberThere: string; providerKey: string | null; amountCents: number; status: PaymentStatus; createdAt: Date; settledAt: Date | null; notices: StaffNotice[];
};

const ATTEMPTS_SHOWN_MAX = 20;
const NOTICES_SHOWN_MAX = 100;

/** Every attempt to pay an order, the latest first, with what its provider said about it, in the order in which it came. */
export async function listPaymentsForStaff(db: Db, orderId: number): Promise<StaffPayment[]> {
  const attempts = await db
    .select({
      id: payments.id, provider: payments.provider, reference: payments.reference, providerKey: payments.providerKey, amountCents: payments.amountCents,
      status: payments.status, createdAt: payments.createdAt, settledAt: payments.settledAt,
    })
    .from(payments)
    .where(eq(payments.orderId, orderId))
    .orderBy(desc(payments.id))
    .limit(ATTEMPTS_SHOWN_MAX);
  if (attempts.length === 0) return [];
  const notices = await db
    .select()
    .from(paymentNotices)
    .where(inArray(paymentNotices.reference, attempts.map(({ reference }) => reference)))
    .orderBy(asc(paymentNotices.createdAt), asc(paymentNotices.noticeId))
    .limit(NOTICES_SHOWN_MAX);
  return attempts.map((attempt) => ({
    ...attempt,
    numberThere: attempt.provider === "alipay" ? hexOf(attempt.reference) : attempt.reference,
    notices: notices
      .filter(({ provider, reference }) => provider === attempt.provider && reference === attempt.reference)
      .map(({ noticeId, result, amountCents, outcome, createdAt }) => ({ noticeId, result, amountCents, outcome, createdAt })),
  }));
}

export type StrayNotice = { provider: string; noticeId: string; reference: string; result: string; amountCents: number; outcome: string; createdAt: Date };

/** What providers said since then that fits no payment, or not as it was asked for: the latest first. A person looks. */
export async function listStrayNotices(db: Db, since: Date, limit: number): Promise<StrayNotice[]> {
  return db
    .select()
    .from(paymentNotices)
    .where(and(inArray(paymentNotices.outcome, ["unknown", "refused amount", "refused currency"]), gte(paymentNotices.createdAt, since)))
    .orderBy(desc(paymentNotices.createdAt))
    .limit(Math.min(limit, NOTICES_SHOWN_MAX));
}
