import { createHash, createHmac, randomUUID } from "node:crypto";

import { expect, test } from "vitest";

import { db } from "@/db/client";
import type { Actor, StaffId } from "@/lib/ctx";
import { addDays, endOfDay } from "@/lib/day";
import { keepDrawsJob } from "@/lib/jobs/keep-draws";
import { perform } from "@/lib/perform";
import { once, requestKey } from "@/lib/request-key";
import { count, rows, violations } from "@/test/database";
import { accountOf, atOnce, aUser, balanceOf, eventsAbout, freeze, ledgerOf, noonIn, refusalOf, staffWith, theClock, theShop, unique, ZONE, type TestUser } from "@/test/world";

import { spin, type Spun } from "./commands";
import { saveDraw } from "./editing/commands";
import { giveSpins } from "./granting/commands";
import { listRoundSpins } from "./proof-queries";
import { findDrawBySlug, findRound, getChances, listGivenPrizes, listOwnSpins, listToldRounds, listWinners, readPrizeStock } from "./queries";
import { revealRounds } from "./rounds/commands";
import { DrawInput } from "./schema";
import { findDrawForStaff, readResults } from "./staff-queries";

type Plan = Partial<Parameters<typeof DrawInput.parse>[0] & object> & Record<string, unknown>;
const SURE = { name: "20 积分", nameEn: "20 points", kind: "points", points: 20, oddsPpm: 1_000_000 };

/** A draw that is open, with one prize that every spin hits, for 100 points. */
const aDraw = (plan: Plan = {}, now = theClock.now()) =>
  perform(theShop, (ctx) => saveDraw(ctx, DrawInput.parse({ requestId: "test", slug: unique("wheel"), name: "转转好运", nameEn: "Lucky wheel", status: "active", spinPoints: 100, prizes: [SURE], ...plan })), now);

const spinOnce = (who: TestUser, draw: { id: number }, { pointsShown = 1_000_000, now = theClock.now() } = {}): Promise<Spun> => perform(who.actor, (ctx) => spin(ctx, { drawId: draw.id, pointsShown }), now);
const change = async (draw: { id: number }, changes: Plan, now = theClock.now()) => {
  const { slug: _slug, updatedAt: _updatedAt, ...known } = (await findDrawForStaff(db(), draw.id))!;
  const prizes = known.prizes.map(({ stock, ...prize }) => ({ ...prize, stock, stockShown: stock }));
  return perform(theShop, (ctx) => saveDraw(ctx, DrawInput.parse({ requestId: "test", ...known, prizes, ...changes })), now);
};
const prizesOf = async (draw: { id: number }) => (await findDrawForStaff(db(), draw.id))!.prizes;
const today = () => theClock.today();
const grant = (who: TestUser, draw: { id: number }, quantity: number) => perform(theShop, (ctx) => giveSpins(ctx, { requestId: "x", drawId: draw.id, email: who.email, quantity, reason: "a birthday" }));

test("a spin takes its price, rolls in the round of the day and gives what it hit; the points raise no level", async () => {
  const lin = await aUser({ points: 500 });
  const draw = await aDraw();
  const spun = await spinOnce(lin, draw);
  expect(spun).toMatchObject({ day: today(), nonce: 0, paidWith: "points", pointsSpent: 100, prize: { kind: "points", amount: 20 }, pointsAvailable: 420 });
  expect(await balanceOf(lin)).toBe(420);
  expect((await ledgerOf(lin)).slice(-2).map(({ kind, points_change, source_type, source_id }) => [kind, points_change, source_type, source_id])).toEqual([
    ["spend", -100, "spin", spun.spinId], ["adjust", 20, "spin", spun.spinId],
  ]);
  expect((await accountOf(lin)).total_points_earned).toBe(0);
  expect((await eventsAbout("user", lin.id)).slice(-2)).toEqual([
    { name: "draw.spun", actor_id: lin.id, data: { drawId: draw.id, spinId: spun.spinId, prize: "20 积分", points: 100 } },
    { name: "points.adjusted", actor_id: lin.id, data: { points: 20, reason: "20 积分" } },
  ]);
  expect(await violations()).toEqual([]);
});

