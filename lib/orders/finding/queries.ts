import "server-only";

import { eq } from "drizzle-orm";

import type { Db } from "@/db/client";
import { orders, users } from "@/db/schema";
import type { OrderStatus } from "@/db/schema/orders";

import { idInOrderNumber, orderNumber } from "../status";

export type FoundOrder = { publicId: string; number: string; username: string; status: OrderStatus };

/** The order that a number names, with its letter or without, or the id in its address. */
export async function findOrderByNumber(db: Db, text: string): Promise<FoundOrder | null> {
  const wanted = text.normalize("NFKC").trim();
  const id = idInOrderNumber(wanted) ?? idInOrderNumber(`P${wanted}`);
  if (id === null && !/^[\w-]{22}$/.test(wanted)) return null;
  const [row] = await db
    .select({ id: orders.id, publicId: orders.publicId, createdAt: orders.createdAt, status: orders.status, username: users.username })
    .from(orders)
    .innerJoin(users, eq(users.id, orders.userId))
    .where(id === null ? eq(orders.publicId, wanted) : eq(orders.id, id))
    .limit(1);
  return row ? { publicId: row.publicId, number: orderNumber(row), username: row.username, status: row.status } : null;
}
