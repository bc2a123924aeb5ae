import "server-only";

import { sendPacket, statement } from "@/db/packet";
import { actorId, type Ctx } from "@/lib/ctx";
import { emit } from "@/lib/events/commands";
import { Refusal } from "@/lib/refusal";

import type { Settlement } from "../commands";
import { owedOf } from "../line";
import { readPickupCode } from "../pickup-code";
import { addDelivered, advanceOrder, lockOrder, readLines } from "../receiving/commands";

/**
 * Staff hands over what is picked up, against its code, once; never their own order.
 * Refuses `forbidden`, `pickup_code_wrong`, `pickup_code_used`, `order_not_receivable` { status }.
 */
export async function handOverPickup(ctx: Ctx, { code }: { code: string }): Promise<Settlement & { pieces: number }> {
  if (ctx.actor.kind !== "staff") throw new Refusal("forbidden");
  const digits = readPickupCode(code);
  const found = digits === null ? null : await findCode(ctx, digits);
  if (!found || digits === null) throw new Refusal("pickup_code_wrong");
  const order = await lockOrder(ctx, found.orderId);
  if (order.userId === ctx.actor.id) throw new Refusal("forbidden");
  // Read again under the account's lock: somebody at the next counter may have handed it over meanwhile.
  if ((await findCode(ctx, digits))?.isUsed !== false) throw new Refusal("pickup_code_used");
  if (order.status !== "paid" && order.status !== "shipped") throw new Refusal("order_not_receivable", { status: order.status });
  const lines = await readLines(ctx, order.id);
  const waiting = lines.filter((line) => line.delivery === "pickup" && owedOf(line) > 0);
  if (waiting.length === 0) throw new Refusal("order_not_receivable", { status: order.status });
  const pieces = waiting.reduce((sum, line) => sum + owedOf(line), 0);
  for (const line of waiting) await addDelivered(ctx, order.id, line, owedOf(line));
  await sendPacket(ctx.tx, [statement("UPDATE pickup_codes SET verified_at = ?, verified_by = ? WHERE order_id = ? AND verified_at IS NULL", [ctx.now, actorId(ctx.actor), order.id])]);
  await emit(ctx, { name: "order.picked_up", subject: { type: "order", id: order.publicId }, data: { pieces } });
  return { ...(await advanceOrder(ctx, order, lines)), pieces };
}

async function findCode(ctx: Ctx, code: string): Promise<{ orderId: string; isUsed: boolean } | null> {
  const [rows = []] = await sendPacket(ctx.tx, [statement("SELECT o.public_id, p.verified_at FROM pickup_codes p JOIN orders o ON o.id = p.order_id WHERE p.code = ?", [code])]);
  return rows[0] ? { orderId: rows[0].public_id, isUsed: rows[0].verified_at !== null } : null;
}
