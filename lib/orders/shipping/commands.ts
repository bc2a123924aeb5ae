import "server-only";

import { eq } from "drizzle-orm";
import type { z } from "zod";

import { insertRows, sendPacket, statement } from "@/db/packet";
import { orders, shipments } from "@/db/schema";
import { actorId, type Ctx } from "@/lib/ctx";
import { emit } from "@/lib/events/commands";
import { invariant } from "@/lib/invariant";
import { Refusal } from "@/lib/refusal";

import type { Settlement } from "../commands";
import { owedOf, owesParcels } from "../line";
import { addDelivered, advanceOrder, lockOrder, readLines, type SoldLine } from "../receiving/commands";
import type { ParcelInput, ShipInput } from "../schema";

type Chosen = { line: SoldLine; quantity: number };

/**
 * Staff hands a parcel to a carrier: the chosen pieces, or without a choice all that are still to be sent. With the last one the order is shipped.
 * Refuses `not_found`, `order_not_shippable`, `quantity_over_limit` { limit }.
 */
export async function shipOrder(ctx: Ctx, { orderId, carrier, trackingNumber, lines: wanted }: z.input<typeof ShipInput>): Promise<Settlement & { shipmentId: number }> {
  const order = await lockOrder(ctx, orderId);
  const lines = await readLines(ctx, order.id);
  const chosen = choose(lines, wanted as Wanted);
  if (order.status !== "paid" || chosen.length === 0) throw new Refusal("order_not_shippable", { status: order.status });
  const [shipment] = await ctx.tx.insert(shipments).values({ orderId: order.id, carrier, trackingNumber, actorId: actorId(ctx.actor), createdAt: ctx.now }).$returningId();
  invariant(shipment, "an insert returns its id");
  await sendPacket(ctx.tx, [
    insertRows("shipment_lines", ["shipment_id", "line", "quantity"], chosen.map(({ line, quantity }) => [shipment.id, line.line, quantity])),
    // The order itself names its first parcel.
    statement("UPDATE orders SET carrier = COALESCE(carrier, ?), tracking_number = COALESCE(tracking_number, ?) WHERE id = ?", [carrier, trackingNumber, order.id]),
  ]);
  for (const { line, quantity } of chosen) await addDelivered(ctx, order.id, line, quantity);
  const pieces = chosen.reduce((sum, { quantity }) => sum + quantity, 0);
  await emit(ctx, { name: "order.parcel_sent", subject: { type: "order", id: order.publicId }, data: { shipmentId: shipment.id, carrier, trackingNumber, pieces, isLast: !owesParcels(lines) } });
  return { ...(await advanceOrder(ctx, order, lines)), shipmentId: shipment.id };
}

type Wanted = readonly { line: number; quantity: number }[] | undefined;

function choose(lines: readonly SoldLine[], wanted: Wanted): Chosen[] {
  const open = lines.filter((line) => line.delivery === "shipped" && owedOf(line) > 0);
  if (!wanted) return open.map((line) => ({ line, quantity: owedOf(line) }));
  return wanted.filter(({ quantity }) => quantity > 0).map(({ line: number, quantity }) => {
    const line = open.find((each) => each.line === number);
    const limit = line ? owedOf(line) : 0;
    if (!line || quantity > limit) throw new Refusal("quantity_over_limit", { limit });
    return { line, quantity };
  });
}

/** Staff corrects what a parcel travels with. The same again changes nothing. Refuses `not_found`. */
export async function correctParcel(ctx: Ctx, { orderId, shipmentId, carrier, trackingNumber }: z.infer<typeof ParcelInput>): Promise<void> {
  const order = await lockOrder(ctx, orderId);
  const parcels = await ctx.tx.select().from(shipments).where(eq(shipments.orderId, order.id)).orderBy(shipments.id);
  const parcel = parcels.find(({ id }) => id === shipmentId);
  if (!parcel) throw new Refusal("not_found");
  const changes: Record<string, [string, string]> = {};
  if (parcel.carrier !== carrier) changes.carrier = [parcel.carrier, carrier];
  if (parcel.trackingNumber !== trackingNumber) changes.trackingNumber = [parcel.trackingNumber, trackingNumber];
  if (Object.keys(changes).length === 0) return;
  await ctx.tx.update(shipments).set({ carrier, trackingNumber }).where(eq(shipments.id, shipmentId));
  if (parcel.id === parcels[0]!.id) await ctx.tx.update(orders).set({ carrier, trackingNumber }).where(eq(orders.id, order.id));
  await emit(ctx, { name: "order.parcel_corrected", subject: { type: "order", id: order.publicId }, data: { shipmentId, changes } });
}
