import "server-only";

import { and, asc, eq } from "drizzle-orm";
import type { z } from "zod";

import { appeals, riskAlerts } from "@/db/schema";
import { endFreeze, lockFreeze } from "@/lib/accounts/freezing/commands";
import { actorId, type Ctx, type UserId } from "@/lib/ctx";
import { emit } from "@/lib/events/commands";
import { invariant } from "@/lib/invariant";
import { Refusal } from "@/lib/refusal";
import { refuseUnlessAllowed } from "@/lib/staff";

import { refuseUnlessOverThem, settleAlert } from "../commands";
import type { AppealDecisionInput, AppealInput } from "../schema";

/** A frozen person says what they have to say, once at a time: under their account's lock two tabs are one after the other. Refuses `not_frozen`, `appeal_open`. */
export async function writeAppeal(ctx: Ctx, { body }: Pick<z.infer<typeof AppealInput>, "body">): Promise<{ id: number }> {
  const userId = actorId(ctx.actor);
  invariant(userId !== null, "a person appeals");
  const { isFrozen } = await lockFreeze(ctx, userId);
  if (!isFrozen) throw new Refusal("not_frozen");
  const [open] = await ctx.tx.select({ id: appeals.id }).from(appeals).where(and(eq(appeals.userId, userId), eq(appeals.status, "open")));
  if (open) throw new Refusal("appeal_open");
  const [row] = await ctx.tx.insert(appeals).values({ userId, body, createdAt: ctx.now }).$returningId();
  invariant(row, "an insert returns its id");
  await emit(ctx, { name: "appeal.written", subject: { type: "appeal", id: String(row.id) }, data: { userId } });
  return { id: row.id };
}

/**
 * Answers an appeal. One that is accepted ends the freeze in the same transaction, and what had frozen the account is dismissed with it.
 * Refuses `forbidden`, also about one's own; `not_found`; `already_settled`.
 */
export async function decideAppeal(ctx: Ctx, { id, verdict, answer }: Omit<z.infer<typeof AppealDecisionInput>, "requestId">): Promise<void> {
  refuseUnlessAllowed(ctx.actor, "risk.decide");
  const [whose] = await ctx.tx.select({ userId: appeals.userId }).from(appeals).where(eq(appeals.id, id));
  if (!whose) throw new Refusal("not_found");
  const userId = whose.userId as UserId;
  await lockFreeze(ctx, userId);
  await refuseUnlessOverThem(ctx, userId);
  const [appeal] = await ctx.tx.select({ status: appeals.status }).from(appeals).where(eq(appeals.id, id)).for("update");
  if (appeal?.status !== "open") throw new Refusal("already_settled");
  const status = verdict === "accept" ? "accepted" : "declined";
  await ctx.tx.update(appeals).set({ status, answer, decidedBy: actorId(ctx.actor), decidedAt: ctx.now }).where(eq(appeals.id, id));
  await emit(ctx, { name: "appeal.decided", subject: { type: "appeal", id: String(id) }, data: { userId, changes: { status: ["open", status] } } });
  if (verdict === "accept") await letGoOn(ctx, userId);
}

async function letGoOn(ctx: Ctx, userId: UserId): Promise<void> {
  const frozenBy = await ctx.tx
    .select({ id: riskAlerts.id, rule: riskAlerts.rule }).from(riskAlerts)
    .where(and(eq(riskAlerts.userId, userId), eq(riskAlerts.mode, "freeze"), eq(riskAlerts.status, "open"))).orderBy(asc(riskAlerts.id)).for("update");
  for (const { id, rule } of frozenBy) await settleAlert(ctx, { id, userId, rule }, "dismissed", "");
  await endFreeze(ctx, userId);
}