test("what a spin gave keeps the names that it had then, in both languages", async () => {
  const lin = await aUser({ points: 500 });
  const draw = await aDraw();
  const { spinId } = await spinOnce(lin, draw);
  await change(draw, { prizes: (await prizesOf(draw)).map(({ stock, ...prize }) => ({ ...prize, stock, stockShown: stock, name: "二十分", nameEn: "Twenty" })) });
  expect(await listGivenPrizes(db(), [spinId, "x".repeat(22)])).toEqual(new Map([[spinId, expect.objectContaining({ name: "20 积分", nameEn: "20 points" })]]));
});

test("free spins of the day come first, then granted ones, then points; tomorrow there are free ones again", async () => {
  const lin = await aUser({ points: 500 });
  const draw = await aDraw({ freeSpinsPerDay: 2, prizes: [{ name: "谢谢参与", kind: "nothing", oddsPpm: 1_000_000 }] });
  await grant(lin, draw, 1);
  const how = [];
  for (let index = 0; index < 4; index++) how.push((await spinOnce(lin, draw)).paidWith);
  expect(how).toEqual(["free", "free", "granted", "points"]);
  expect([await balanceOf(lin), await getChances(lin.id, draw.id, today())]).toEqual([400, { spunToday: 4, freeToday: 2, granted: 0 }]);
  theClock.passDays(1);
  expect((await spinOnce(lin, draw)).paidWith).toBe("free");
  expect(await violations()).toEqual([]);
});

test("who was shown a free spin is not charged, whatever another tab has done", async () => {
  const lin = await aUser({ points: 500 });
  const draw = await aDraw({ freeSpinsPerDay: 1 });
  await spinOnce(lin, draw, { pointsShown: 0 });
  expect(await refusalOf(spinOnce(lin, draw, { pointsShown: 0 }))).toBe("price_changed");
  expect([await balanceOf(lin), await count("SELECT spins FROM draw_rounds WHERE draw_id = ? ORDER BY local_day", [draw.id])]).toEqual([520, 1]);
});

test("too few points, a limit reached, a frozen or held account, a draw that is closed: refused, and no number is used up", async () => {
  const [poor, lin, frozen, held] = [await aUser({ points: 99 }), await aUser({ points: 900 }), await aUser({ points: 900 }), await aUser({ points: 900 })];
  const draw = await aDraw({ spinsPerDay: 2 });
  await freeze(frozen);
  await rows("UPDATE point_accounts SET is_held = TRUE WHERE user_id = ?", [held.id]);
  expect(await refusalOf(spinOnce(poor, draw))).toBe("insufficient_points");
  expect(await refusalOf(spinOnce(frozen, draw))).toBe("account_frozen");
  expect(await refusalOf(spinOnce(held, draw))).toBe("account_held");
  await rows("UPDATE point_accounts SET is_held = FALSE WHERE user_id = ?", [held.id]);
  await spinOnce(lin, draw);
  await spinOnce(lin, draw);
  expect(await refusalOf(spinOnce(lin, draw))).toBe("no_spins_left");
  expect(await refusalOf(spinOnce(lin, { id: 999_999 }))).toBe("not_found");
  await change(draw, { status: "archived" });
  expect(await refusalOf(spinOnce(held, draw))).toBe("draw_not_open");
  const [later, over] = [await aDraw({ startsAt: noonIn(3) }), await aDraw({ endsAt: noonIn(-1) })];
  expect([await refusalOf(spinOnce(held, later)), await refusalOf(spinOnce(held, over))]).toEqual(["draw_not_open", "draw_not_open"]);
  expect(await count("SELECT SUM(spins) FROM draw_rounds WHERE draw_id IN (?, ?, ?)", [draw.id, later.id, over.id])).toBe(2);
});

test("the same request gives the same prize, once", async () => {
  const lin = await aUser({ points: 500 });
  const draw = await aDraw();
  const key = randomUUID();
  const ask = () => perform(lin.actor, (ctx) => once(ctx, requestKey(key, "spin", { drawId: draw.id }), () => spin(ctx, { drawId: draw.id, pointsShown: 100 })));
  const answers = await atOnce(5, ask);
  expect(new Set(answers.map(({ spinId }) => spinId)).size).toBe(1);
  expect([await balanceOf(lin), await count("SELECT COUNT(*) FROM spins WHERE draw_id = ?", [draw.id])]).toEqual([420, 1]);
});

