import "server-only";

import type { z } from "zod";

import { insertRows } from "@/db/packet";
import type { Perk } from "@/db/schema/points";
import { actorId, type Ctx, type UserId } from "@/lib/ctx";
import { eventRows } from "@/lib/events/commands";
import { invariant } from "@/lib/invariant";
import { availableOn, mayEarn, pageOf, postEarn } from "@/lib/points/book";
import { lotsFor, openBook, writeBook } from "@/lib/points/commands";
import { lifetimeOf } from "@/lib/points/expiry";
import type { Source } from "@/lib/points/ledger";
import { perkRows, perksFrom, readPerks, type PerkMove } from "@/lib/points/perks/commands";
import { keepWithinLimit } from "@/lib/points/perks/freeze-limit";
import { judgeVelocity } from "@/lib/points/velocity";
import { orRefuse, Refusal } from "@/lib/refusal";

import { periodAt, spanAt } from "./period";
import { decideClaim } from "./progress";
import { claimsFrom, countFacts, countsFrom, findTask, readClaims } from "./queries";
import type { ClaimInput } from "./schema";
import type { Task } from "./task";

export type Claimed = { points: number; perk: Perk | null; perkQuantity: number; pointsAvailable: number };

/** What a claim's entry and cards are named after: a person claims a task once in a period. */
export const claimSource = (userId: UserId, taskId: number, period: string): Source => ({ type: "task", id: `${userId}:${taskId}:${period}` });

/**
 * Gives the reward of a finished task, once in its period; of streak freezes, as many as the person has room for.
 * What counts is counted again under the account's lock.
 * Refuses `not_found`, `task_already_claimed`, `task_not_open`, `task_not_done` { missing }, `account_frozen`, `account_held`.
 */
export async function claimTask(ctx: Ctx, { taskId }: Pick<z.infer<typeof ClaimInput>, "taskId">): Promise<Claimed> {
  const userId = actorId(ctx.actor);
  invariant(userId !== null, "a person claims");
  const task = await findTask(ctx.tx, taskId);
  if (!task) throw new Refusal("not_found");
  const before = task.afterTaskId === null ? null : await findTask(ctx.tx, task.afterTaskId);
  const { timeZone } = ctx.policy;
  const period = periodAt(task, ctx.now, timeZone).key;
  const life = lifetimeOf(ctx.now, ctx.policy);

  const { book, ridden } = await openBook(ctx, [userId], lotsFor([life]), [
    readClaims(userId, [task, ...(before ? [before] : [])].map((each) => ({ taskId: each.id, period: periodAt(each, ctx.now, timeZone).key }))),
    countFacts([{ userId, span: spanAt(task, ctx.now, timeZone) }]),
    readPerks([userId]),
  ]);
  const claims = claimsFrom(ridden[0] ?? []);
  const page = pageOf(book, userId);

  const isUnlocked = task.afterTaskId === null || claims.get(task.afterTaskId)?.isUndone === false;
  orRefuse(decideClaim(task, { count: countsFrom(ridden[1] ?? [])[0] ?? 0, claim: claims.get(task.id) ?? null, isUnlocked }, ctx.now));
  orRefuse(mayEarn(page));

  const source = claimSource(userId, task.id, period);
  if (task.rewardPoints > 0) orRefuse(postEarn(book, userId, task.rewardPoints, life, source, { breakdown: { task: task.rewardPoints } }));
  judgeVelocity(book, userId);
  const cards = cardsOf(task, userId, source);
  keepWithinLimit(cards, 0, ctx.policy.freezesHeldMax - perksFrom(ridden[2] ?? [])(userId).streak_freeze);
  await writeBook(ctx, book, claimRows(ctx, userId, task, period, cards));
  return { points: task.rewardPoints, perk: cards[0]?.perk ?? null, perkQuantity: cards[0]?.quantity ?? 0, pointsAvailable: availableOn(page) };
}

const cardsOf = ({ rewardPerk: perk, rewardPerkQuantity: quantity }: Task, userId: UserId, source: Source): PerkMove[] => (perk && quantity > 0 ? [{ userId, perk, quantity, source }] : []);

/** The claim's row keeps what it was claimed for: a target that is raised later takes nothing back. */
function claimRows(ctx: Ctx, userId: UserId, task: Task, period: string, cards: readonly PerkMove[]) {
  const { rewardPoints: points } = task;
  return [
    insertRows("user_tasks", ["user_id", "task_id", "period", "progress", "completed", "completed_at", "points", "created_at"],
      [[userId, task.id, period, task.target, true, ctx.now, points, ctx.now]]),
    ...perkRows(cards, ctx.now),
    eventRows([{ fact: { name: "task.claimed", subject: { type: "user", id: String(userId) }, data: { taskId: task.id, period, points } }, by: userId }], ctx.now),
  ];
}
