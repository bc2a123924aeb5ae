import "server-only";

import { insertRows, sendPacket, type Statement } from "@/db/packet";
import { actorId, type Ctx, type UserId } from "@/lib/ctx";

import type { Fact } from "./event";

/** Appends a fact in the transaction in which it became true: the audit trail and the outbox are this row. */
export async function emit(ctx: Ctx, ...facts: readonly Fact[]): Promise<void> {
  await sendPacket(ctx.tx, [eventRows(facts.map((fact) => ({ fact, by: actorId(ctx.actor) })), ctx.now)]);
}

/** The same, as a statement for a command that sends its writes together. */
export function eventRows(facts: readonly { fact: Fact; by: UserId | null }[], now: Date): Statement {
  const rows = facts.map(({ fact, by }) => [fact.name, by, fact.subject.type, fact.subject.id, JSON.stringify(fact.data), now]);
  return insertRows("events", ["name", "actor_id", "subject_type", "subject_id", "data", "created_at"], rows);
}
