import { randomUUID } from "node:crypto";

import { expect, test } from "vitest";

import { db } from "@/db/client";
import { endOfDay } from "@/lib/day";
import { spin } from "@/lib/draws/commands";
import { saveDraw } from "@/lib/draws/editing/commands";
import { giveSpins } from "@/lib/draws/granting/commands";
import { revealRounds } from "@/lib/draws/rounds/commands";
import { DrawInput } from "@/lib/draws/schema";
import { findDrawForStaff } from "@/lib/draws/staff-queries";
import { perform } from "@/lib/perform";
import { allow, type Decision } from "@/lib/refusal";
import { once, requestKey } from "@/lib/request-key";

import { count, rows, violations } from "../database";
import { atOnce, aUser, balanceOf, tally, theClock, theShop, unique, usersWith, ZONE, type TestUser } from "../world";

type Spun = Awaited<ReturnType<typeof spin>>;

/** The answer of a command that may refuse. */
async function answer<T>(work: Promise<T>): Promise<Decision<T>> {
  try {
    return allow(await work);
  } catch (error) {
    if (error instanceof Error && error.name === "Refusal") return { ok: false, ...(error as unknown as { code: "not_found"; detail: Record<string, string> }) };
    throw error;
  }
}

const BIKE = { name: "大奖", kind: "points", points: 500, oddsPpm: 1_000_000, stock: 5 };
const aDraw = (plan: Record<string, unknown> = {}) =>
  perform(theShop, (ctx) => saveDraw(ctx, DrawInput.parse({ requestId: "test", slug: unique("wheel"), name: "转转", status: "active", spinPoints: 10, prizes: [BIKE], ...plan })));
const spinOnce = (who: TestUser, draw: { id: number }, pointsShown = 10): Promise<Decision<Spun>> => answer(perform(who.actor, (ctx) => spin(ctx, { drawId: draw.id, pointsShown })));
const won = (answers: readonly Decision<Spun>[]): number => answers.filter((each) => each.ok && each.value.prize !== null).length;
const noncesOf = (draw: { id: number }) => rows<{ nonce: number }>("SELECT nonce FROM spins WHERE draw_id = ? ORDER BY nonce", [draw.id]).then((found) => found.map(({ nonce }) => nonce));

test("200 people spin at once for five pieces: five are given, and the round's numbers have no gap and no repeat", async () => {
  const people = await usersWith(10, 200);
  const draw = await aDraw();
  const answers = await Promise.all(people.map((who) => spinOnce(who, draw)));
  expect(tally(answers)).toEqual({ ok: 200 });
  expect(won(answers)).toBe(5);
  expect(await noncesOf(draw)).toEqual(Array.from({ length: 200 }, (_, nonce) => nonce));
  const [round] = await rows<{ spins: number }>("SELECT spins FROM draw_rounds WHERE draw_id = ? ORDER BY local_day", [draw.id]);
  expect([round!.spins, await count("SELECT stock FROM prize_stock WHERE prize_id = (SELECT id FROM draw_prizes WHERE draw_id = ?)", [draw.id])]).toEqual([200, 0]);
  expect(await count("SELECT SUM(points_balance) FROM point_accounts WHERE user_id IN (SELECT user_id FROM spins WHERE draw_id = ?)", [draw.id])).toBe(2_500);
  expect(await violations()).toEqual([]);
});

test("50 spins of one person at once keep to the day's limit, its one free spin and the granted two", async () => {
  const lin = await aUser({ points: 1_000 });
  const draw = await aDraw({ freeSpinsPerDay: 1, spinsPerDay: 7, prizes: [{ name: "谢谢", kind: "nothing", oddsPpm: 1_000_000 }] });
  await perform(theShop, (ctx) => giveSpins(ctx, { requestId: "x", drawId: draw.id, email: lin.email, quantity: 2, reason: "x" }));
  const answers = await atOnce(50, () => spinOnce(lin, draw));
  expect(tally(answers)).toEqual({ ok: 7, no_spins_left: 43 });
  const paid = await rows<{ paid_with: string; many: number }>("SELECT paid_with, COUNT(*) AS many FROM spins WHERE draw_id = ? GROUP BY paid_with ORDER BY paid_with", [draw.id]);
  expect(paid).toEqual([{ paid_with: "free", many: 1 }, { paid_with: "granted", many: 2 }, { paid_with: "points", many: 4 }]);
  expect([await balanceOf(lin), await count("SELECT SUM(quantity) FROM spin_moves WHERE user_id = ?", [lin.id])]).toEqual([960, 0]);
});

test("50 spins at once with points for three take those, and no number of the round is lost to a refusal", async () => {
  const lin = await aUser({ points: 30 });
  const draw = await aDraw({ prizes: [{ name: "谢谢", kind: "nothing", oddsPpm: 1_000_000 }] });
  expect(tally(await atOnce(50, () => spinOnce(lin, draw)))).toEqual({ ok: 3, insufficient_points: 47 });
  expect([await balanceOf(lin), await noncesOf(draw)]).toEqual([0, [0, 1, 2]]);
});

test("one request sent 50 times at once spins once, and each answer is the same", async () => {
  const lin = await aUser({ points: 100 });
  const draw = await aDraw();
  const key = randomUUID();
  const answers = await atOnce(50, () => perform(lin.actor, (ctx) => once(ctx, requestKey(key, "spin", {}), () => spin(ctx, { drawId: draw.id, pointsShown: 10 }))));
  expect(new Set(answers.map(({ spinId }) => spinId)).size).toBe(1);
  expect([await balanceOf(lin), await noncesOf(draw)]).toEqual([590, [0]]);
});

test("staff changes the stock while 60 people spin: what was given and what is left add up to what there was and came", async () => {
  const people = await usersWith(10, 60);
  const draw = await aDraw({ prizes: [{ ...BIKE, stock: 20 }] });
  const { slug: _slug, updatedAt: _updatedAt, ...known } = (await findDrawForStaff(db(), draw.id))!;
  const more = (times: number) => perform(theShop, (ctx) => saveDraw(ctx, DrawInput.parse({ requestId: "x", ...known, prizes: known.prizes.map((prize) => ({ ...prize, name: `大奖 ${times}`, stock: 22, stockShown: 20 })) })));
  const [answers] = await Promise.all([Promise.all(people.map((who) => spinOnce(who, draw))), atOnce(5, more)]);
  expect(won(answers) + (await count("SELECT stock FROM prize_stock WHERE prize_id = ?", [known.prizes[0]!.id]))).toBe(30);
  expect(await violations()).toEqual([]);
});

test("spins of the last second and the telling of the seed at once: nothing is drawn after the seed is known", async () => {
  const people = await usersWith(10, 40);
  const draw = await aDraw();
  const over = new Date(endOfDay(theClock.today(), ZONE).getTime() + 3_600_000);
  const answers = await Promise.all([...people.map((who) => spinOnce(who, draw)), answer(perform(theShop, revealRounds, over))]);
  const spun = answers.slice(0, -1).filter(({ ok }) => ok).length;
  expect(answers.at(-1)).toMatchObject({ ok: true });
  expect(tally(answers.slice(0, -1))).toEqual({ ...(spun > 0 ? { ok: spun } : {}), ...(spun < 40 ? { draw_not_open: 40 - spun } : {}) });
  expect(await noncesOf(draw)).toEqual(Array.from({ length: spun }, (_, nonce) => nonce));
  for (const who of people) expect([0, 10, 500]).toContain(await balanceOf(who));
});
