import "server-only";

import { affectedRows, insertRows, sendPacket, statement } from "@/db/packet";
import type { Ctx, UserId } from "@/lib/ctx";
import { dayOf, type Day } from "@/lib/day";

export type ProductView = { userId: UserId; productId: number };

/** Notes who looked at which products today: once a day for each, however often they look. Returns how many are new. */
export async function countViews(ctx: Ctx, views: readonly ProductView[]): Promise<number> {
  if (views.length === 0) return 0;
  const today = dayOf(ctx.now, ctx.policy.timeZone);
  // In one order, so that two sets that insert the same rows wait for each other and never in a circle.
  const sorted = [...views].sort((a, b) => a.userId - b.userId || a.productId - b.productId);
  const { sql, values } = insertRows("product_views", ["local_day", "user_id", "product_id"], sorted.map(({ userId, productId }) => [today, userId, productId]));
  const [header] = await sendPacket(ctx.tx, [{ sql: sql.replace("INSERT INTO", "INSERT IGNORE INTO"), values }]);
  return affectedRows(header);
}

/** Forgets some of the looks of earlier days. Returns how many. */
export async function forgetViews({ tx }: Ctx, before: Day, limit: number): Promise<number> {
  const [header] = await sendPacket(tx, [statement("DELETE FROM product_views WHERE local_day < ? ORDER BY local_day LIMIT ?", [before, limit])]);
  return affectedRows(header);
}
