import type { Invariant } from "./invariants";

/** What check-ins gave, by person and day: at once, and what waits or waited in vain. Parts that are kept by other terms are "<source>~2" and so on. */
const GRANTED = `SELECT user_id, SUBSTRING_INDEX(source_id, '~', 1) AS source_id, SUM(points) AS points FROM (
    SELECT user_id, source_id, points_change AS points FROM points_transactions WHERE source_type = 'check_in' AND kind = 'earn'
    UNION ALL SELECT user_id, source_id, points FROM pending_points WHERE source_type = 'check_in' AND status <> 'active') e
  GROUP BY user_id, SUBSTRING_INDEX(source_id, '~', 1)`;

/** The source of a day's grant: the person and their own calendar day. */
const SOURCE_OF_DAY = "CONVERT(CONCAT(c.user_id, ':', c.local_day) USING ascii) COLLATE ascii_bin";

export const checkIns: readonly Invariant[] = [
  {
    name: "a person checks in once a day",
    sql: "SELECT user_id, local_day, COUNT(*) AS times FROM check_ins GROUP BY user_id, local_day HAVING COUNT(*) > 1",
  },
  {
    // A made-up day has no points of its own; the prizes that it reached are granted beside it.
    name: "a check-in has the grants of its points, and other days have none",
    sql: `SELECT c.user_id, c.local_day, c.kind, c.points, COALESCE(g.points, 0) AS granted
      FROM check_ins c LEFT JOIN (${GRANTED}) g ON g.user_id = c.user_id AND g.source_id = ${SOURCE_OF_DAY}
      WHERE (c.kind <> 'check_in' AND c.points <> 0) OR (c.kind <> 'make_up' AND COALESCE(g.points, 0) <> c.points)`,
  },
  {
    name: "a grant for a check-in has its check-in",
    sql: `SELECT g.user_id, g.source_id, g.points FROM (${GRANTED}) g LEFT JOIN check_ins c ON c.user_id = g.user_id AND g.source_id = ${SOURCE_OF_DAY}
      WHERE c.id IS NULL`,
  },
  {
    name: "a streak counts the days without a gap, and protected days keep it",
    sql: `SELECT c.user_id, c.local_day, c.kind, c.streak_days, COALESCE(y.streak_days, 0) + (c.kind IN ('check_in', 'make_up')) AS expected
      FROM check_ins c LEFT JOIN check_ins y ON y.user_id = c.user_id AND y.local_day = c.local_day - INTERVAL 1 DAY
      WHERE c.streak_days <> COALESCE(y.streak_days, 0) + (c.kind IN ('check_in', 'make_up'))`,
  },
  {
    name: "a protected day took a streak freeze",
    sql: `SELECT c.user_id, c.local_day FROM check_ins c
      LEFT JOIN perk_moves m ON m.source_type = 'freeze' AND m.source_id = ${SOURCE_OF_DAY} AND m.perk = 'streak_freeze' AND m.user_id = c.user_id AND m.quantity = -1
      WHERE c.kind = 'freeze' AND m.id IS NULL`,
  },
  {
    name: "a made-up day was paid for, with a card or with points",
    sql: `SELECT c.user_id, c.local_day, COUNT(m.id) AS cards, COUNT(e.id) AS spends FROM check_ins c
      LEFT JOIN perk_moves m ON m.source_type = 'make_up' AND m.source_id = ${SOURCE_OF_DAY} AND m.perk = 'make_up_card' AND m.user_id = c.user_id AND m.quantity = -1
      LEFT JOIN points_transactions e ON e.source_type = 'make_up' AND e.source_id = ${SOURCE_OF_DAY} AND e.kind = 'spend' AND e.user_id = c.user_id
      WHERE c.kind = 'make_up' GROUP BY c.id, c.user_id, c.local_day HAVING COUNT(m.id) + COUNT(e.id) <> 1`,
  },
];
