import "server-only";

import { sql, type SQL } from "drizzle-orm";

import type { Db } from "@/db/client";
import { events, secondFactors, staffInvitations, users } from "@/db/schema";
import type { StaffId } from "@/lib/ctx";
import type { Policy } from "@/lib/settings/policy";

import { hasOwnBrand, paysForReal, setupOf, type Setup } from "./checklist";

/** What the surroundings of the shop can do: keys and servers are not in its database. */
export type Surroundings = { paymentProviders: readonly string[]; sendsMail: boolean };

/** How far a shop is set up, for one of its staff: the second factor is each person's own. */
export async function getSetup(db: Db, policy: Policy, staffId: StaffId, { paymentProviders, sendsMail }: Surroundings): Promise<Setup> {
  const [row] = await db
    .select({
      product: happened("product", ["product.created"]),
      rule: happened("rule", ["rule.created", "rule.changed"]),
      team: flag(sql`exists (select 1 from ${staffInvitations}) or exists (select 1 from ${users} where role in ('staff', 'owner') and id <> ${staffId} and erased_at is null)`),
      secondFactor: flag(sql`exists (select 1 from ${secondFactors} where user_id = ${staffId} and confirmed_at is not null)`),
    })
    .from(sql`(select 1 as one) shop`);
  return setupOf({
    brand: hasOwnBrand(policy), product: row?.product ?? false, rule: row?.rule ?? false, team: row?.team ?? false, secondFactor: row?.secondFactor ?? false,
    payment: paysForReal(paymentProviders, policy), mail: sendsMail,
  });
}

const flag = (condition: SQL) => sql<boolean>`(${condition})`.mapWith(Boolean);

/** Done by a person: what a new shop comes with was made by nobody. */
const happened = (subject: string, names: readonly string[]) =>
  flag(sql`exists (select 1 from ${events} where subject_type = ${subject} and actor_id is not null and name in (${sql.join(names.map((name) => sql`${name}`), sql`, `)}))`);
