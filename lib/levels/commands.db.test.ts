import { randomUUID } from "node:crypto";

import { beforeAll, expect, test } from "vitest";

import { sendPacket } from "@/db/packet";
import { db } from "@/db/client";
import { addDays, dayOf, startOfDay } from "@/lib/day";
import { eventRows } from "@/lib/events/commands";
import { settleLevelsJob } from "@/lib/jobs/settle-levels";
import { cancelOrder } from "@/lib/orders/commands";
import { perform } from "@/lib/perform";
import { postEarn } from "@/lib/points/book";
import { lotsFor, openBook, writeBook } from "@/lib/points/commands";
import { lifetimeOf } from "@/lib/points/expiry";
import { clawBack, grantPoints } from "@/lib/points/keeping/commands";
import { orRefuse } from "@/lib/refusal";
import { DEFAULT_POLICY, type Policy } from "@/lib/settings/policy";
import { count, rows } from "@/test/database";
import { aKettle, anOrder, atOnce, aUser, endOfDayIn, eventsAbout, pay, refusalOf, theClock, theShop, tally, ZONE, type TestUser } from "@/test/world";

import { onPointsMoved, reviewLevels, saveLevel } from "./commands";
import { getLevel, listLevels, listLevelsForStaff, readLevels } from "./queries";
import { LevelInput } from "./schema";

let owner: TestUser;
const ids: number[] = [];

const level = (rank: number, threshold: number, more: Partial<LevelInput> = {}): LevelInput =>
  LevelInput.parse({ requestId: "k", rank, threshold, name: `第${rank}级`, nameEn: `Rank ${rank}`, multiplierPercent: 100 + rank * 5, ...more });

beforeAll(async () => {
  owner = await aUser({ name: "owner", role: "owner" });
  for (const [rank, threshold] of [[0, 0], [1, 1_000], [2, 5_000], [3, 20_000]] as const) ids.push((await perform(owner.actor, (ctx) => saveLevel(ctx, level(rank, threshold)))).id);
});

/** Points earned by a rule, whatever it was, `daysAgo`. */
async function earn(who: TestUser, points: number, daysAgo = 0): Promise<{ type: string; id: string }> {
  const source = { type: "test", id: randomUUID() };
  const at = new Date(theClock.now().getTime() - daysAgo * 86_400_000);
  await perform(theShop, async (shop) => {
    // Levels are about more points than a day usually brings.
    const ctx = { ...shop, policy: { ...shop.policy, risk: { ...shop.policy.risk, velocity: { mode: "off" as const, pointsPerDay: 1_000 } } } };
    const life = lifetimeOf(theClock.now(), ctx.policy);
    const { book } = await openBook(ctx, [who.id], lotsFor([life]));
    orRefuse(postEarn(book, who.id, points, life, source));
    await writeBook(ctx, book, [eventRows([{ fact: { name: "points.earned", subject: { type: "user", id: String(who.id) }, data: { action: "test", points } }, by: null }], ctx.now)]);
  }, at);
  return source;
}

const review = (people: readonly TestUser[], now = theClock.now(), policy: Partial<Policy> = {}) =>
  perform(theShop, (ctx) => reviewLevels({ ...ctx, policy: { ...ctx.policy, ...policy } }, people.map(({ id }) => id)), now);

const rankOf = async ({ id }: TestUser): Promise<number> => {
  const [row] = await perform(theShop, async (ctx) => (await sendPacket(ctx.tx, [readLevels([id])]))[0]!);
  return row!.level_rank as number;
};

const memberOf = async ({ id }: TestUser) =>
  (await rows<{ level_id: number; grace_until: Date | null; review_at: Date; since: Date }>("SELECT level_id, grace_until, review_at, since FROM member_levels WHERE user_id = ?", [id]))[0]!;

const movesOf = async ({ id }: TestUser) => (await eventsAbout("user", id)).filter(({ name }) => name === "account.level_changed").map(({ data }) => data);

test("who never earned stands on the lowest level, and is read with everybody else", async () => {
  const [mei, lin] = [await aUser(), await aUser()];
  await earn(lin, 5_000);
  await review([lin]);
  const [found] = await perform(theShop, (ctx) => sendPacket(ctx.tx, [readLevels([mei.id, lin.id])]));
  expect(found!.map(({ user_id, level_rank, multiplier_percent }) => [user_id, level_rank, multiplier_percent])).toEqual([[mei.id, 0, 100], [lin.id, 2, 110]]);
});

test("points earned raise a level at once, say so in the person's language, and only once", async () => {
  const lin = await aUser();
  await earn(lin, 1_000);
  expect(await review([lin])).toEqual({ reviewed: 1, up: 1, down: 0 });
  expect(await review([lin])).toEqual({ reviewed: 1, up: 0, down: 0 });
  expect(await movesOf(lin)).toEqual([{ from: "Rank 0", to: "Rank 1", isUp: true }]);
});

test("of many reviews at once one moves the person", async () => {
  const lin = await aUser();
  await earn(lin, 6_000);
  await atOnce(20, () => review([lin]));
  expect(await movesOf(lin)).toHaveLength(1);
  expect(await rankOf(lin)).toBe(2);
});

