import "server-only";

import { count, desc, eq } from "drizzle-orm";
import { alias } from "drizzle-orm/mysql-core";

import type { Db } from "@/db/client";
import { referrals, users } from "@/db/schema";
import { REFERRAL_STATUSES } from "@/db/schema/loyalty";

import { REFERRAL_FLAGS, type ReferralFlag } from "./referral";
import type { ReferralStatus } from "./queries";

export type StaffReferral = {
  friendId: number;
  friendName: string;
  inviterId: number;
  inviterName: string;
  status: ReferralStatus;
  flags: ReferralFlag[];
  createdAt: Date;
  settledAt: Date | null;
};

export type ReferralCounts = Record<ReferralStatus, number>;

/** Referrals of a status, or all, the latest first. */
export async function listReferrals(db: Db, { status, page, pageSize }: { status?: ReferralStatus; page: number; pageSize: number }): Promise<{ referrals: StaffReferral[]; counts: ReferralCounts }> {
  const inviters = alias(users, "inviters");
  const [rows, totals] = await Promise.all([
    db
      .select({
        friendId: referrals.friendId, friendName: users.username, inviterId: referrals.inviterId, inviterName: inviters.username, status: referrals.status,
        flags: referrals.flags, createdAt: referrals.createdAt, settledAt: referrals.settledAt,
      })
      .from(referrals)
      .innerJoin(users, eq(users.id, referrals.friendId))
      .innerJoin(inviters, eq(inviters.id, referrals.inviterId))
      .where(status ? eq(referrals.status, status) : undefined)
      .orderBy(desc(referrals.createdAt), desc(referrals.friendId))
      .limit(pageSize)
      .offset((page - 1) * pageSize),
    db.select({ status: referrals.status, total: count() }).from(referrals).groupBy(referrals.status),
  ]);
  return {
    referrals: rows.map((row) => ({ ...row, flags: REFERRAL_FLAGS.filter((flag) => row.flags.includes(flag)) })),
    counts: Object.fromEntries(REFERRAL_STATUSES.map((each) => [each, totals.find((row) => row.status === each)?.total ?? 0])) as ReferralCounts,
  };
}
