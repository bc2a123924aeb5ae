import "server-only";

import type { z } from "zod";

import { affectedRows, insertRows, sendPacket, statement, type Statement } from "@/db/packet";
import { hmacUnder } from "@/lib/chance";
import { issueCoupon } from "@/lib/coupons/issuing/commands";
import { actorId, type Ctx, type UserId } from "@/lib/ctx";
import { dayOf, type Day } from "@/lib/day";
import { eventRows } from "@/lib/events/commands";
import type { Fact } from "@/lib/events/event";
import { publicId } from "@/lib/id";
import { invariant } from "@/lib/invariant";
import { availableOn, mayEarn, pageOf, postGrant, postSpend } from "@/lib/points/book";
import { openBook, writeBook } from "@/lib/points/commands";
import { expiryOf } from "@/lib/points/expiry";
import type { Source } from "@/lib/points/ledger";
import { perkRows } from "@/lib/points/perks/commands";
import { orRefuse, Refusal } from "@/lib/refusal";

import { decideSpin, type SpinPayment } from "./draw";
import { rollOf } from "./fair";
import { prizeAt, readTable, type TablePrize } from "./prize";
import { chancesFrom, findDraw, readChances } from "./queries";
import { takeNonce } from "./rounds/commands";
import type { SpinInput } from "./schema";

export type Spun = {
  spinId: string;
  day: Day;
  nonce: number;
  roll: number;
  paidWith: SpinPayment["with"];
  pointsSpent: number;
  /** What the roll hit; null is nothing. */
  rolled: TablePrize | null;
  /** What was given: null when nothing was hit, or when the last piece of it had gone. */
  prize: TablePrize | null;
  pointsAvailable: number;
};

/** What a spin's spend, prize and granted spin are named after. */
export const spinSource = (spinId: string): Source => ({ type: "spin", id: spinId });

/**
 * Spins once: takes a free spin of the day, a granted one or points, draws from the day's round and gives what was hit.
 * A prize whose last piece has gone gives nothing, and the spin says what it would have been.
 * Refuses `not_found`, `draw_not_open`, `no_spins_left`, `price_changed` { points }, `insufficient_points` { pointsMissing }, `account_frozen`, `account_held`.
 */
export async function spin(ctx: Ctx, { drawId, pointsShown }: Pick<z.infer<typeof SpinInput>, "drawId" | "pointsShown">): Promise<Spun> {
  const userId = actorId(ctx.actor);
  invariant(userId !== null, "a person spins");
  const draw = await findDraw(ctx.tx, drawId);
  if (!draw) throw new Refusal("not_found");
  const day = dayOf(ctx.now, ctx.policy.timeZone);
  const expiresAt = expiryOf(ctx.now, ctx.policy);

  const { book, ridden } = await openBook(ctx, [userId], [{ kind: "open" }, { kind: "expiring-at", instants: [expiresAt] }], readChances(userId, drawId, day));
  const page = pageOf(book, userId);
  const payment = orRefuse(decideSpin(draw, chancesFrom(ridden), pointsShown, ctx.now));
  orRefuse(mayEarn(page));
  const source = spinSource(publicId());
  if (payment.points > 0) orRefuse(postSpend(book, userId, payment.points, source));

  const round = await takeNonce(ctx, drawId, day);
  const roll = rollOf(hmacUnder(round.seed), { slug: draw.slug, day }, round.nonce);
  const rolled = prizeAt(readTable(round.prizeTable), roll);
  const prize = rolled && (await take(ctx, rolled, userId, source.id)) ? rolled : null;
  const points = prize?.kind === "points" ? prize.amount : 0;
  if (points > 0) postGrant(book, userId, points, expiresAt, source, { reason: prize!.name });

  await writeBook(ctx, book, [
    insertRows("spins", ["public_id", "round_id", "draw_id", "nonce", "user_id", "local_day", "paid_with", "points", "roll", "rolled_prize_id", "prize_id", "created_at"],
      [[source.id, round.id, drawId, round.nonce, userId, day, payment.with, payment.points, roll, rolled?.id ?? null, prize?.id ?? null, ctx.now]]),
    ...usedSpin(ctx, payment, userId, drawId, source),
    ...(prize?.kind === "make_up_card" ? perkRows([{ userId, perk: "make_up_card", quantity: prize.quantity, source }], ctx.now) : []),
    eventRows(factsOf(userId, drawId, source.id, prize, payment, points).map((fact) => ({ fact, by: userId })), ctx.now),
  ]);
  return { spinId: source.id, day, nonce: round.nonce, roll, paidWith: payment.with, pointsSpent: payment.points, rolled, prize, pointsAvailable: availableOn(page) };
}

/** Takes a piece of the prize, where there is a limit, and gives the coupon that it stands for. False when the last one has gone. */
async function take(ctx: Ctx, prize: TablePrize, userId: UserId, spinId: string): Promise<boolean> {
  const [header, [left] = []] = await sendPacket(ctx.tx, [
    statement("UPDATE prize_stock SET stock = stock - 1 WHERE prize_id = ? AND stock > 0", [prize.id]),
    statement("SELECT stock FROM prize_stock WHERE prize_id = ?", [prize.id]),
  ]);
  const isLimited = left !== undefined;
  if (isLimited && affectedRows(header) === 0) return false;
  if (prize.kind !== "coupon") return true;
  if (await issueCoupon(ctx, { templateId: prize.amount, userId, source: { type: "draw", id: spinId } })) return true;
  if (isLimited) await sendPacket(ctx.tx, [statement("UPDATE prize_stock SET stock = stock + 1 WHERE prize_id = ?", [prize.id])]);
  return false;
}

const usedSpin = (ctx: Ctx, payment: SpinPayment, userId: UserId, drawId: number, source: Source): Statement[] =>
  payment.with !== "granted" ? [] : [insertRows("spin_moves", ["user_id", "draw_id", "quantity", "source_type", "source_id", "created_at"], [[userId, drawId, -1, source.type, source.id, ctx.now]])];

function factsOf(userId: UserId, drawId: number, spinId: string, prize: TablePrize | null, payment: SpinPayment, points: number): Fact[] {
  const subject = { type: "user", id: String(userId) } as const;
  return [
    { name: "draw.spun", subject, data: { drawId, spinId, prize: prize?.name ?? "", points: payment.points } },
    ...(points > 0 ? [{ name: "points.adjusted", subject, data: { points, reason: prize!.name } } as const] : []),
  ];
}
