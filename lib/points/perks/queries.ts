import "server-only";

import { eq, sum } from "drizzle-orm";

import type { Db } from "@/db/client";
import { perkMoves } from "@/db/schema";
import type { UserId } from "@/lib/ctx";

import { NO_PERKS, type PerksHeld } from "./perk";

/** The cards that a person holds. */
export async function getPerks(db: Db, userId: UserId): Promise<PerksHeld> {
  const rows = await db.select({ perk: perkMoves.perk, quantity: sum(perkMoves.quantity).mapWith(Number) }).from(perkMoves).where(eq(perkMoves.userId, userId)).groupBy(perkMoves.perk);
  return { ...NO_PERKS, ...Object.fromEntries(rows.map(({ perk, quantity }) => [perk, quantity])) };
}
