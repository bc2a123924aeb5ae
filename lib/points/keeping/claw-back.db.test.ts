import { randomUUID } from "node:crypto";

import { expect, test } from "vitest";

import { perform } from "@/lib/perform";
import { activatePending } from "@/lib/points/pending/commands";
import type { Source } from "@/lib/points/ledger";
import { earnPoints } from "@/lib/rules/commands";
import type { Policy } from "@/lib/settings/policy";
import { count, rows } from "@/test/database";
import { accountOf, aMug, anOrder, aUser, balanceOf, endOfDayIn, eventsAbout, freeze, ledgerOf, lotsOf, noonIn, theClock, theShop, withPolicy, withRules, type RulePlan, type TestUser } from "@/test/world";

import { clawBack, expirePoints, grantPoints, type ClawBack } from "./commands";

/** An earning by these rules, and what it was for. */
async function earned(who: TestUser, rules: readonly RulePlan[], now = theClock.now()): Promise<Source> {
  const source = { type: "test", id: randomUUID() };
  await withRules("custom", rules, () => perform(theShop, (ctx) => earnPoints(ctx, { userId: who.id, action: "custom", source }), now));
  return source;
}

const fixed = (points: number, more: Omit<RulePlan, "effect"> = {}): RulePlan => ({ effect: { kind: "fixed", points }, ...more });
const goodFor = (days: number): RulePlan["expiry"] => ({ kind: "rolling", every: days, unit: "day", roundTo: null });
const undo = (who: TestUser, source: Source, more: Partial<ClawBack> = {}, now = theClock.now()) =>
  perform(theShop, (ctx) => clawBack(ctx, { userId: who.id, source, cause: { type: "test", id: randomUUID() }, reason: "sent back", ...more }), now);
const pendingOf = ({ id }: TestUser) => count("SELECT points_pending FROM point_accounts WHERE user_id = ?", [id]);
const remainders = async (who: TestUser) => (await lotsOf(who)).map(({ points_remaining }) => points_remaining);

test("an undone earning is taken back whole: an entry, an event, and what was earned stays earned", async () => {
  const lin = await aUser();
  const source = await earned(lin, [fixed(100)]);
  const cause = { type: "test", id: randomUUID() };
  expect(await undo(lin, source, { cause })).toEqual({ points: 100, fromPending: 0, debt: 0 });
  expect(await accountOf(lin)).toMatchObject({ points_balance: 0, points_debt: 0, total_points_earned: 100 });
  expect((await ledgerOf(lin)).at(-1)).toMatchObject({ kind: "claw_back", points_change: -100, balance_after: 0, source_type: cause.type, source_id: cause.id });
  expect((await eventsAbout("user", lin.id)).at(-1)).toMatchObject({ name: "points.clawed_back", data: { points: 100, debt: 0, reason: "sent back" } });
});

test("it takes what is pending first, then the lots of the undone earning, then the soonest to expire, then debt", async () => {
  const lin = await aUser({ lots: [{ points: 5, expiresInDays: 300 }, { points: 10, expiresInDays: 2 }] });
  const source = await earned(lin, [fixed(20, { expiry: goodFor(400) }), fixed(40, { holding: { kind: "days", days: 3 } })]);
  // What was earned is spent in part, so that more is wanted than its own lots hold.
  await anOrder(lin, await aMug({ pointsPrice: 30 }));
  expect(await remainders(lin)).toEqual([0, 0, 5]);
  expect(await undo(lin, source)).toEqual({ points: 20, fromPending: 40, debt: 15 });
  expect(await pendingOf(lin)).toBe(0);
  expect(await accountOf(lin)).toMatchObject({ points_balance: 0, points_debt: 15 });
});

test("its own lots go before others that expire sooner", async () => {
  const lin = await aUser({ lots: [{ points: 50, expiresInDays: 2 }] });
  const source = await earned(lin, [fixed(30)]);
  await undo(lin, source, { points: 20 });
  expect(await remainders(lin)).toEqual([50, 10]);
  await undo(lin, source);
  expect(await remainders(lin)).toEqual([50, 0]);
});

test.each<[Policy["clawBack"], { points: number; fromPending: number; debt: number }, { balance: number; debt: number; pending: number }]>([
  ["debt", { points: 60, fromPending: 40, debt: 10 }, { balance: 0, debt: 10, pending: 0 }],
  ["to_zero", { points: 50, fromPending: 40, debt: 0 }, { balance: 0, debt: 0, pending: 0 }],
  ["pending_only", { points: 0, fromPending: 40, debt: 0 }, { balance: 50, debt: 0, pending: 0 }],
  ["keep", { points: 0, fromPending: 0, debt: 0 }, { balance: 50, debt: 0, pending: 40 }],
])("under the policy %s", async (policy, result, left) => {
  const lin = await aUser();
  const source = await earned(lin, [fixed(60), fixed(40, { holding: { kind: "days", days: 3 } })]);
  await anOrder(lin, await aMug({ pointsPrice: 10 }));
  await withPolicy({ clawBack: policy }, async () => expect(await undo(lin, source)).toEqual(result));
  expect(await accountOf(lin)).toMatchObject({ points_balance: left.balance, points_debt: left.debt });
  expect(await pendingOf(lin)).toBe(left.pending);
});