test("when the last piece has gone the spin says what it would have been, and gives nothing", async () => {
  const lin = await aUser({ points: 500 });
  const draw = await aDraw({ prizes: [{ ...SURE, stock: 1 }] });
  expect((await spinOnce(lin, draw)).prize).toMatchObject({ amount: 20 });
  expect(await spinOnce(lin, draw)).toMatchObject({ rolled: { amount: 20 }, prize: null });
  const [prize] = await prizesOf(draw);
  expect([await balanceOf(lin), await readPrizeStock(db(), [prize!.id])]).toEqual([320, new Map([[prize!.id, 0]])]);
  expect(await listOwnSpins(db(), lin.id, draw.id, 5)).toMatchObject([{ nonce: 1, isGiven: false, rolled: { name: "20 积分" } }, { nonce: 0, isGiven: true }]);
  expect(await violations()).toEqual([]);
});

test("a make-up card and a coupon are given under the spin's name; a coupon that is given out already is gone, and its piece stays", async () => {
  const lin = await aUser({ points: 900 });
  const cards = await aDraw({ prizes: [{ name: "补签卡", kind: "make_up_card", quantity: 2, oddsPpm: 1_000_000 }] });
  const spun = await spinOnce(lin, cards);
  expect(await rows("SELECT quantity, source_type, source_id FROM perk_moves WHERE user_id = ?", [lin.id])).toEqual([{ quantity: 2, source_type: "spin", source_id: spun.spinId }]);
  await rows("INSERT INTO coupon_templates (name, kind, amount, scope_ids, valid_days, issued_max, status) VALUES ('5 元券', 'amount', 500, '[]', 30, 1, 'active')");
  const templateId = await count("SELECT MAX(id) FROM coupon_templates");
  await rows("INSERT INTO coupon_budgets (template_id) VALUES (?)", [templateId]);
  const coupons = await aDraw({ prizes: [{ name: "5 元券", kind: "coupon", couponTemplateId: templateId, oddsPpm: 1_000_000, stock: 5 }] });
  const won = await spinOnce(lin, coupons);
  expect(await rows("SELECT source_type, source_id FROM coupons WHERE user_id = ?", [lin.id])).toEqual([{ source_type: "draw", source_id: won.spinId }]);
  expect(await spinOnce(lin, coupons)).toMatchObject({ rolled: { kind: "coupon" }, prize: null });
  expect(await count("SELECT stock FROM prize_stock WHERE prize_id = ?", [won.prize!.id])).toBe(4);
  expect(await violations()).toEqual([]);
});

test("the seed is hidden until its day is over and told afterwards; then anybody draws every spin again", async () => {
  const lin = await aUser({ points: 2_000 });
  const draw = await aDraw({ prizes: [{ ...SURE, oddsPpm: 300_000 }, { name: "50 积分", kind: "points", points: 50, oddsPpm: 200_000 }] });
  const day = today();
  for (let index = 0; index < 12; index++) await spinOnce(lin, draw);
  const [{ seed }] = (await rows<{ seed: string }>("SELECT seed FROM draw_rounds WHERE draw_id = ? AND local_day = ?", [draw.id, day])) as [{ seed: string }];
  const during = (await findRound(db(), draw.id, day))!;
  expect(during).toMatchObject({ seed: null, revealedAt: null, spins: 12 });
  expect(await perform(theShop, revealRounds, new Date(endOfDay(day, ZONE).getTime() - 1))).toBe(0);
  expect(await perform(theShop, revealRounds, new Date(endOfDay(day, ZONE).getTime() + 60_000))).toBe(0);
  const everywhere = JSON.stringify([during, await findRound(db(), draw.id, addDays(day, 1)), await listOwnSpins(db(), lin.id, draw.id, 20), await listWinners(db(), draw.id, 9), await readResults(db(), draw.id), await findDrawForStaff(db(), draw.id), await rows("SELECT * FROM events"), await rows("SELECT * FROM idempotency_keys")]);
  expect(everywhere).not.toContain(seed);

  await keepDrawsJob.run(new Date(endOfDay(day, ZONE).getTime() + 6 * 60_000), Date.now() + 20_000);
  const told = (await findRound(db(), draw.id, day))!;
  expect(told.seed).toBe(seed);
  expect(createHash("sha256").update(`${told.seed}\n${told.prizeTable}`).digest("hex")).toBe(during.commitment);
  for (const { nonce, roll, rolledPrizeId } of await listRoundSpins(db(), told.id, {})) {
    const number = createHmac("sha256", told.seed!).update(`${draw.slug}:${day}:${nonce}:0`).digest().readUInt32BE(0);
    expect(roll).toBe(number % 1_000_000);
    expect(rolledPrizeId).toBe(roll < 300_000 ? told.prizes[0]!.id : roll < 500_000 ? told.prizes[1]!.id : null);
  }
  expect(await listToldRounds(db(), draw.id, 5)).toEqual([{ day, spins: 12 }]);
  // A process whose clock is behind draws nothing from a seed that everybody knows.
  expect(await refusalOf(spinOnce(lin, draw))).toBe("draw_not_open");
});

