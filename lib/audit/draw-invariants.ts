import type { Invariant } from "./invariants";

/** A round's prizes as rows: each line of its table is a JSON list, and the lines make one list of them. A prize has the rolls after those of the prizes before it. */
const TABLE = `SELECT r.id AS round_id, p.prize_id, p.odds, p.kind, p.amount, p.quantity, SUM(p.odds) OVER (PARTITION BY r.id ORDER BY p.place) AS until
  FROM draw_rounds r JOIN JSON_TABLE(CONCAT('[', REPLACE(r.prize_table, '\\n', ','), ']'), '$[*]' COLUMNS (
    place FOR ORDINALITY, prize_id BIGINT UNSIGNED PATH '$[0]', odds BIGINT PATH '$[1]', kind VARCHAR(15) PATH '$[2]', amount BIGINT PATH '$[3]', quantity INT PATH '$[4]')) p
  WHERE r.prize_table <> ''`;

/** What spins rolled, gave and cost. */
export const lotteries: readonly Invariant[] = [
  {
    name: "a round counts its spins, which are numbered without a gap",
    sql: `SELECT r.id AS round_id, r.spins, COUNT(s.id) AS rows_of_it, MIN(s.nonce) AS first_nonce, MAX(s.nonce) AS last_nonce
      FROM draw_rounds r LEFT JOIN spins s ON s.round_id = r.id GROUP BY r.id, r.spins
      HAVING r.spins <> COUNT(s.id) OR (COUNT(s.id) > 0 AND (MIN(s.nonce) <> 0 OR MAX(s.nonce) <> COUNT(s.id) - 1 OR COUNT(DISTINCT s.nonce) <> COUNT(s.id)))`,
    isAboutShop: true,
  },
  {
    // The seed itself is never part of a finding.
    name: "a round's commitment is the hash of its seed and its prizes",
    sql: `SELECT id AS round_id, draw_id, local_day FROM draw_rounds
      WHERE SHA2(CONCAT(CONVERT(seed USING utf8mb4), CONVERT('\\n' USING utf8mb4), prize_table), 256) <> CONVERT(seed_hash USING utf8mb4)`,
    isAboutShop: true,
  },
  {
    name: "a spin hit what its roll says, and was given that or nothing",
    sql: `SELECT s.id AS spin_id, s.user_id, s.roll, s.rolled_prize_id, hit.prize_id AS expected FROM spins s
      LEFT JOIN (${TABLE}) hit ON hit.round_id = s.round_id AND s.roll < hit.until AND s.roll >= hit.until - hit.odds
      WHERE NOT (s.rolled_prize_id <=> hit.prize_id) OR (s.prize_id IS NOT NULL AND NOT (s.prize_id <=> s.rolled_prize_id)) OR s.roll NOT BETWEEN 0 AND 999999`,
  },
  {
    name: "a spin took the points that it says, and an entry about a spin has its spin",
    sql: `SELECT s.user_id, s.public_id AS spin_id, s.points, COALESCE(-e.points_change, 0) AS taken FROM spins s
      LEFT JOIN points_transactions e ON e.source_type = 'spin' AND e.source_id = s.public_id AND e.kind = 'spend' AND e.user_id = s.user_id
      WHERE s.points <> COALESCE(-e.points_change, 0) OR (s.paid_with = 'points') <> (s.points > 0)
      UNION ALL SELECT e.user_id, e.source_id, NULL, -e.points_change FROM points_transactions e LEFT JOIN spins s ON s.public_id = e.source_id AND s.user_id = e.user_id
      WHERE e.source_type = 'spin' AND s.id IS NULL`,
  },
  {
    name: "a prize that was won was given: points, a coupon or cards",
    sql: `SELECT user_id, spin_id, kind, points, granted, cards, coupons FROM (
        SELECT s.user_id, s.public_id AS spin_id, p.kind, p.quantity, IF(p.kind <=> 'points', p.amount, 0) AS points, COALESCE(e.points_change, 0) AS granted, COALESCE(m.quantity, 0) AS cards,
          (SELECT COUNT(*) FROM coupons c WHERE c.source_type = 'draw' AND c.source_id = s.public_id AND c.user_id = s.user_id) AS coupons
        FROM spins s LEFT JOIN (${TABLE}) p ON p.round_id = s.round_id AND p.prize_id = s.prize_id
        LEFT JOIN points_transactions e ON e.source_type = 'spin' AND e.source_id = s.public_id AND e.kind = 'adjust' AND e.user_id = s.user_id
        LEFT JOIN perk_moves m ON m.source_type = 'spin' AND m.source_id = s.public_id AND m.user_id = s.user_id) t
      WHERE granted <> points OR cards <> IF(kind <=> 'make_up_card', quantity, 0) OR coupons <> (kind <=> 'coupon')`,
  },
  {
    name: "nobody used more spins than they were given, and each that was used has its spin",
    sql: `SELECT user_id, draw_id, SUM(quantity) AS spins_left, NULL AS spin_id FROM spin_moves GROUP BY user_id, draw_id HAVING SUM(quantity) < 0
      UNION ALL SELECT s.user_id, s.draw_id, COALESCE(m.quantity, 0), s.public_id FROM spins s
      LEFT JOIN spin_moves m ON m.source_type = 'spin' AND m.source_id = s.public_id AND m.user_id = s.user_id AND m.draw_id = s.draw_id
      WHERE COALESCE(m.quantity, 0) <> IF(s.paid_with = 'granted', -1, 0)`,
  },
];
