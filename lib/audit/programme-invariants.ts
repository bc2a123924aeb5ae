import type { Invariant } from "./invariants";

/** What rules gave, by person and rule: earnings at once, and earnings that waited or still wait. What was cancelled meanwhile was granted too. */
const GRANTED = `SELECT e.user_id, CAST(SUBSTRING(k.name, 6) AS UNSIGNED) AS rule_id, CAST(JSON_EXTRACT(e.breakdown, CONCAT('$."', k.name, '"')) AS SIGNED) AS points
  FROM (
    SELECT t.user_id, t.breakdown FROM points_transactions t LEFT JOIN pending_points p ON p.source_type = t.source_type AND p.source_id = t.source_id
      WHERE t.kind = 'earn' AND t.breakdown IS NOT NULL AND p.id IS NULL
    UNION ALL SELECT user_id, breakdown FROM pending_points) e
  JOIN JSON_TABLE(JSON_KEYS(e.breakdown), '$[*]' COLUMNS (name VARCHAR(40) PATH '$')) k ON k.name LIKE 'rule:%'`;

/** Every version that a rule has had. */
const VERSIONS = "SELECT id AS rule_id, definition FROM points_rules UNION ALL SELECT rule_id, snapshot -> '$.definition' FROM points_rule_versions";

/** The most that any version of a rule ever allowed: a cap that was lowered later does not show in the days before. */
const most = (cap: string): string => `MAX(COALESCE(JSON_VALUE(definition, '$.caps.${cap}' RETURNING UNSIGNED), ~0)) AS ${cap}`;
const CAPS = `SELECT rule_id, ${["timesPerDay", "pointsPerDay", "timesInAll", "pointsInAll", "budget"].map(most).join(", ")} FROM (${VERSIONS}) d GROUP BY rule_id`;

const pending: Invariant[] = [
  {
    name: "an account's pending points are what is pending",
    sql: `SELECT a.user_id, a.points_pending AS account, COALESCE(p.points, 0) AS pending, a.points_pending - COALESCE(p.points, 0) AS difference
      FROM point_accounts a LEFT JOIN (SELECT user_id, SUM(points) AS points FROM pending_points WHERE status = 'pending' GROUP BY user_id) p ON p.user_id = a.user_id
      WHERE a.points_pending <> COALESCE(p.points, 0)`,
  },
  {
    name: "pending points that became active have their entry, and no others have one",
    sql: `SELECT p.user_id, p.id AS pending_id, p.status, p.points, e.id AS entry_id, COALESCE(e.points_change, 0) AS granted
      FROM pending_points p LEFT JOIN points_transactions e ON e.source_type = p.source_type AND e.source_id = p.source_id AND e.kind = 'earn'
      WHERE (p.status = 'active') <> (e.id IS NOT NULL) OR (p.status = 'pending') <> (p.settled_at IS NULL) OR e.points_change <> p.points OR e.user_id <> p.user_id`,
  },
];

const rules: Invariant[] = [
  {
    name: "an earning is the sum of its parts",
    sql: `SELECT user_id, place, row_id, points, parts, points - parts AS difference FROM (
        SELECT e.user_id, 'points_transactions' AS place, e.id AS row_id, e.points_change AS points,
          (SELECT COALESCE(SUM(k.points), 0) FROM JSON_TABLE(e.breakdown, '$.*' COLUMNS (points BIGINT PATH '$')) k) AS parts
        FROM points_transactions e WHERE e.kind = 'earn' AND e.breakdown IS NOT NULL
        UNION ALL
        SELECT p.user_id, 'pending_points', p.id, p.points, (SELECT COALESCE(SUM(k.points), 0) FROM JSON_TABLE(p.breakdown, '$.*' COLUMNS (points BIGINT PATH '$')) k)
        FROM pending_points p) t
      WHERE points <> parts`,
  },
  {
    name: "what a person earned by a rule is counted",
    sql: `SELECT user_id, rule_id, SUM(counted) AS counted, SUM(granted) AS granted, SUM(counted) - SUM(granted) AS difference
      FROM (SELECT user_id, rule_id, points AS counted, 0 AS granted FROM earn_counters UNION ALL SELECT user_id, rule_id, 0, points FROM (${GRANTED}) g) t
      GROUP BY user_id, rule_id HAVING SUM(counted) <> SUM(granted)`,
  },
  {
    // Totals and budgets are kept from when the rule got its first such cap: before that a rule may have given more than they say.
    name: "totals count no more than the days, and all of them where they always did",
    sql: `SELECT t.user_id, t.rule_id, t.times, t.points, COALESCE(c.times, 0) AS times_by_day, COALESCE(c.points, 0) AS points_by_day, t.points - COALESCE(c.points, 0) AS difference
      FROM earn_totals t
      JOIN (SELECT rule_id, MIN(COALESCE(JSON_VALUE(definition, '$.caps.timesInAll' RETURNING UNSIGNED), JSON_VALUE(definition, '$.caps.pointsInAll' RETURNING UNSIGNED),
          JSON_VALUE(definition, '$.caps.cooldownHours' RETURNING UNSIGNED)) IS NOT NULL) AS is_old FROM (${VERSIONS}) d GROUP BY rule_id) r ON r.rule_id = t.rule_id
      LEFT JOIN (SELECT user_id, rule_id, SUM(times) AS times, SUM(points) AS points FROM earn_counters GROUP BY user_id, rule_id) c ON c.user_id = t.user_id AND c.rule_id = t.rule_id
      WHERE t.times > COALESCE(c.times, 0) OR t.points > COALESCE(c.points, 0) OR (r.is_old AND (t.times <> COALESCE(c.times, 0) OR t.points <> COALESCE(c.points, 0)))`,
  },
  {
    name: "a campaign's budget counts what the campaign gave",
    sql: `SELECT b.rule_id, b.points_granted, COALESCE(c.points, 0) AS granted, b.points_granted - COALESCE(c.points, 0) AS difference
      FROM rule_budgets b
      JOIN (SELECT rule_id, MIN(JSON_VALUE(definition, '$.caps.budget' RETURNING UNSIGNED) IS NOT NULL) AS is_old FROM (${VERSIONS}) d GROUP BY rule_id) r ON r.rule_id = b.rule_id
      LEFT JOIN (SELECT rule_id, SUM(points) AS points FROM earn_counters GROUP BY rule_id) c ON c.rule_id = b.rule_id
      WHERE b.points_granted > COALESCE(c.points, 0) OR (r.is_old AND b.points_granted <> COALESCE(c.points, 0))`,
  },
  {
    name: "nobody earns by a rule beyond its caps",
    sql: `SELECT t.user_id, t.rule_id, t.local_day, t.times, t.points FROM (
        SELECT user_id, rule_id, local_day, times, points, 'day' AS span FROM earn_counters UNION ALL SELECT user_id, rule_id, NULL, times, points, 'all' FROM earn_totals
        UNION ALL SELECT NULL, rule_id, NULL, 0, points_granted, 'budget' FROM rule_budgets) t
      JOIN (${CAPS}) c ON c.rule_id = t.rule_id
      WHERE (t.span = 'day' AND (t.times > c.timesPerDay OR t.points > c.pointsPerDay)) OR (t.span = 'all' AND (t.times > c.timesInAll OR t.points > c.pointsInAll))
        OR (t.span = 'budget' AND t.points > c.budget)`,
  },
];