test("the commitment of a day is there the day before, and the prizes of an open day do not change", async () => {
  const lin = await aUser({ points: 900 });
  const draw = await aDraw();
  const [now, next] = [await findRound(db(), draw.id, today()), await findRound(db(), draw.id, addDays(today(), 1))];
  expect([now, next]).toMatchObject([{ prizes: [{ amount: 20 }] }, { prizes: [{ amount: 20 }] }]);
  const [prize] = await prizesOf(draw);
  await change(draw, { prizes: [{ ...prize, stockShown: prize!.stock, name: "70 积分", points: 70 }] });
  expect(await findRound(db(), draw.id, today())).toEqual(now);
  const renewed = (await findRound(db(), draw.id, addDays(today(), 1)))!;
  expect(renewed.prizes).toMatchObject([{ amount: 70, name: "70 积分" }]);
  expect(renewed.commitment).not.toBe(next!.commitment);
  expect((await spinOnce(lin, draw)).prize).toMatchObject({ amount: 20 });
  theClock.passDays(1);
  expect((await spinOnce(lin, draw)).prize).toMatchObject({ amount: 70 });
  expect(await violations()).toEqual([]);
});

test("saving without a change of the prizes keeps every commitment, and a draft's round takes the prizes it is opened with", async () => {
  const draw = await aDraw();
  const before = [await findRound(db(), draw.id, today()), await findRound(db(), draw.id, addDays(today(), 1))];
  await change(draw, { spinPoints: 120 });
  expect([await findRound(db(), draw.id, today()), await findRound(db(), draw.id, addDays(today(), 1))]).toEqual(before);
  await change(draw, { status: "draft" });
  const [prize] = await prizesOf(draw);
  await change(draw, { status: "active", prizes: [{ ...prize, stockShown: prize!.stock, points: 30 }] });
  expect((await findRound(db(), draw.id, today()))!.prizes).toMatchObject([{ amount: 30 }]);
});

test("the job opens the rounds of today and tomorrow for draws that are open then, and for no others", async () => {
  const days = (draw: { id: number }) => rows<{ local_day: string }>("SELECT local_day FROM draw_rounds WHERE draw_id = ? ORDER BY local_day", [draw.id]).then((found) => found.map(({ local_day }) => local_day));
  const [open, draft, soon, over] = [await aDraw(), await aDraw({ status: "draft" }), await aDraw({ startsAt: noonIn(2) }), await aDraw({ endsAt: noonIn(0) }, noonIn(-1))];
  theClock.passDays(1);
  await keepDrawsJob.run(theClock.now(), Date.now() + 20_000);
  expect(await days(open)).toEqual([addDays(today(), -1), today(), addDays(today(), 1)]);
  expect(await days(draft)).toEqual([]);
  expect(await days(soon)).toEqual([addDays(today(), 1)]);
  expect(await days(over)).toEqual([addDays(today(), -2), addDays(today(), -1)]);
});

test("odds beyond one, an address that is taken, prizes of others and coupons that are not there are refused", async () => {
  const draw = await aDraw();
  const [prize] = await prizesOf(draw);
  expect(await refusalOf(aDraw({ prizes: [SURE, { ...SURE, oddsPpm: 1 }] }))).toBe("odds_exceed_one");
  expect(await refusalOf(aDraw({ slug: draw.slug }))).toBe("slug_taken");
  expect(await refusalOf(aDraw({ prizes: [{ ...SURE, id: prize!.id }] }))).toBe("not_found");
  expect(await refusalOf(aDraw({ prizes: [{ name: "券", kind: "coupon", couponTemplateId: 999_999, oddsPpm: 1 }] }))).toBe("not_found");
  expect(await refusalOf(change({ id: draw.id }, { prizes: [{ ...prize, stock: null, stockShown: null }, { ...prize, stock: null, stockShown: null }], status: "draft" }))).toBe("odds_exceed_one");
});

