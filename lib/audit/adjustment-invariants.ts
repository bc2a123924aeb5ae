import { ADJUSTMENT_SOURCE } from "@/lib/adjustments/adjustment";

import type { Invariant } from "./invariants";

/** What staff put in or took out by hand, and who allowed it. */
export const handAdjustments: readonly Invariant[] = [
  {
    name: "an applied adjustment has its entry, and no other has one",
    sql: `SELECT a.user_id, a.id AS adjustment_id, a.status, a.points, COALESCE(e.points_change, 0) AS entered
      FROM adjustments a LEFT JOIN points_transactions e ON e.source_type = '${ADJUSTMENT_SOURCE}' AND e.source_id = CONVERT(a.public_id USING ascii) AND e.user_id = a.user_id
      WHERE COALESCE(e.points_change, 0) <> IF(a.status = 'applied', a.points, 0) OR (a.status = 'applied') <> (e.id IS NOT NULL) OR (a.status = 'pending') <> (a.decided_at IS NULL)
      UNION ALL SELECT e.user_id, NULL, NULL, NULL, e.points_change FROM points_transactions e
      LEFT JOIN adjustments a ON a.public_id = CONVERT(e.source_id USING utf8mb4) AND a.user_id = e.user_id WHERE e.source_type = '${ADJUSTMENT_SOURCE}' AND a.id IS NULL`,
  },
  {
    name: "nobody decided about what they asked for, or about their own points",
    sql: `SELECT id AS adjustment_id, status, user_id AS person_id, requested_by, decided_by FROM adjustments
      WHERE user_id = requested_by OR (status IN ('applied', 'rejected') AND decided_by IN (requested_by, user_id)) OR (status = 'withdrawn' AND decided_by <> requested_by)
      UNION ALL SELECT id, status, NULL, requested_by, decided_by FROM adjustment_batches
      WHERE (status IN ('applied', 'rejected') AND decided_by = requested_by) OR (status = 'withdrawn' AND decided_by <> requested_by)`,
    isAboutShop: true,
  },
  {
    // Who was forgotten while a batch waited is withdrawn from it.
    name: "a batch is the sum of its rows, and ends as they do",
    sql: `SELECT b.id AS batch_id, b.status, b.people, COUNT(a.id) AS rows_of_it, b.points_in, COALESCE(SUM(GREATEST(a.points, 0)), 0) AS put_in, b.points_out, COALESCE(SUM(GREATEST(-a.points, 0)), 0) AS taken_out
      FROM adjustment_batches b LEFT JOIN adjustments a ON a.batch_id = b.id GROUP BY b.id, b.status, b.people, b.points_in, b.points_out
      HAVING b.people <> COUNT(a.id) OR b.points_in <> COALESCE(SUM(GREATEST(a.points, 0)), 0) OR b.points_out <> COALESCE(SUM(GREATEST(-a.points, 0)), 0)
        OR SUM(a.status NOT IN (b.status, 'withdrawn')) > 0`,
    isAboutShop: true,
  },
];
