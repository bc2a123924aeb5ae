import "server-only";

import { asc, eq } from "drizzle-orm";

import type { Db } from "@/db/client";
import { pickupPoints } from "@/db/schema";

export type PickupPoint = typeof pickupPoints.$inferSelect;

/** All of them, in the order in which buyers see those in use. */
export const listPickupPoints = (db: Db): Promise<PickupPoint[]> => db.select().from(pickupPoints).orderBy(asc(pickupPoints.position), asc(pickupPoints.id));

export async function findPickupPoint(db: Db, id: number): Promise<PickupPoint | null> {
  const [point] = await db.select().from(pickupPoints).where(eq(pickupPoints.id, id));
  return point ?? null;
}