test("gifts, corrections and restored points raise no level", async () => {
  const lin = await aUser({ points: 50_000 });
  const kettle = await aKettle();
  const { orderId } = await anOrder(lin, kettle);
  await perform(lin.actor, (ctx) => cancelOrder(ctx, { requestId: randomUUID(), orderId }));
  await perform(owner.actor, (ctx) => grantPoints(ctx, [{ userId: lin.id, points: 30_000, expiresAt: endOfDayIn(9), sourceId: randomUUID(), reason: "sorry" }]));
  await review([lin]);
  expect(await rankOf(lin)).toBe(0);
  expect(await movesOf(lin)).toEqual([]);
});

test("a claw-back takes what it undoes from the basis, and the level goes when its grace has ended: to the instant", async () => {
  const lin = await aUser();
  const source = await earn(lin, 900);
  await earn(lin, 400);
  await review([lin]);
  expect(await rankOf(lin)).toBe(1);
  await perform(theShop, (ctx) => clawBack(ctx, { userId: lin.id, source, cause: { type: "test", id: randomUUID() }, reason: "returned" }));
  await review([lin]);
  const end = endOfDayIn(DEFAULT_POLICY.levelGraceDays);
  expect(await memberOf(lin)).toMatchObject({ level_id: ids[1], grace_until: end });
  expect(await review([lin], new Date(end.getTime() - 1))).toMatchObject({ down: 0 });
  expect(await rankOf(lin)).toBe(1);
  expect(await review([lin], end)).toMatchObject({ down: 1 });
  expect(await movesOf(lin)).toEqual([expect.objectContaining({ isUp: true }), { from: "Rank 1", to: "Rank 0", isUp: false }]);
});

test("a claw-back of what was earned before the window takes nothing from what was earned in it", async () => {
  const lin = await aUser();
  const old = await earn(lin, 700, 400);
  await earn(lin, 1_000);
  await perform(theShop, (ctx) => clawBack(ctx, { userId: lin.id, source: old, cause: { type: "test", id: randomUUID() }, reason: "returned" }));
  await review([lin]);
  expect(await rankOf(lin)).toBe(1);
});

test("points count from the day they were earned to the last day of the window", async () => {
  const lin = await aUser();
  const window = DEFAULT_POLICY.levelWindowDays;
  await earn(lin, 1_000, window - 1);
  await review([lin]);
  const first = addDays(dayOf(theClock.now(), ZONE), 1 - window);
  const falls = startOfDay(addDays(first, window), ZONE);
  expect(await rankOf(lin)).toBe(1);
  expect(await memberOf(lin)).toMatchObject({ grace_until: null, review_at: falls });
  await review([lin], new Date(falls.getTime() - 1));
  expect((await memberOf(lin)).grace_until).toBeNull();
  await review([lin], falls);
  expect((await memberOf(lin)).grace_until).not.toBeNull();
});

test("counted by spend: whole yuan paid in cash, whatever was earned; an unpaid order is nothing", async () => {
  const lin = await aUser({ points: 500 });
  await earn(lin, 50_000);
  const kettle = await aKettle({ cashPriceCents: 60_050 });
  await anOrder(lin, kettle);
  const [first, second] = [await anOrder(lin, kettle), await anOrder(lin, kettle)];
  await pay(lin, first.orderId);
  await review([lin], theClock.now(), { levelBasis: "spend" });
  expect(await rankOf(lin)).toBe(0);
  await pay(lin, second.orderId);
  await review([lin], theClock.now(), { levelBasis: "spend" });
  expect(await rankOf(lin)).toBe(1);
  expect(await getLevel(db(), lin.id, { now: theClock.now(), policy: { ...DEFAULT_POLICY, levelBasis: "spend" } })).toMatchObject({ basis: 1_201, missing: 3_799, level: { rank: 1 }, next: { rank: 2 } });
});

test("what happened leads to a review: of the person, or of the buyer", async () => {
  const lin = await aUser({ points: 100 });
  await earn(lin, 1_500);
  const event = { id: 1, data: {}, actorId: null, createdAt: theClock.now() };
  await perform(theShop, (ctx) => onPointsMoved.handle(ctx, { ...event, name: "points.earned", subjectId: String(lin.id) }));
  expect(await rankOf(lin)).toBe(1);
  await earn(lin, 4_000);
  const { orderId } = await anOrder(lin, await aKettle());
  await perform(theShop, (ctx) => onPointsMoved.handle(ctx, { ...event, name: "order.paid", subjectId: orderId }));
  expect(await rankOf(lin)).toBe(2);
  expect(onPointsMoved.names).toEqual(expect.arrayContaining(["points.checked_in", "points.activated", "points.clawed_back", "task.claimed"]));
});

