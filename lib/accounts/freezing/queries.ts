import "server-only";

import { eq } from "drizzle-orm";

import type { Db } from "@/db/client";
import { pointAccounts } from "@/db/schema";
import type { RiskRule } from "@/db/schema/control";
import type { UserId } from "@/lib/ctx";

import { ruleOfReason, statusAt } from "../frozen";

/** Why an account stands still: in the words of a person, or the rule that did it; and when it ends by itself. */
export type StandingFreeze = { reason: string; rule: RiskRule | null; until: Date | null };

export async function findFreeze(db: Db, userId: UserId, now: Date): Promise<StandingFreeze | null> {
  const [row] = await db
    .select({ status: pointAccounts.status, reason: pointAccounts.statusReason, until: pointAccounts.frozenUntil })
    .from(pointAccounts).where(eq(pointAccounts.userId, userId));
  if (!row || statusAt(row.status, row.until, now) !== "frozen") return null;
  return { reason: row.reason ?? "", rule: ruleOfReason(row.reason), until: row.until };
}
