import "server-only";

import { and, eq, gt, ne, or } from "drizzle-orm";

import { sessions, users } from "@/db/schema";
import type { Role } from "@/db/schema/people";
import type { Policy } from "@/lib/settings/policy";

const MINUTE_MS = 60_000;
const DAY_MS = 1_440 * MINUTE_MS;

/** A shopper who does not come for two weeks signs in again. */
const SHOPPER_IDLE_DAYS = 14;

/** How exactly it is known when a session was last used: finer would be a write with every page. */
const SEEN_WITHIN_MS = { staff: MINUTE_MS, shopper: DAY_MS };

export type SessionTerms = Pick<Policy, "staffIdleMinutes" | "staffSessionHours">;

/** The sessions, joined with their people, that have not run out: at all, or for want of use. Sooner for staff, whose sessions open more. */
export const isLiving = (now: Date, { staffIdleMinutes, staffSessionHours }: SessionTerms) => {
  const before = (ms: number): Date => new Date(now.getTime() - ms);
  const isUsedByShopper = and(eq(users.role, "shopper"), gt(sessions.seenAt, before(SHOPPER_IDLE_DAYS * DAY_MS)));
  const isUsedByStaff = and(ne(users.role, "shopper"), gt(sessions.seenAt, before(staffIdleMinutes * MINUTE_MS)), gt(sessions.createdAt, before(staffSessionHours * 60 * MINUTE_MS)));
  return and(gt(sessions.expiresAt, now), or(isUsedByShopper, isUsedByStaff));
};

/** Whether a use of the session at `now` is worth noting. */
export const isSeenLongAgo = ({ seenAt, role }: { seenAt: Date; role: Role }, now: Date): boolean =>
  now.getTime() - seenAt.getTime() >= SEEN_WITHIN_MS[role === "shopper" ? "shopper" : "staff"];