test("the nightly run looks at whom it must and places those from before, each once", async () => {
  const people = await atOnce(5, () => aUser());
  for (const who of people) await earn(who, 1_000);
  const nightly = (now: Date) => settleLevelsJob.run(now, Date.now() + 20_000);
  const first = await nightly(theClock.now());
  expect(first).toMatchObject({ finished: 1 });
  expect(await Promise.all(people.map(rankOf))).toEqual([1, 1, 1, 1, 1]);
  expect(await nightly(theClock.now())).toEqual({ people: 0, up: 0, down: 0, finished: 1 });
  theClock.passDays(8);
  expect(Number((await nightly(theClock.now())).people)).toBeGreaterThanOrEqual(5);
  expect(await nightly(theClock.now())).toMatchObject({ people: 0 });
  expect(await settleLevelsJob.run(theClock.now(), Date.now() - 1)).toMatchObject({ people: 0, finished: 0 });
});

test("a year without earning: down one level at a time, each after its own grace", async () => {
  const lin = await aUser();
  await earn(lin, 20_000);
  await review([lin]);
  theClock.passDays(366);
  const ranks: number[] = [];
  for (let month = 0; month < 5; month++) {
    await review([lin]);
    ranks.push(await rankOf(lin));
    theClock.passDays(31);
  }
  expect(ranks).toEqual([3, 2, 1, 0, 0]);
});

test("levels that are no ladder are refused and nothing is kept", async () => {
  const before = await listLevels(db());
  const save = (input: LevelInput) => refusalOf(perform(owner.actor, (ctx) => saveLevel(ctx, input)));
  expect(await save(level(1, 9_000))).toBe("rule_conflict");
  expect(await save(level(4, 20_000))).toBe("rule_conflict");
  expect(await save(level(4, 100))).toBe("rule_conflict");
  expect(await save({ ...level(0, 10), id: ids[0] })).toBe("rule_conflict");
  expect(await save({ ...level(2, 900), id: ids[2] })).toBe("rule_conflict");
  expect(await save({ ...level(9, 90_000), id: 999_999 })).toBe("not_found");
  expect(await listLevels(db())).toEqual(before);
});

test("of two who add a level at once, what would be no ladder together is refused to one", async () => {
  const answers = await atOnce(6, (index) => perform(owner.actor, (ctx) => saveLevel(ctx, level(50 + index, 900_000 - index))).then(() => ({ ok: true as const, value: null }), () => ({ ok: false as const, code: "rule_conflict" as const, detail: {} })));
  expect(tally(answers)).toEqual({ ok: 1, rule_conflict: 5 });
  await rows("DELETE FROM levels WHERE `rank` >= 50");
});

test("a change is told with what it changed; saving the same again says nothing", async () => {
  const change = { ...level(3, 25_000), id: ids[3] };
  await perform(owner.actor, (ctx) => saveLevel(ctx, change));
  await perform(owner.actor, (ctx) => saveLevel(ctx, change));
  const events = await rows<{ name: string; actor_id: number; data: object }>("SELECT name, actor_id, data FROM events WHERE subject_type = 'level' AND subject_id = ? ORDER BY id", [String(ids[3])]);
  expect(events.slice(1)).toEqual([{ name: "level.changed", actor_id: owner.id, data: { changes: { threshold: [20_000, 25_000] } } }]);
  await perform(owner.actor, (ctx) => saveLevel(ctx, { ...change, threshold: 20_000 }));
});

test("a level that is switched off is nobody's any more: its people stand on the next below at once, and are moved by the next review", async () => {
  const lin = await aUser();
  await earn(lin, 5_000);
  await review([lin]);
  await perform(owner.actor, (ctx) => saveLevel(ctx, { ...level(2, 5_000), id: ids[2], isActive: false }));
  expect(await rankOf(lin)).toBe(1);
  expect(await getLevel(db(), lin.id, { now: theClock.now(), policy: DEFAULT_POLICY })).toMatchObject({ level: { rank: 1 }, next: { rank: 3 }, missing: 15_000 });
  await review([lin]);
  expect((await memberOf(lin)).level_id).toBe(ids[1]);
  await perform(owner.actor, (ctx) => saveLevel(ctx, { ...level(2, 5_000), id: ids[2] }));
  expect((await listLevelsForStaff(db())).map(({ rank, isActive }) => [rank, isActive])).toEqual([[0, true], [1, true], [2, true], [3, true]]);
});

test("a shop without levels reviews nobody, and the nightly run ends", async () => {
  const lin = await aUser();
  await earn(lin, 5_000);
  await review([lin]);
  await rows("UPDATE levels SET is_active = FALSE");
  theClock.passDays(30);
  expect(await settleLevelsJob.run(theClock.now(), Date.now() + 5_000)).toEqual({ people: 0, up: 0, down: 0, finished: 1 });
  expect(await review([lin])).toEqual({ reviewed: 0, up: 0, down: 0 });
  expect(await getLevel(db(), lin.id, { now: theClock.now(), policy: DEFAULT_POLICY })).toBeNull();
  expect(await rankOf(lin)).toBe(0);
  await rows("UPDATE levels SET is_active = TRUE");
  expect(await count("SELECT COUNT(*) FROM levels WHERE is_active")).toBe(4);
});