test("stock changes by what was added or taken away, so that pieces won meanwhile stay won; what changed is in the events", async () => {
  const lin = await aUser({ points: 900 });
  const owner = await aUser({ role: "owner" });
  const draw = await aDraw({ prizes: [{ ...SURE, stock: 5 }] });
  const [prize] = await prizesOf(draw);
  await spinOnce(lin, draw);
  await spinOnce(lin, draw);
  const { slug: _slug, updatedAt: _updatedAt, ...known } = (await findDrawForStaff(db(), draw.id))!;
  const save = (stock: number | null, stockShown: number | null) =>
    perform(owner.actor, (ctx) => saveDraw(ctx, DrawInput.parse({ requestId: "x", ...known, prizes: [{ ...prize, stock, stockShown }] })));
  await save(7, 5);
  expect((await prizesOf(draw))[0]!.stock).toBe(5);
  expect(await refusalOf(save(0, 6))).toBe("stock_too_low");
  expect(await rows("SELECT name, actor_id, data FROM events WHERE subject_type = 'draw' AND subject_id = ? ORDER BY id DESC LIMIT 1", [String(draw.id)])).toEqual([
    { name: "draw.changed", actor_id: owner.id, data: { changes: { [`prize ${prize!.id} stock`]: [5, 7] } } },
  ]);
  await save(null, 5);
  expect((await prizesOf(draw))[0]!.stock).toBeNull();
});

test("a prize that is left out is switched off, and what was won of it stays in the results", async () => {
  const lin = await aUser({ points: 900 });
  const draw = await aDraw();
  await spinOnce(lin, draw);
  await change(draw, { prizes: [{ name: "补签卡", kind: "make_up_card", oddsPpm: 500_000 }] });
  expect((await prizesOf(draw)).map(({ name }) => name)).toEqual(["补签卡"]);
  expect(await readResults(db(), draw.id)).toMatchObject({ rounds: 1, spins: 1, pointsTaken: 100, pointsGiven: 20, expectedPoints: 0, prizes: [{ name: "20 积分", hits: 1, given: 1, expected: 1 }, { prizeId: null, hits: 0, expected: 0 }] });
});

test("who may not approve adjustments makes no draw of large prizes of points, and gives no spins", async () => {
  const { id } = await aUser({ role: "staff" });
  const marketing: Actor = { kind: "staff", id: id as StaffId, role: "staff", permissions: new Set(["marketing.read", "marketing.write"]) };
  const lin = await aUser();
  const save = (by: Actor, points: number) => perform(by, (ctx) => saveDraw(ctx, DrawInput.parse({ requestId: "x", slug: unique("wheel"), name: "wheel", status: "active", freeSpinsPerDay: 1, prizes: [{ ...SURE, points }] })));
  const give = (by: Actor, drawId: number) => perform(by, (ctx) => giveSpins(ctx, { requestId: "x", drawId, email: lin.email, quantity: 1, reason: "sorry" }));
  await expect(save(marketing, 1_001)).rejects.toMatchObject({ code: "prizes_need_approver", detail: { threshold: 1_000 } });
  const [large, small] = [await save(staffWith(id, "staff"), 1_001), await save(marketing, 1_000)];
  expect(await refusalOf(give(marketing, large.id))).toBe("spins_need_approver");
  expect(await refusalOf(give(marketing, small.id))).toBe("spins_need_approver");
  expect(await give(staffWith(id, "staff"), small.id)).toMatchObject({ quantity: 1 });
});

test("staff gives spins to somebody, never to themselves; a draft is nowhere in the shop", async () => {
  const staff = await aUser({ role: "staff" });
  const lin = await aUser();
  const draw = await aDraw({ spinPoints: 0 });
  const give = (email: string) => perform(staff.actor, (ctx) => giveSpins(ctx, { requestId: "x", drawId: draw.id, email, quantity: 3, reason: "sorry" }));
  expect(await refusalOf(spinOnce(lin, draw))).toBe("no_spins_left");
  expect(await give(lin.email)).toMatchObject({ quantity: 3 });
  expect((await spinOnce(lin, draw, { pointsShown: 0 })).paidWith).toBe("granted");
  expect(await getChances(lin.id, draw.id, today())).toMatchObject({ granted: 2 });
  expect([await refusalOf(give(staff.email)), await refusalOf(give("nobody@example.com"))]).toEqual(["forbidden", "not_found"]);
  expect(await findDrawBySlug(db(), (await aDraw({ status: "draft" })).slug)).toBeNull();
  expect((await listWinners(db(), draw.id, 5)).map(({ username }) => username)).toEqual([lin.username]);
});
