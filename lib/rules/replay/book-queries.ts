import "server-only";

import { readRows, statement } from "@/db/packet";
import { addDays, dayOf } from "@/lib/day";

import { NOTHING_EARNED, type Standing } from "../evaluate";
import { RuleSnapshot, type Action, type Definition, type Rule } from "../rule";
import { addBreakdown, ruleIn, standingKey, type Before, type RuleTotal, type Version } from "../simulate";
import { SOURCE_TYPES, type Span } from "./happening-queries";

/** Every version that rules had, from when it was in force. A rule older than the history of versions has always been what it is. */
export async function listVersions(): Promise<Version[]> {
  const [kept, rules] = await Promise.all([
    readRows(statement("SELECT rule_id, snapshot, created_at FROM points_rule_versions ORDER BY rule_id, version")),
    readRows(statement(
      `SELECT id, action_type, name, name_en, status, priority, starts_at, ends_at, definition FROM points_rules r
       WHERE NOT EXISTS (SELECT 1 FROM points_rule_versions v WHERE v.rule_id = r.id)`,
    )),
  ]);
  const unversioned = rules.map((row) => ({
    rule_id: row.id as number, created_at: new Date(0),
    snapshot: { ...row, actionType: row.action_type, nameEn: row.name_en, startsAt: row.starts_at?.toISOString() ?? null, endsAt: row.ends_at?.toISOString() ?? null },
  }));
  return [...kept, ...unversioned].map(({ rule_id: ruleId, snapshot, created_at: from }) => ({ ruleId, from, rule: ruleFrom(ruleId, snapshot) }));
}

/** The rule that a version was; null when it earned nothing, or when today's language cannot read it. */
function ruleFrom(id: number, snapshot: unknown): Rule | null {
  const { success, data } = RuleSnapshot.safeParse(snapshot);
  if (!success || data.status !== "active") return null;
  const at = (instant: string | null): Date | null => (instant === null ? null : new Date(instant));
  return { id, actionType: data.actionType as Action, priority: data.priority, startsAt: at(data.startsAt), endsAt: at(data.endsAt), definition: data.definition };
}

/** What people had earned by rules, and campaigns had granted, before the span: the totals of now less what the span has counted. */
export async function readBefore({ since, timeZone }: Span, definitions: readonly (readonly [number, Definition])[]): Promise<Before> {
  const first = dayOf(since, timeZone);
  const [totals, budgets] = await Promise.all([
    readRows(statement(
      `SELECT t.user_id, t.rule_id, GREATEST(0, t.times - COALESCE(SUM(c.times), 0)) AS times, GREATEST(0, t.points - COALESCE(SUM(c.points), 0)) AS points
       FROM earn_totals t LEFT JOIN earn_counters c ON c.user_id = t.user_id AND c.rule_id = t.rule_id AND c.local_day >= ?
       GROUP BY t.user_id, t.rule_id, t.times, t.points`,
      [first],
    )),
    readRows(statement(
      `SELECT b.rule_id, GREATEST(0, b.points_granted - COALESCE(SUM(c.points), 0)) AS granted
       FROM rule_budgets b LEFT JOIN earn_counters c ON c.rule_id = b.rule_id AND c.local_day >= ? GROUP BY b.rule_id, b.points_granted`,
      [first],
    )),
  ]);
  const standings = new Map<string, Standing>(totals.map((row) => [
    standingKey(row.user_id, row.rule_id), { ...NOTHING_EARNED, timesInAll: Number(row.times), pointsInAll: Number(row.points) },
  ]));
  for (const [ruleId, { caps }] of definitions) {
    if (caps.cooldownHours === null) continue;
    for (const { userId, at } of await readLast(ruleId, caps.cooldownHours, since, timeZone)) {
      standings.set(standingKey(userId, ruleId), { ...(standings.get(standingKey(userId, ruleId)) ?? NOTHING_EARNED), lastAt: at });
    }
  }
  return { standings, granted: new Map(budgets.map((row) => [row.rule_id as number, Number(row.granted)])) };
}

/** When people last earned by a rule before the span, as far back as its pause reaches. */
async function readLast(ruleId: number, hours: number, since: Date, timeZone: string): Promise<{ userId: number; at: Date }[]> {
  const path = `$."rule:${ruleId}"`;
  const reach = new Date(since.getTime() - hours * 3_600_000);
  const rows = await readRows(statement(
    `SELECT user_id, MAX(created_at) AS at FROM (
       SELECT t.user_id, t.created_at FROM points_transactions t LEFT JOIN pending_points p ON p.source_type = t.source_type AND p.source_id = t.source_id
       WHERE t.local_day >= ? AND t.local_day < ? AND t.kind = 'earn' AND p.id IS NULL AND JSON_CONTAINS_PATH(t.breakdown, 'one', ?)
       UNION ALL SELECT user_id, created_at FROM pending_points WHERE created_at >= ? AND created_at < ? AND JSON_CONTAINS_PATH(breakdown, 'one', ?)) e
     GROUP BY user_id`,
    [addDays(dayOf(reach, timeZone), -1), dayOf(since, timeZone), path, reach, since, path],
  ));
  return rows.map((row) => ({ userId: row.user_id, at: row.at }));
}

/** What rules have really granted in the span: entries of the ledger, and points that were, or still are, pending. */
export type Booked = { points: number; rules: Map<number, RuleTotal>; people: Map<number, number>; grants: Map<string, BookedGrant> };
export type BookedGrant = { userId: number; points: number; breakdown: Record<string, number>; isPending: boolean };

export async function readBooked({ since, until, timeZone }: Span, actions: ReadonlySet<Action>): Promise<Booked> {
  const causes = [...actions].map((action) => SOURCE_TYPES[action]);
  const marks = causes.map(() => "?").join(",");
  const rows = await readRows(statement(
    `SELECT t.user_id, t.source_type, t.source_id, t.breakdown, FALSE AS is_pending FROM points_transactions t FORCE INDEX (points_transactions_day_idx)
     LEFT JOIN pending_points p ON p.source_type = t.source_type AND p.source_id = t.source_id
     WHERE t.local_day >= ? AND t.kind = 'earn' AND t.created_at >= ? AND t.created_at <= ? AND t.rule_id IS NOT NULL AND t.source_type IN (${marks}) AND p.id IS NULL
     UNION ALL SELECT user_id, source_type, source_id, breakdown, TRUE FROM pending_points WHERE created_at >= ? AND created_at <= ? AND rule_id IS NOT NULL AND source_type IN (${marks})`,
    [dayOf(since, timeZone), since, until, ...causes, since, until, ...causes],
  ));
  const booked: Booked = { points: 0, rules: new Map(), people: new Map(), grants: new Map() };
  for (const row of rows) {
    // What a refund has taken from pending points since is in the breakdown too, under a name of its own.
    const breakdown = Object.fromEntries(Object.entries((row.breakdown ?? {}) as Record<string, number>).filter(([name]) => ruleIn(name) !== null));
    const points = Object.values(breakdown).reduce((sum, part) => sum + part, 0);
    if (points === 0) continue;
    booked.points += points;
    booked.people.set(row.user_id, (booked.people.get(row.user_id) ?? 0) + points);
    booked.grants.set(`${row.source_type}:${row.source_id}`, { userId: row.user_id, points, breakdown, isPending: Boolean(row.is_pending) });
    addBreakdown(booked.rules, breakdown);
  }
  return booked;
}
