import "server-only";

import { statement, type Statement } from "@/db/packet";
import type { Ctx, UserId } from "@/lib/ctx";
import { dayOf } from "@/lib/day";
import type { Fact } from "@/lib/events/event";
import { eventRows } from "@/lib/events/commands";
import { openBook, writeBook } from "@/lib/points/commands";
import type { Source } from "@/lib/points/ledger";
import { perksFrom, readPerks } from "@/lib/points/perks/commands";
import { keepWithinLimit } from "@/lib/points/perks/freeze-limit";

import { EARNED_NOTHING, earnInBook, earningRows, loadRuleSet, lotsOfRules, standingReads, type Earned, type Occurrence, type RuleSet } from "./earning/commands";

/**
 * Grants what the rules in force give for an event, once per source. What caps and budgets leave is decided under the account's lock.
 * Nothing is granted when no rule applies, a cap is reached, the account is frozen or held, or its person was forgotten.
 */
export async function earnPoints(ctx: Ctx, occurrence: Occurrence): Promise<Earned> {
  const { userId, action, source } = occurrence;
  const rules = await loadRuleSet(ctx, [action]);
  if (rules.rules.length === 0) return EARNED_NOTHING;
  const reads = standingReads(ctx, rules, [userId], dayOf(ctx.now, ctx.policy.timeZone));
  const { book, ridden } = await openBook(ctx, [userId], lotsOfRules(ctx, rules), [alreadyEarned(source), isForgotten(userId), ...reads.statements, ...(givesFreezes(rules) ? [readPerks([userId])] : [])]);
  const [earlier = [], forgotten = [], ...results] = ridden;
  if (earlier.length > 0 || forgotten.length > 0) return EARNED_NOTHING;
  const standings = reads.from(results);
  const decided = earnInBook(ctx, book, rules, standings, occurrence);
  if (!decided.ok || standings.counted.length === 0) return EARNED_NOTHING;
  if (givesFreezes(rules)) keepWithinLimit(standings.perks, 0, ctx.policy.freezesHeldMax - perksFrom(results.at(-1) ?? [])(userId).streak_freeze);
  await writeBook(ctx, book, [...earningRows(rules, standings, book.today, ctx.now), eventRows(factsOf(occurrence, decided.value).map((fact) => ({ fact, by: null })), ctx.now)]);
  return decided.value;
}

const givesFreezes = ({ rules }: RuleSet): boolean => rules.some(({ definition: { effect } }) => effect.kind === "perk" && effect.perk === "streak_freeze");

/** What an event has given before, at once or pending or in cards. Read under the account's lock, so it is still so when it is written. */
const alreadyEarned = ({ type, id }: Source): Statement =>
  statement(
    `SELECT 1 AS earned FROM points_transactions WHERE source_type = ? AND source_id = ? AND kind = 'earn'
     UNION ALL SELECT 1 FROM pending_points WHERE source_type = ? AND source_id = ?
     UNION ALL SELECT 1 FROM perk_moves WHERE source_type = ? AND source_id = ?`,
    [type, id, type, id, type, id],
  );

/** Reviews and friends of theirs may be judged after they left: nobody could spend what they brought. */
const isForgotten = (userId: UserId): Statement => statement("SELECT 1 FROM users WHERE id = ? AND erased_at IS NOT NULL", [userId]);

function factsOf({ userId, action }: Occurrence, { points, pointsPending }: Earned): Fact[] {
  const subject = { type: "user", id: String(userId) } as const;
  return [
    // Cards alone are an earning of no points.
    ...(points > 0 || pointsPending === 0 ? [{ name: "points.earned", subject, data: { action, points } } as const] : []),
    ...(pointsPending > 0 ? [{ name: "points.pending", subject, data: { action, points: pointsPending } } as const] : []),
  ];
}
