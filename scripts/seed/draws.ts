import { asc, eq } from "drizzle-orm";

import { db } from "@/db/client";
import { couponTemplates } from "@/db/schema";
import { currentTime } from "@/lib/clock";
import type { Actor, UserId } from "@/lib/ctx";
import { spin } from "@/lib/draws/commands";
import { saveDraw } from "@/lib/draws/editing/commands";
import { findDraw } from "@/lib/draws/queries";
import { openRounds, revealRounds } from "@/lib/draws/rounds/commands";
import { DrawInput } from "@/lib/draws/schema";
import { invariant } from "@/lib/invariant";
import { perform } from "@/lib/perform";

const clock: Actor = { kind: "system", name: "seed" };
const SPINS_EACH = 4;
const MINUTE_MS = 60_000;

const RULES = "每人每天可免费抽 1 次，之后每次 100 积分，一天最多 10 次。\n积分奖品当时到账，券和补签卡放进你的账户。\n抽中已抽完的奖品时不补发。";
const RULES_EN = "Everyone has one free spin a day. After that a spin costs 100 points, up to ten spins a day.\nPoints are in your account at once; coupons and cards are put there too.\nA prize that is gone is not replaced.";

const points = (amount: number, percent: number, more: { stock?: number } = {}) => ({ name: `${amount} 积分`, nameEn: `${amount} points`, kind: "points" as const, points: amount, oddsPpm: percent * 10_000, ...more });

/** A draw that opened yesterday: the neighbours have spun in its first round, whose seed has been told since. */
export async function seedDraws(merchant: Actor, neighbours: readonly { id: UserId }[], at: (daysAgo: number, hour: number) => Date): Promise<void> {
  const prizes = [
    points(1_000, 0.5, { stock: 20 }), points(200, 8), points(100, 16), points(50, 30),
    { name: "补签卡", nameEn: "Make-up card", kind: "make_up_card", oddsPpm: 60_000 }, await sixth(),
  ];
  const input = DrawInput.parse({
    requestId: "seed-draw", slug: "lucky-wheel", name: "转转好运", nameEn: "Lucky wheel", rules: RULES, rulesEn: RULES_EN, status: "active", spinPoints: 100, freeSpinsPerDay: 1, spinsPerDay: 10, prizes,
  });
  const { id } = await perform(merchant, (ctx) => saveDraw(ctx, input), at(1, 9));
  const evening = at(1, 18).getTime();
  for (let turn = 0; turn < SPINS_EACH; turn++) {
    for (const [index, { id: userId }] of neighbours.entries()) {
      await perform({ kind: "shopper", id: userId }, (ctx) => spin(ctx, { drawId: id, pointsShown: 100 }), new Date(evening + (turn * neighbours.length + index) * MINUTE_MS));
    }
  }
  await perform(clock, revealRounds, currentTime());
  const draw = await findDraw(db(), id);
  invariant(draw, "the draw was just made");
  await perform(clock, (ctx) => openRounds(ctx, draw), currentTime());
}

/** A coupon where the shop has one to give, else a second kind of card. */
async function sixth() {
  const [template] = await db().select({ id: couponTemplates.id, name: couponTemplates.name, nameEn: couponTemplates.nameEn }).from(couponTemplates).where(eq(couponTemplates.status, "active")).orderBy(asc(couponTemplates.id)).limit(1);
  if (!template) return { name: "3 张补签卡", nameEn: "3 make-up cards", kind: "make_up_card", quantity: 3, oddsPpm: 20_000, stock: 50 };
  return { name: template.name.slice(0, 40), nameEn: template.nameEn.slice(0, 40), kind: "coupon", couponTemplateId: template.id, oddsPpm: 20_000, stock: 50 };
}