const slidingLots: Invariant[] = [
  {
    // A lot that was spent to its end is not filled again by earnings; a return wakes it beside its successor.
    name: "what a person earned on sliding terms is in one living lot, but for what came back",
    sql: `SELECT l.user_id, COUNT(*) AS lots, SUM(l.points_remaining) AS points
      FROM point_lots l
      WHERE l.is_sliding AND l.open_until > ? AND NOT EXISTS (
        SELECT 1 FROM points_transactions e JOIN lot_allocations a ON a.entry_id = e.id AND a.lot_id = l.id WHERE e.user_id = l.user_id AND e.kind = 'restore')
      GROUP BY l.user_id HAVING COUNT(*) > 1`,
    needsNow: true,
  },
];

const tasks: Invariant[] = [
  {
    name: "a claimed task has its reward, and a reward its claim",
    sql: `SELECT t.user_id, t.id AS claim_id, t.points, COALESCE(e.points_change, 0) AS granted, t.points - COALESCE(e.points_change, 0) AS difference
      FROM user_tasks t LEFT JOIN points_transactions e ON e.source_type = 'task' AND e.kind = 'earn' AND e.source_id = CONVERT(CONCAT(t.user_id, ':', t.task_id, ':', t.period) USING ascii)
      WHERE t.completed AND (t.points <> COALESCE(e.points_change, 0) OR e.user_id <> t.user_id)
      UNION ALL
      SELECT e.user_id, NULL, 0, e.points_change, -e.points_change FROM points_transactions e
      LEFT JOIN user_tasks t ON t.user_id = e.user_id AND t.task_id = CAST(SUBSTRING_INDEX(SUBSTRING_INDEX(e.source_id, ':', 2), ':', -1) AS UNSIGNED) AND t.period = SUBSTRING_INDEX(e.source_id, ':', -1)
      WHERE e.source_type = 'task' AND e.kind = 'earn' AND (t.id IS NULL OR NOT t.completed)`,
  },
  {
    name: "a reward for bringing a friend has its referral, and its order",
    sql: `SELECT e.user_id, e.id AS entry_id, e.source_type, e.source_id, r.status FROM points_transactions e
      LEFT JOIN referrals r ON r.friend_id = CAST(SUBSTRING_INDEX(e.source_id, '~', 1) AS UNSIGNED)
      WHERE e.source_type IN ('referral', 'referred') AND e.kind = 'earn'
        AND (r.friend_id IS NULL OR r.status <> 'rewarded' OR r.order_id IS NULL OR e.user_id <> IF(e.source_type = 'referral', r.inviter_id, r.friend_id))`,
  },
];

const perks: Invariant[] = [
  {
    name: "nobody has used more cards than they were given",
    sql: "SELECT user_id, perk, SUM(quantity) AS held FROM perk_moves GROUP BY user_id, perk HAVING SUM(quantity) < 0",
  },
];

const holds: Invariant[] = [
  {
    name: "an account is held while a hold of it is open",
    sql: `SELECT a.user_id, a.is_held, COALESCE(h.holds, 0) AS open_holds
      FROM point_accounts a LEFT JOIN (SELECT user_id, COUNT(*) AS holds FROM (
          SELECT user_id FROM account_holds WHERE cleared_at IS NULL UNION ALL SELECT user_id FROM risk_alerts WHERE mode = 'hold' AND status = 'open') every GROUP BY user_id) h ON h.user_id = a.user_id
      WHERE a.is_held <> (COALESCE(h.holds, 0) > 0)`,
  },
];

/** What the programme's own tables say of each other, and of the ledger. */
export const programme: readonly Invariant[] = [...pending, ...rules, ...slidingLots, ...tasks, ...perks, ...holds];
