import { asc, eq } from "drizzle-orm";

import { db } from "@/db/client";
import { orderItems, orders, products } from "@/db/schema";
import { countVisit } from "@/lib/accounts/commands";
import { countViews } from "@/lib/catalog/viewing/commands";
import { currentTime } from "@/lib/clock";
import type { Actor, UserId } from "@/lib/ctx";
import { dayOf } from "@/lib/day";
import { rollUp } from "@/lib/jobs/roll-up";
import { perform } from "@/lib/perform";

const clock: Actor = { kind: "system", name: "seed" };
/** Far more than the demo shop's past needs. */
const ROLL_UP_MS = 60_000;

type Person = { id: UserId; joinedDaysAgo: number };

/** Who was here on which days, and what they looked at: on the first day, often in the first week, less and less afterwards. Days of today are left to come. */
export async function seedVisits(people: readonly Person[], at: (daysAgo: number, hour: number) => Date): Promise<void> {
  const shown = await db().select({ id: products.id }).from(products).where(eq(products.status, "active")).orderBy(asc(products.id));
  const longest = Math.max(...people.map(({ joinedDaysAgo }) => joinedDaysAgo));
  for (let daysAgo = longest; daysAgo >= 1; daysAgo--) {
    const here = people.filter((person, index) => comes(person.joinedDaysAgo - daysAgo, index));
    if (here.length === 0) continue;
    const looks = here.flatMap(({ id }, place) => [0, 1].slice(0, (daysAgo + place) % 3).map((more) => ({ userId: id, productId: shown[(daysAgo * 3 + place * 5 + more * 7) % shown.length]!.id })));
    await perform(clock, async (ctx) => {
      for (const { id } of here) await countVisit(ctx, id, dayOf(ctx.now, ctx.policy.timeZone));
      await countViews(ctx, looks);
    }, at(daysAgo, 14));
  }
}

/** Whoever redeemed something had looked at it, that day. */
export async function seedLooksAtOrders(): Promise<void> {
  const bought = await db().select({ userId: orders.userId, productId: orderItems.productId, at: orders.createdAt }).from(orderItems).innerJoin(orders, eq(orders.id, orderItems.orderId)).orderBy(asc(orders.id), asc(orderItems.line));
  for (const { userId, productId, at } of bought) {
    await perform(clock, async (ctx) => {
      const day = dayOf(ctx.now, ctx.policy.timeZone);
      // Whether today's first visit is noted is for whoever signs in to find out.
      if (day < dayOf(currentTime(), ctx.policy.timeZone)) await countVisit(ctx, userId as UserId, day);
      await countViews(ctx, [{ userId: userId as UserId, productId }]);
    }, at);
  }
}

/** Whether somebody comes `days` after they registered. */
function comes(days: number, index: number): boolean {
  if (days < 0) return false;
  if (days === 0 || (days === 1 && index % 3 !== 2) || (days === 7 && index % 2 === 0) || (days === 30 && index % 4 === 0)) return true;
  return (days * 7 + index * 5) % 10 < (days < 7 ? 5 : days < 21 ? 4 : 3);
}

/** Makes the reports of the demo shop's past, as the job would have. */
export async function seedReports(): Promise<void> {
  await rollUp(currentTime(), Date.now() + ROLL_UP_MS);
}
