import type { Invariant } from "./invariants";

/** Freezes and holds: each has its reason, and ends. */
export const risks: readonly Invariant[] = [
  {
    name: "a freeze that has ended is lifted within a day",
    sql: "SELECT user_id, frozen_until FROM point_accounts WHERE status = 'frozen' AND frozen_until < ? - INTERVAL 1 DAY",
    needsNow: true,
    isAboutShop: true,
  },
  {
    name: "only what is frozen has the reason and the end of a freeze",
    sql: "SELECT user_id, status_reason, frozen_until FROM point_accounts WHERE (status = 'frozen') <> (status_reason IS NOT NULL) OR (status <> 'frozen' AND frozen_until IS NOT NULL)",
    isAboutShop: true,
  },
  {
    name: "what a rule froze has an alert of that rule",
    sql: `SELECT a.user_id, a.status_reason FROM point_accounts a
      WHERE a.status = 'frozen' AND a.status_reason LIKE 'risk:%'
        AND NOT EXISTS (SELECT 1 FROM risk_alerts r WHERE r.user_id = a.user_id AND r.rule = SUBSTRING(a.status_reason, 6) AND r.mode = 'freeze' AND r.status <> 'dismissed')`,
    isAboutShop: true,
  },
];
