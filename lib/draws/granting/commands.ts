import "server-only";

import { and, eq, isNull } from "drizzle-orm";

import { insertRows, sendPacket } from "@/db/packet";
import { users } from "@/db/schema";
import { actorId, type Ctx, type UserId } from "@/lib/ctx";
import { emit } from "@/lib/events/commands";
import { publicId } from "@/lib/id";
import type { Source } from "@/lib/points/ledger";
import { Refusal } from "@/lib/refusal";
import { isAllowed } from "@/lib/staff";

import { findDraw } from "../queries";
import type { GrantSpinsInput } from "../schema";

export type SpinGrant = { drawId: number; userIds: readonly UserId[]; quantity: number; reason: string; source: Source };

/** Gives people spins that cost them nothing; each person once for the source. */
export async function grantSpins(ctx: Ctx, { drawId, userIds, quantity, reason, source }: SpinGrant): Promise<void> {
  if (userIds.length === 0) return;
  await sendPacket(ctx.tx, [
    insertRows("spin_moves", ["user_id", "draw_id", "quantity", "source_type", "source_id", "created_at"], userIds.map((userId) => [userId, drawId, quantity, source.type, source.id, ctx.now])),
  ]);
  await emit(ctx, ...userIds.map((userId) => ({ name: "draw.spins_granted", subject: { type: "user", id: String(userId) }, data: { drawId, quantity, reason } }) as const));
}

/**
 * Staff gives somebody spins, with the right to approve adjustments: whatever the draw gives today, its prizes may be points tomorrow.
 * Refuses `not_found` for a draw or a person who is not there, `spins_need_approver`, `forbidden` to those who give to themselves.
 */
export async function giveSpins(ctx: Ctx, { drawId, email, quantity, reason }: GrantSpinsInput): Promise<{ username: string; quantity: number }> {
  if (!(await findDraw(ctx.tx, drawId))) throw new Refusal("not_found");
  if (ctx.actor.kind === "staff" && !isAllowed(ctx.actor, "adjustments.approve")) throw new Refusal("spins_need_approver");
  const [person] = await ctx.tx.select({ id: users.id, username: users.username }).from(users).where(and(eq(users.email, email), isNull(users.erasedAt)));
  if (!person) throw new Refusal("not_found");
  if (actorId(ctx.actor) === person.id) throw new Refusal("forbidden");
  await grantSpins(ctx, { drawId, userIds: [person.id as UserId], quantity, reason, source: { type: "gift", id: publicId() } });
  return { username: person.username, quantity };
}
