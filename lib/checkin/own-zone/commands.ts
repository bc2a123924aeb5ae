import "server-only";

import { eq } from "drizzle-orm";
import type { z } from "zod";

import { users } from "@/db/schema";
import { actorId, type Ctx } from "@/lib/ctx";
import { emit } from "@/lib/events/commands";
import { invariant } from "@/lib/invariant";
import { openBook } from "@/lib/points/commands";
import { orRefuse } from "@/lib/refusal";

import { clocksFrom, readClocks } from "../commands";
import type { TimeZoneInput } from "../schema";
import { planZoneChange, waitingZone, zoneOf } from "../zone";

/** The zone in force or, after a change, the one that is next; `from` is when it begins, as an ISO instant, and `until` whose days run until then. */
export type TimeZoneReply = { timeZone: string; from: string | null; until: string };

/**
 * Sets by whose midnight the person's days begin (null: the programme's), from their next day on. The zone they have changes nothing.
 * Refuses `time_zone_changed_lately` { day }, and `forbidden` where the programme has one zone for all.
 */
export async function setTimeZone(ctx: Ctx, { timeZone }: Pick<z.infer<typeof TimeZoneInput>, "timeZone">): Promise<TimeZoneReply> {
  const userId = actorId(ctx.actor);
  invariant(userId !== null, "a person sets their own zone");
  // Under the account's lock: a check-in of the same moment belongs wholly to the days before the change.
  const { ridden } = await openBook(ctx, [userId], [], [readClocks([userId])]);
  const clock = clocksFrom(ridden[0] ?? [])(userId);
  const changed = orRefuse(planZoneChange(clock, timeZone, ctx.policy, ctx.now));
  if (changed !== clock) {
    await ctx.tx.update(users).set({ ...changed, updatedAt: ctx.now }).where(eq(users.id, userId));
    await emit(ctx, { name: "account.changed", subject: { type: "user", id: String(userId) }, data: { fields: ["timeZone"] } });
  }
  const waiting = waitingZone(changed, ctx.policy, ctx.now);
  const current = zoneOf(changed, ctx.policy, ctx.now);
  return { timeZone: waiting?.timeZone ?? current, from: waiting?.from.toISOString() ?? null, until: current };
}
