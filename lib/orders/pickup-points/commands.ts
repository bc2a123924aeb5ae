import "server-only";

import { eq } from "drizzle-orm";

import { pickupPoints } from "@/db/schema";
import type { Ctx } from "@/lib/ctx";
import { emit } from "@/lib/events/commands";
import { invariant } from "@/lib/invariant";
import { Refusal } from "@/lib/refusal";

import type { PickupPointInput } from "./schema";

/** Makes a pick-up point, or changes the one of `id`. Orders keep the point as it was described to them. Refuses `not_found`. */
export async function savePickupPoint(ctx: Ctx, { requestId: _requestId, id, ...fields }: PickupPointInput): Promise<{ id: number }> {
  const before = id === undefined ? null : await findLocked(ctx, id);
  const pointId = before ? before.id : await insertPoint(ctx, fields);
  if (before) await ctx.tx.update(pickupPoints).set(fields).where(eq(pickupPoints.id, before.id));
  const changes = changesBetween(before ?? {}, fields);
  if (Object.keys(changes).length === 0) return { id: pointId };
  await emit(ctx, { name: before ? "pickup_point.changed" : "pickup_point.created", subject: { type: "pickup_point", id: String(pointId) }, data: { changes } });
  return { id: pointId };
}

async function findLocked(ctx: Ctx, id: number) {
  const [row] = await ctx.tx.select().from(pickupPoints).where(eq(pickupPoints.id, id)).for("update");
  if (!row) throw new Refusal("not_found");
  return row;
}

async function insertPoint(ctx: Ctx, fields: Omit<PickupPointInput, "requestId" | "id">): Promise<number> {
  const [row] = await ctx.tx.insert(pickupPoints).values(fields).$returningId();
  invariant(row, "an insert returns its id");
  return row.id;
}

const changesBetween = (before: Record<string, unknown>, after: Record<string, unknown>): Record<string, [unknown, unknown]> =>
  Object.fromEntries(Object.keys(after).filter((field) => before[field] !== after[field]).map((field) => [field, [before[field] ?? null, after[field]]]));
