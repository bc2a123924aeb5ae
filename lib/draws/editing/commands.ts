import "server-only";

import { and, eq, inArray } from "drizzle-orm";

import { affectedRows, sendPacket, statement } from "@/db/packet";
import { couponTemplates, drawPrizes, draws } from "@/db/schema";
import type { Ctx } from "@/lib/ctx";
import { addDays, dayOf } from "@/lib/day";
import { emit } from "@/lib/events/commands";
import { invariant } from "@/lib/invariant";
import { orRefuse, Refusal } from "@/lib/refusal";
import { isAllowed } from "@/lib/staff";

import { checkOdds, isWorthMore, phaseOf } from "../draw";
import { findDraw } from "../queries";
import { lockRounds, openRounds, renewRounds } from "../rounds/commands";
import type { DrawInput, PrizeInput } from "../schema";

type DrawRow = typeof draws.$inferSelect;
type Changes = Record<string, [unknown, unknown]>;

/**
 * Makes a draw, or changes the one of `id`. What people saw the commitment of stays: new prizes and odds are played from the next round on,
 * that of tomorrow where today's is open. Stock changes at once, by the difference to what the form showed.
 * Prizes that are worth a large adjustment take who may approve one.
 * Refuses `not_found`, `slug_taken`, `odds_exceed_one` { over }, `prizes_need_approver` { threshold }, `stock_too_low` { stock } when fewer are left than are taken away.
 */
export async function saveDraw(ctx: Ctx, { requestId: _requestId, id, slug, prizes, ...fields }: DrawInput): Promise<{ id: number; slug: string }> {
  orRefuse(checkOdds(prizes.filter(({ isActive }) => isActive)));
  const threshold = ctx.policy.adjustmentApprovalPoints;
  if (ctx.actor.kind === "staff" && !isAllowed(ctx.actor, "adjustments.approve") && isWorthMore(fields, prizes, threshold)) throw new Refusal("prizes_need_approver", { threshold });
  const before = id === undefined ? null : await lockDraw(ctx, id);
  await refuseStrangers(ctx, id, prizes);
  const draw = before ?? (await insertDraw(ctx, slug!, fields));
  if (before) await ctx.tx.update(draws).set({ ...fields, updatedAt: ctx.now }).where(eq(draws.id, before.id));
  const changes = { ...changesBetween(before ?? {}, before ? fields : { slug, ...fields }), ...(await savePrizes(ctx, draw.id, prizes)) };
  if (Object.keys(changes).length > 0) {
    await emit(ctx, { name: before ? "draw.changed" : "draw.created", subject: { type: "draw", id: String(draw.id) }, data: { changes } });
  }
  const today = dayOf(ctx.now, ctx.policy.timeZone);
  await renewRounds(ctx, draw.id, before && phaseOf(before, ctx.now) === "open" ? addDays(today, 1) : today);
  const saved = await findDraw(ctx.tx, draw.id);
  invariant(saved, "a saved draw is there");
  await openRounds(ctx, saved);
  return { id: saved.id, slug: saved.slug };
}

async function lockDraw(ctx: Ctx, id: number): Promise<DrawRow> {
  const [row] = await ctx.tx.select().from(draws).where(eq(draws.id, id)).for("update");
  if (!row) throw new Refusal("not_found");
  await lockRounds(ctx, id);
  return row;
}

async function insertDraw(ctx: Ctx, slug: string, fields: Omit<DrawInput, "requestId" | "id" | "slug" | "prizes">): Promise<{ id: number }> {
  const [taken] = await ctx.tx.select({ id: draws.id }).from(draws).where(eq(draws.slug, slug));
  if (taken) throw new Refusal("slug_taken");
  const [row] = await ctx.tx.insert(draws).values({ ...fields, slug, createdAt: ctx.now, updatedAt: ctx.now }).$returningId();
  invariant(row, "an insert returns its id");
  return row;
}

