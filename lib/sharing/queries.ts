import "server-only";

import { and, count, desc, eq, isNotNull } from "drizzle-orm";

import type { Db } from "@/db/client";
import { referrals, shareVisits, users } from "@/db/schema";
import type { REFERRAL_STATUSES } from "@/db/schema/loyalty";
import type { UserId } from "@/lib/ctx";

import { maskName } from "./referral";

export type ReferralStatus = (typeof REFERRAL_STATUSES)[number];
export type Friend = { /** Not enough to tell who it is to anybody but who invited them. */ name: string; joinedAt: Date; status: ReferralStatus };

export const FRIENDS_SHOWN = 50;

/** The friends that a person brought, the latest first, and how many people came through their links. */
export async function getInvitations(db: Db, inviterId: UserId): Promise<{ friends: Friend[]; joined: number; visits: number }> {
  const brought = and(eq(referrals.inviterId, inviterId), isNotNull(users.emailVerifiedAt));
  const [rows, [joined], [visits]] = await Promise.all([
    db
      .select({ name: users.username, joinedAt: referrals.createdAt, status: referrals.status })
      .from(referrals)
      .innerJoin(users, eq(users.id, referrals.friendId))
      .where(brought)
      .orderBy(desc(referrals.createdAt), desc(referrals.friendId))
      .limit(FRIENDS_SHOWN),
    db.select({ total: count() }).from(referrals).innerJoin(users, eq(users.id, referrals.friendId)).where(brought),
    db.select({ total: count() }).from(shareVisits).where(eq(shareVisits.sharerId, inviterId)),
  ]);
  return { friends: rows.map((row) => ({ ...row, name: maskName(row.name) })), joined: joined?.total ?? 0, visits: visits?.total ?? 0 };
}
