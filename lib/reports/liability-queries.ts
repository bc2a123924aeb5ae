import "server-only";

import type { Db } from "@/db/client";
import type { Day } from "@/lib/day";
import type { Policy } from "@/lib/settings/policy";

import { LIABILITY_ITEMS, liabilityOf, type LiabilityDay, type LiabilityReport } from "./liability";
import { withinLimit, type DayRange } from "./range";
import { liabilityCents } from "./series";
import { findSnapshot, listSnapshots } from "./state-queries";

type Worth = Pick<Policy, "pointsPerYuan">;

/** What the shop owed in points at the end of a day; without a day, of the last that is over. Null where none was closed. */
export async function findLiability(db: Db, policy: Worth, asOf?: Day): Promise<LiabilityReport | null> {
  const snapshot = await findSnapshot(db, "liability", asOf);
  return snapshot.asOf === null || snapshot.items.size === 0 ? null : liabilityOf(snapshot.asOf, snapshot.items, policy.pointsPerYuan);
}

/** The same of each day of a range that was closed, oldest first. */
export async function listLiabilityDays(db: Db, policy: Worth, range: DayRange): Promise<LiabilityDay[]> {
  const rows = await listSnapshots(db, "liability", withinLimit(range), LIABILITY_ITEMS.outstanding);
  return rows.reverse().map(({ asOf, value }) => ({ day: asOf, outstandingPoints: value, outstandingCents: liabilityCents(value, policy.pointsPerYuan) }));
}
