import "server-only";

import { sendPacket, statement } from "@/db/packet";
import type { Ctx, UserId } from "@/lib/ctx";
import { eventRows } from "@/lib/events/commands";
import { postEarn, type Book } from "@/lib/points/book";
import { openBook, writeBook } from "@/lib/points/commands";
import { expiryOf } from "@/lib/points/expiry";
import type { Source } from "@/lib/points/ledger";

import { findRule } from "./queries";
import { awardFor, type Action, type Rule } from "./rule";

export type Earning = { userId: UserId; action: Action; source: Source; cashCents?: number };

/**
 * Grants what the rule for an action gives, once per source and at most `dailyLimit` times a programme day.
 * Returns the points granted: 0 when no rule is active, the cap is reached or the account is frozen.
 */
export async function earnPoints(ctx: Ctx, earning: Earning): Promise<number> {
  const rule = await findRule(ctx.tx, earning.action);
  if (!rule) return 0;
  const expiresAt = expiryOf(ctx.now, ctx.policy);
  const { book } = await openBook(ctx, [earning.userId], [{ kind: "expiring-at", instants: [expiresAt] }]);
  const award = awardFor(rule, earning);
  if (award.points === 0 || !(await isDue(ctx, book, rule, earning))) return 0;
  const posted = postEarn(book, earning.userId, award.points, expiresAt, earning.source, { ruleId: rule.id, breakdown: award.breakdown });
  if (!posted.ok) return 0;
  const fact = { name: "points.earned", subject: { type: "user", id: String(earning.userId) }, data: { action: earning.action, points: award.points } } as const;
  await writeBook(ctx, book, [
    statement(
      `INSERT INTO earn_counters (user_id, rule_id, local_day, times, points) VALUES (?, ?, ?, 1, ?)
       ON DUPLICATE KEY UPDATE times = times + 1, points = points + VALUES(points)`,
      [earning.userId, rule.id, book.today, award.points],
    ),
    eventRows([{ fact, by: null }], ctx.now),
  ]);
  return award.points;
}

/** Whether the cause has not earned yet and the day's limit leaves room. Read under the account's lock, so it is still so when it is written. */
async function isDue(ctx: Ctx, book: Book, rule: Rule, { userId, source }: Earning): Promise<boolean> {
  const [counters = [], earned = []] = await sendPacket(ctx.tx, [
    statement("SELECT times FROM earn_counters WHERE user_id = ? AND rule_id = ? AND local_day = ?", [userId, rule.id, book.today]),
    statement("SELECT id FROM points_transactions WHERE source_type = ? AND source_id = ? AND kind = 'earn'", [source.type, source.id]),
  ]);
  return earned.length === 0 && (counters[0]?.times ?? 0) < rule.dailyLimit;
}
