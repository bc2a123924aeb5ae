import { randomUUID } from "node:crypto";

import { and, asc, eq, gt } from "drizzle-orm";

import {
  events, lotAllocations, orderItems, orders, pointAccounts, pointLots, pointsTransactions, products, skus, skuStock, stockMoves,
} from "@/db/schema";
import { transact } from "@/db/transact";
import type { UserId } from "@/lib/ctx";
import { publicId } from "@/lib/id";
import { planSpend } from "@/lib/points/lots";
import { orRefuse } from "@/lib/refusal";

/**
 * The same redemption, the same rows, written the ordinary way: one transaction a request, a statement at a time through the query builder,
 * SELECT … FOR UPDATE first. It exists to be compared with.
 */
export async function redeemInteractively(userId: UserId, skuId: number): Promise<void> {
  const now = new Date();
  const today = now.toISOString().slice(0, 10);
  await transact(async (tx) => {
    const [account] = await tx.select().from(pointAccounts).where(eq(pointAccounts.userId, userId)).for("update");
    const lots = await tx.select().from(pointLots).where(and(eq(pointLots.userId, userId), gt(pointLots.openUntil, now))).orderBy(asc(pointLots.openUntil)).limit(8).for("update");
    const [offer] = await tx.select().from(skus).innerJoin(products, eq(products.id, skus.productId)).where(eq(skus.id, skuId));
    const [shelf] = await tx.select().from(skuStock).where(eq(skuStock.skuId, skuId)).for("update");
    if (shelf!.stock < 1) throw new Error("the workload has stock for all");
    const price = offer!.skus.pointsPrice;
    const draws = orRefuse(planSpend(lots, price, now));
    const id = publicId();
    const request = randomUUID();
    const [order] = await tx.insert(orders).values({
      publicId: id, userId, requestId: request, bodyDigest: Buffer.alloc(32), status: "paid", pointsSpent: price, pointsLeft: account!.pointsBalance - price, totalCents: 0, discountCents: 0, cashDueCents: 0, delivery: "virtual", createdAt: now,
    }).$returningId();
    await tx.insert(orderItems).values({
      orderId: order!.id, line: 1, userId, skuId, productId: offer!.products.id, productName: offer!.products.name, productNameEn: "", skuName: "", skuNameEn: "",
      picture: offer!.products.picture, quantity: 1, unitCents: 0, points: price, cashDueCents: 0,
    });
    const [entry] = await tx.insert(pointsTransactions).values({
      userId, kind: "spend", pointsChange: -price, balanceAfter: account!.pointsBalance - price, sourceType: "order", sourceId: id, localDay: today, createdAt: now,
    }).$returningId();
    for (const { lot, points } of draws) {
      await tx.update(pointLots).set({ pointsRemaining: lot.pointsRemaining - points }).where(eq(pointLots.id, lot.id!));
      await tx.insert(lotAllocations).values({ entryId: entry!.id, lotId: lot.id!, points: -points });
    }
    await tx.update(pointAccounts).set({ pointsBalance: account!.pointsBalance - price }).where(eq(pointAccounts.userId, userId));
    await tx.update(skuStock).set({ stock: shelf!.stock - 1 }).where(eq(skuStock.skuId, skuId));
    await tx.insert(stockMoves).values({ skuId, quantity: -1, reason: "order", sourceId: id, createdAt: now });
    await tx.insert(events).values({ name: "order.redeemed", actorId: userId, subjectType: "order", subjectId: id, data: { points: price, cashDueCents: 0 }, createdAt: now });
  });
}
