import "server-only";

import { sendPacket, statement } from "@/db/packet";
import { openCode } from "@/lib/code-vault";
import type { Ctx } from "@/lib/ctx";
import { emit } from "@/lib/events/commands";
import { Refusal } from "@/lib/refusal";

import { lockOrder } from "../receiving/commands";

/**
 * Shows its buyer a code that they own: nobody else, staff neither. The first look is noted, and every one is told to the audit trail.
 * Refuses `forbidden`, `not_found`.
 */
export async function revealCode(ctx: Ctx, { orderId, codeId }: { orderId: string; codeId: number }): Promise<{ code: string }> {
  if (ctx.actor.kind !== "shopper") throw new Refusal("forbidden");
  // Under the account's lock: a refund that takes the code back comes before or after, never between.
  const order = await lockOrder(ctx, orderId);
  const [rows = []] = await sendPacket(ctx.tx, [
    statement(
      `SELECT c.cipher, c.line, i.product_id FROM virtual_codes c JOIN order_items i ON i.order_id = c.order_id AND i.line = c.line WHERE c.id = ? AND c.order_id = ? AND c.status = 'sold'`,
      [codeId, order.id],
    ),
  ]);
  const [row] = rows;
  if (!row) throw new Refusal("not_found");
  const code = openCode(row.product_id, row.cipher);
  await sendPacket(ctx.tx, [statement("UPDATE virtual_codes SET revealed_at = COALESCE(revealed_at, ?) WHERE id = ?", [ctx.now, codeId])]);
  await emit(ctx, { name: "code.revealed", subject: { type: "order", id: orderId }, data: { codeId, line: row.line } });
  return { code };
}