test("the same cause again takes nothing: neither from the balance nor from what is pending", async () => {
  const lin = await aUser();
  const sources = [await earned(lin, [fixed(100)]), await earned(lin, [fixed(100, { holding: { kind: "days", days: 3 } })])];
  for (const source of sources) {
    const cause = { type: "test", id: randomUUID() };
    expect(await undo(lin, source, { points: 30, cause })).toMatchObject({ debt: 0 });
    expect(await undo(lin, source, { points: 30, cause })).toEqual({ points: 0, fromPending: 0, debt: 0 });
  }
  expect([await balanceOf(lin), await pendingOf(lin)]).toEqual([70, 70]);
});

test("ten refunds of a tenth take the earning back, and an eleventh nothing", async () => {
  const lin = await aUser({ points: 500 });
  const source = await earned(lin, [fixed(60), fixed(45, { holding: { kind: "days", days: 3 } })]);
  let taken = 0;
  for (let part = 0; part < 11; part++) {
    const { points, fromPending } = await undo(lin, source, { points: 11 });
    taken += points + fromPending;
  }
  expect(taken).toBe(105);
  expect([await balanceOf(lin), await pendingOf(lin)]).toEqual([500, 0]);
});

test("a part before activation and the rest after it are the whole", async () => {
  const lin = await aUser({ points: 500 });
  const source = await earned(lin, [fixed(100, { holding: { kind: "days", days: 3 } })]);
  expect(await undo(lin, source, { points: 30 })).toEqual({ points: 0, fromPending: 30, debt: 0 });
  const ids = await rows<{ id: number }>("SELECT id FROM pending_points WHERE user_id = ?", [lin.id]);
  await perform(theShop, (ctx) => activatePending(ctx, ids.map(({ id }) => id)), noonIn(4));
  expect(await undo(lin, source, {}, noonIn(5))).toEqual({ points: 70, fromPending: 0, debt: 0 });
  expect(await undo(lin, source, {}, noonIn(5))).toEqual({ points: 0, fromPending: 0, debt: 0 });
  expect(await balanceOf(lin)).toBe(500);
});

test("a debt is absorbed by the next earning, by a gift and by points that come back", async () => {
  const lin = await aUser();
  const source = await earned(lin, [fixed(100)]);
  await anOrder(lin, await aMug());
  expect(await undo(lin, source)).toEqual({ points: 100, fromPending: 0, debt: 100 });
  await earned(lin, [fixed(30)]);
  expect(await accountOf(lin)).toMatchObject({ points_balance: 0, points_debt: 70, total_points_earned: 130 });
  await perform(theShop, (ctx) => grantPoints(ctx, [{ userId: lin.id, points: 80, expiresAt: endOfDayIn(30), sourceId: randomUUID(), reason: "a gift" }]));
  expect(await accountOf(lin)).toMatchObject({ points_balance: 10, points_debt: 0, total_points_earned: 130 });
});

test("what has expired meanwhile, swept or not, is owed", async () => {
  const [lin, mei] = [await aUser(), await aUser()];
  for (const [who, isSwept] of [[lin, true], [mei, false]] as const) {
    const source = await earned(who, [fixed(50, { expiry: goodFor(2) })]);
    if (isSwept) await perform(theShop, (ctx) => expirePoints(ctx, [who.id]), noonIn(4));
    expect(await undo(who, source, {}, noonIn(4))).toEqual({ points: 50, fromPending: 0, debt: 50 });
  }
  await perform(theShop, (ctx) => expirePoints(ctx, [mei.id]), noonIn(4));
  for (const who of [lin, mei]) expect(await accountOf(who)).toMatchObject({ points_balance: 0, points_debt: 50 });
});

test("freezing is no refuge, and another earning is not touched", async () => {
  const lin = await aUser();
  const [mine, other] = [await earned(lin, [fixed(40)]), await earned(lin, [fixed(40, { holding: { kind: "days", days: 3 } })])];
  await freeze(lin);
  expect(await undo(lin, mine)).toEqual({ points: 40, fromPending: 0, debt: 0 });
  expect(await pendingOf(lin)).toBe(40);
  expect(await undo(lin, other)).toEqual({ points: 0, fromPending: 40, debt: 0 });
});

test("an earning of somebody else, or of nobody, is not taken back", async () => {
  const [lin, mei] = [await aUser({ points: 100 }), await aUser()];
  const hers = await earned(mei, [fixed(40), fixed(25, { holding: { kind: "days", days: 3 } })]);
  expect(await undo(lin, { type: "test", id: randomUUID() })).toEqual({ points: 0, fromPending: 0, debt: 0 });
  expect(await undo(lin, hers)).toEqual({ points: 0, fromPending: 0, debt: 0 });
  expect([await balanceOf(lin), await balanceOf(mei), await pendingOf(mei)]).toEqual([100, 40, 25]);
});