/** A prize of another draw, or a coupon that is not there, is nobody's to name. */
async function refuseStrangers(ctx: Ctx, drawId: number | undefined, prizes: readonly PrizeInput[]): Promise<void> {
  const ids = prizes.flatMap(({ id }) => (id === undefined ? [] : [id]));
  const templates = [...new Set(prizes.flatMap(({ couponTemplateId }) => (couponTemplateId === null ? [] : [couponTemplateId])))];
  if (new Set(ids).size < ids.length) throw new Refusal("not_found");
  const own = ids.length === 0 ? [] : await ctx.tx.select({ id: drawPrizes.id }).from(drawPrizes).where(and(inArray(drawPrizes.id, ids), eq(drawPrizes.drawId, drawId ?? 0)));
  const known = templates.length === 0 ? [] : await ctx.tx.select({ id: couponTemplates.id }).from(couponTemplates).where(inArray(couponTemplates.id, templates));
  if (own.length < ids.length || known.length < templates.length) throw new Refusal("not_found");
}

/** Prizes keep their place in the list. One that is not in the list any more is switched off: what was won of it stays. */
async function savePrizes(ctx: Ctx, drawId: number, prizes: readonly PrizeInput[]): Promise<Changes> {
  const before = await ctx.tx.select().from(drawPrizes).where(eq(drawPrizes.drawId, drawId)).orderBy(drawPrizes.position, drawPrizes.id);
  const changes: Changes = {};
  for (const [position, { id, stock, stockShown, ...fields }] of prizes.entries()) {
    const known = before.find((row) => row.id === id);
    const values = { ...fields, position };
    const prizeId = known ? known.id : await insertPrize(ctx, drawId, values);
    if (known) await ctx.tx.update(drawPrizes).set(values).where(eq(drawPrizes.id, known.id));
    note(changes, prizeId, known ?? {}, values);
    if (stock !== stockShown) {
      await setStock(ctx, prizeId, stock, stockShown);
      changes[`prize ${prizeId} stock`] = [stockShown, stock];
    }
  }
  for (const gone of before.filter((row) => row.isActive && !prizes.some(({ id }) => id === row.id))) {
    await ctx.tx.update(drawPrizes).set({ isActive: false }).where(eq(drawPrizes.id, gone.id));
    changes[`prize ${gone.id} isActive`] = [true, false];
  }
  return changes;
}

async function insertPrize(ctx: Ctx, drawId: number, values: Omit<PrizeInput, "id" | "stock" | "stockShown"> & { position: number }): Promise<number> {
  const [row] = await ctx.tx.insert(drawPrizes).values({ drawId, ...values }).$returningId();
  invariant(row, "an insert returns its id");
  return row.id;
}

/** Pieces that were won since the form was opened stay won: only the difference is applied. */
async function setStock(ctx: Ctx, prizeId: number, stock: number | null, shown: number | null): Promise<void> {
  if (stock === null) return void (await sendPacket(ctx.tx, [statement("DELETE FROM prize_stock WHERE prize_id = ?", [prizeId])]));
  if (shown === null) {
    return void (await sendPacket(ctx.tx, [statement("INSERT INTO prize_stock (prize_id, stock) VALUES (?, ?) ON DUPLICATE KEY UPDATE stock = VALUES(stock)", [prizeId, stock])]));
  }
  const [header, [row] = []] = await sendPacket(ctx.tx, [
    statement("UPDATE prize_stock SET stock = stock + ? WHERE prize_id = ? AND stock + ? >= 0", [stock - shown, prizeId, stock - shown]),
    statement("SELECT stock FROM prize_stock WHERE prize_id = ?", [prizeId]),
  ]);
  if (affectedRows(header) === 0) throw new Refusal("stock_too_low", { stock: Number(row?.stock ?? 0) });
}

function note(changes: Changes, prizeId: number, before: Record<string, unknown>, after: Record<string, unknown>): void {
  for (const [field, change] of Object.entries(changesBetween(before, after))) changes[`prize ${prizeId} ${field}`] = change;
}

/** Instants are compared by their time, as they are written to the event. */
function changesBetween(before: Record<string, unknown>, after: Record<string, unknown>): Changes {
  const plain = (value: unknown): unknown => (value instanceof Date ? value.toISOString() : (value ?? null));
  return Object.fromEntries(Object.keys(after).filter((field) => plain(before[field]) !== plain(after[field])).map((field) => [field, [plain(before[field]), plain(after[field])]]));
}
