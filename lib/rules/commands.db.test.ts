import { randomUUID } from "node:crypto";

import { expect, test } from "vitest";

import { addDays, startOfDay } from "@/lib/day";
import { perform } from "@/lib/perform";
import { expirePoints } from "@/lib/points/keeping/commands";
import { activatePending, releasePending } from "@/lib/points/pending/commands";
import { releasedByEvent, releasedByOrder } from "@/lib/points/pending/pending";
import { NEVER } from "@/lib/points/lots";
import { count, rows } from "@/test/database";
import { accountOf, aUser, balanceOf, endOfDayIn, eventsAbout, ledgerOf, lotsOf, noonIn, theClock, theShop, withPolicy, withRules, ZONE, type RulePlan, type TestUser } from "@/test/world";

import { earnPoints } from "./commands";
import type { Earned, Occurrence } from "./earning/commands";

const NOTHING: Earned = { points: 0, pointsPending: 0, perks: [] };

const earn = (who: TestUser, occurrence: Partial<Occurrence> = {}, now = theClock.now()) =>
  perform(theShop, (ctx) => earnPoints(ctx, { userId: who.id, action: "custom", source: { type: "test", id: randomUUID() }, ...occurrence }), now);
const pointsOf = async (earning: Promise<Earned>): Promise<number> => (await earning).points;

const fixed = (points: number, more: Omit<RulePlan, "effect"> = {}): RulePlan => ({ effect: { kind: "fixed", points }, ...more });
const breakdownsOf = ({ id }: TestUser) => rows<{ breakdown: Record<string, number> }>("SELECT breakdown FROM points_transactions WHERE user_id = ? ORDER BY id", [id]);
const pendingOf = ({ id }: TestUser) =>
  rows<{ id: number; points: number; status: string; source_id: string; activates_at: Date | null; released_by: string | null; breakdown: Record<string, number> }>(
    "SELECT id, points, status, source_id, activates_at, released_by, breakdown FROM pending_points WHERE user_id = ? ORDER BY id", [id]);

test("an earning is a lot that is good for a year, an entry that names its rule, a counter and an event", async () => {
  const lin = await aUser();
  expect(await earn(lin, { action: "register", source: { type: "register", id: String(lin.id) } })).toEqual({ points: 100, pointsPending: 0, perks: [] });
  expect(await accountOf(lin)).toMatchObject({ points_balance: 100, total_points_earned: 100 });
  expect(await lotsOf(lin)).toMatchObject([{ points_remaining: 100, expires_at: endOfDayIn(365) }]);
  const [entry] = await ledgerOf(lin);
  expect(entry).toMatchObject({ kind: "earn", points_change: 100, source_type: "register" });
  expect(await breakdownsOf(lin)).toEqual([{ breakdown: { [`rule:${entry!.rule_id}`]: 100 } }]);
  expect(await rows("SELECT rule_id, times, points FROM earn_counters WHERE user_id = ?", [lin.id])).toEqual([{ rule_id: entry!.rule_id, times: 1, points: 100 }]);
  expect((await eventsAbout("user", lin.id)).at(-1)).toEqual({ name: "points.earned", actor_id: null, data: { action: "register", points: 100 } });
});

test("whole yuan of cash earn, what is left of a yuan does not", async () => {
  const lin = await aUser();
  const paid = (cashCents: number) => pointsOf(earn(lin, { action: "purchase", facts: { cashCents } }));
  expect([await paid(999), await paid(99), await paid(0)]).toEqual([9, 0, 0]);
  expect(await ledgerOf(lin)).toHaveLength(1);
});

test("no rule, no points; and a rule that is no longer or not yet in force is none", async () => {
  const lin = await aUser();
  await withRules("custom", [], async () => expect(await earn(lin)).toEqual(NOTHING));
  await withRules("custom", [fixed(10)], async () => {
    const set = (column: string, at: Date) => rows(`UPDATE points_rules SET ${column} = ? WHERE action_type = 'custom' AND status = 'active'`, [at]);
    const now = theClock.now();
    await set("starts_at", new Date(now.getTime() + 1));
    expect(await earn(lin, {}, now)).toEqual(NOTHING);
    await set("starts_at", new Date(now.getTime() - 1_000));
    await set("ends_at", now);
    expect(await earn(lin, {}, now)).toEqual(NOTHING);
    expect(await pointsOf(earn(lin, {}, new Date(now.getTime() - 1)))).toBe(10);
  });
});

test("several rules are one entry whose breakdown names what each gave, and sums to the points", async () => {
  const lin = await aUser();
  await withRules("purchase", [{ effect: { kind: "per_yuan", points: 1 } }, fixed(5), { effect: { kind: "multiplier", percent: 150 } }], async () => {
    expect(await pointsOf(earn(lin, { action: "purchase", facts: { cashCents: 1_250 } }))).toBe(26);
  });
  const [{ breakdown } = { breakdown: {} }] = await breakdownsOf(lin);
  expect(Object.values(breakdown).sort((a, b) => a - b)).toEqual([5, 9, 12]);
  expect(await ledgerOf(lin)).toMatchObject([{ points_change: 26 }]);
});

test.each<[string, RulePlan["caps"], number[], number[]]>([
  ["times a day", { timesPerDay: 2 }, [100, 100, 0], [100, 100, 0]],
  ["points a day, cut", { pointsPerDay: 150 }, [100, 50, 0], [100, 50, 0]],
  ["points a day, whole or not", { pointsPerDay: 150, overflow: "reject" }, [100, 0, 0], [100, 0, 0]],
  ["times in all", { timesInAll: 4 }, [100, 100, 100], [100, 0, 0]],
  ["points in all", { pointsInAll: 350 }, [100, 100, 100], [50, 0, 0]],
  ["a cooldown of 24 hours", { cooldownHours: 24 }, [100, 0, 0], [100, 0, 0]],
  ["a cooldown of 25 hours", { cooldownHours: 25 }, [100, 0, 0], [0, 0, 0]],
])("%s: today and the next day", async (_, caps, today, tomorrow) => {
  const lin = await aUser();
  await withRules("custom", [fixed(100, { caps })], async () => {
    for (const [day, expected] of [today, tomorrow].entries()) {
      const given = [];
      for (const [index] of expected.entries()) given.push(await pointsOf(earn(lin, {}, new Date(noonIn(day).getTime() + index))));
      expect(given).toEqual(expected);
    }
  });
});

test.each<["truncate" | "reject", number[]]>([["truncate", [100, 100, 50, 0]], ["reject", [100, 100, 0, 0]]])(
  "a campaign's budget is everybody's together (%s)", async (overflow, expected) => {
    const people = [await aUser(), await aUser(), await aUser(), await aUser()];
    await withRules("custom", [fixed(100, { caps: { budget: 250, overflow } })], async () => {
      const given = [];
      for (const who of people) given.push(await pointsOf(earn(who)));
      expect(given).toEqual(expected);
    });
  });

test("a budget that a rule gets later counts what it has granted so far", async () => {
  const [lin, mei] = [await aUser(), await aUser()];
  await withRules("custom", [fixed(100)], async () => {
    await earn(lin);
    await rows("UPDATE points_rules SET definition = JSON_SET(definition, '$.caps.budget', 130) WHERE action_type = 'custom' AND status = 'active'");
    expect([await pointsOf(earn(mei)), await pointsOf(earn(mei))]).toEqual([30, 0]);
  });
});

test("what was cut or refused leaves no entry and no count", async () => {
  const lin = await aUser();
  await withRules("custom", [fixed(100, { caps: { pointsPerDay: 99, overflow: "reject" } })], async () => {
    expect(await earn(lin)).toEqual(NOTHING);
    expect(await count("SELECT COUNT(*) FROM earn_counters WHERE user_id = ?", [lin.id])).toBe(0);
    expect(await ledgerOf(lin)).toEqual([]);
  });
});

test("one cause earns once: at once, pending or in cards", async () => {
  const lin = await aUser();
  const source = () => ({ type: "test", id: randomUUID() });
  for (const rule of [fixed(10), fixed(10, { holding: { kind: "days", days: 3 } }), { effect: { kind: "perk", perk: "make_up_card", quantity: 1 } } satisfies RulePlan]) {
    await withRules("custom", [rule], async () => {
      const same = source();
      expect(await earn(lin, { source: same })).not.toEqual(NOTHING);
      expect(await earn(lin, { source: same })).toEqual(NOTHING);
    });
  }
  expect(await accountOf(lin)).toMatchObject({ points_balance: 10 });
  expect(await pendingOf(lin)).toHaveLength(1);
  expect(await rows("SELECT perk, quantity FROM perk_moves WHERE user_id = ?", [lin.id])).toEqual([{ perk: "make_up_card", quantity: 1 }]);
});

test("whatever gives streak freezes, nobody holds more than the settings allow", async () => {
  const lin = await aUser();
  await withRules("custom", [fixed(10), { effect: { kind: "perk", perk: "streak_freeze", quantity: 3 } }], async () => {
    for (let times = 0; times < 2; times++) expect((await earn(lin)).points).toBe(10);
  });
  expect(await rows("SELECT quantity FROM perk_moves WHERE user_id = ?", [lin.id])).toEqual([{ quantity: 2 }]);
});

test("a cause that earned pending points earns nothing more once they are active or gone", async () => {
  const lin = await aUser();
  await withRules("custom", [fixed(10, { holding: { kind: "days", days: 3 } })], async () => {
    const source = { type: "test", id: randomUUID() };
    await earn(lin, { source });
    const [held] = await pendingOf(lin);
    await perform(theShop, (ctx) => activatePending(ctx, [held!.id]), noonIn(5));
    expect(await earn(lin, { source }, noonIn(6))).toEqual(NOTHING);
  });
  expect(await balanceOf(lin)).toBe(10);
});

test("a frozen person earns nothing, and neither does one whose books were found wrong", async () => {
  const [frozen, held] = [await aUser({ isFrozen: true }), await aUser()];
  await rows("INSERT INTO account_holds (user_id, invariant_name, evidence) VALUES (?, 'a test', '{}')", [held.id]);
  await rows("UPDATE point_accounts SET is_held = 1 WHERE user_id = ?", [held.id]);
  await withRules("custom", [fixed(10), fixed(10, { holding: { kind: "days", days: 3 } }), { effect: { kind: "perk", perk: "make_up_card", quantity: 1 } }], async () => {
    for (const who of [frozen, held]) {
      expect(await earn(who)).toEqual(NOTHING);
      expect(await ledgerOf(who)).toEqual([]);
      expect(await pendingOf(who)).toEqual([]);
      expect(await count("SELECT COUNT(*) FROM perk_moves WHERE user_id = ?", [who.id])).toBe(0);
      expect(await count("SELECT COUNT(*) FROM earn_counters WHERE user_id = ?", [who.id])).toBe(0);
    }
  });
});

test("parts that are kept by other terms are entries of their own", async () => {
  const lin = await aUser();
  const source = { type: "test", id: randomUUID() };
  await withRules("custom", [fixed(10), fixed(20, { expiry: { kind: "none" } }), fixed(40, { holding: { kind: "days", days: 3 } }), fixed(80, { holding: { kind: "event", name: "app.rated" } })], async () => {
    expect(await earn(lin, { source })).toEqual({ points: 30, pointsPending: 120, perks: [] });
  });
  expect((await ledgerOf(lin)).map(({ source_id, points_change }) => [source_id, points_change])).toEqual([[source.id, 10], [`${source.id}~2`, 20]]);
  expect((await lotsOf(lin)).map(({ expires_at, points_remaining }) => [expires_at, points_remaining])).toEqual([[endOfDayIn(365), 10], [NEVER, 20]]);
  expect(await pendingOf(lin)).toMatchObject([
    { source_id: `${source.id}~3`, points: 40, status: "pending", activates_at: startOfDay(addDays(theClock.today(), 4), ZONE), released_by: null },
    { source_id: `${source.id}~4`, points: 80, status: "pending", activates_at: null, released_by: releasedByEvent("app.rated", lin.id) },
  ]);
  expect(await earn(lin, { source })).toEqual(NOTHING);
});

test("an order's points that wait for its receipt are released by it, and by no other order's", async () => {
  const lin = await aUser();
  const orderId = randomUUID();
  await withRules("purchase", [{ effect: { kind: "per_yuan", points: 1 }, holding: { kind: "receipt" } }], async () => {
    expect(await earn(lin, { action: "purchase", facts: { cashCents: 5_000, orderId } })).toMatchObject({ points: 0, pointsPending: 50 });
  });
  expect(await perform(theShop, (ctx) => releasePending(ctx, releasedByOrder(randomUUID())))).toEqual({ grants: 0, points: 0 });
  expect(await perform(theShop, (ctx) => releasePending(ctx, releasedByOrder(orderId)))).toEqual({ grants: 1, points: 50 });
  expect(await perform(theShop, (ctx) => releasePending(ctx, releasedByOrder(orderId)))).toEqual({ grants: 0, points: 0 });
  expect(await balanceOf(lin)).toBe(50);
});

test("pending points count towards caps when they are earned", async () => {
  const lin = await aUser();
  await withRules("custom", [fixed(100, { holding: { kind: "days", days: 1 }, caps: { pointsPerDay: 150 } })], async () => {
    expect([(await earn(lin)).pointsPending, (await earn(lin)).pointsPending, (await earn(lin)).pointsPending]).toEqual([100, 50, 0]);
  });
});

test("earning under a programme where inactivity ends points keeps all of them alive", async () => {
  const lin = await aUser();
  await withPolicy({ expiry: { kind: "sliding", inactiveDays: 30 } }, () => withRules("custom", [fixed(10)], async () => {
    await earn(lin);
    await earn(lin, {}, noonIn(20));
    expect(await lotsOf(lin)).toMatchObject([{ points_granted: 20, points_remaining: 20, expires_at: endOfDayIn(50) }]);
    await earn(lin, {}, noonIn(51));
    expect(await lotsOf(lin)).toMatchObject([{ points_remaining: 20, expires_at: endOfDayIn(50) }, { points_remaining: 10, expires_at: endOfDayIn(81) }]);
    await perform(theShop, (ctx) => expirePoints(ctx, [lin.id]), noonIn(51));
  }));
});

test("a level multiplies what a purchase earns", async () => {
  const lin = await aUser();
  await rows("INSERT INTO levels (`rank`, name, threshold, multiplier_percent) VALUES (77, 'gold', 1000, 150)");
  const [level] = await rows<{ id: number }>("SELECT id FROM levels WHERE `rank` = 77");
  await rows("INSERT INTO member_levels (user_id, level_id, since, review_at) VALUES (?, ?, NOW(3), NOW(3))", [lin.id, level!.id]);
  await earn(lin, { action: "purchase", facts: { cashCents: 2_500 } });
  expect(await balanceOf(lin)).toBe(37);
  expect((await breakdownsOf(lin))[0]!.breakdown).toMatchObject({ level: 12 });
  await rows("DELETE FROM member_levels WHERE level_id = ?", [level!.id]);
  await rows("DELETE FROM levels WHERE id = ?", [level!.id]);
});

test("only those of the segment earn by a rule for it", async () => {
  const lin = await aUser();
  await withRules("custom", [fixed(10, { conditions: [{ kind: "segment", segment: "newcomer" }] }), fixed(7, { conditions: [{ kind: "segment", segment: "repeat_buyer" }] })], async () => {
    expect(await pointsOf(earn(lin))).toBe(10);
    expect(await pointsOf(earn(lin, {}, noonIn(31)))).toBe(0);
  });
});

test("a debt is paid before anything reaches a lot, and the earning still counts as earned", async () => {
  const lin = await aUser();
  await rows("UPDATE point_accounts SET points_debt = 30 WHERE user_id = ?", [lin.id]);
  await rows("INSERT INTO points_transactions (user_id, kind, points_change, balance_after, source_type, source_id, local_day) VALUES (?, 'claw_back', -30, -30, 'test', ?, '2026-01-01')", [lin.id, randomUUID()]);
  await earn(lin, { action: "purchase", facts: { cashCents: 2_000 } });
  expect(await accountOf(lin)).toMatchObject({ points_balance: 0, points_debt: 10, total_points_earned: 20 });
  await earn(lin, { action: "purchase", facts: { cashCents: 2_500 } });
  expect(await accountOf(lin)).toMatchObject({ points_balance: 15, points_debt: 0, total_points_earned: 45 });
  expect((await ledgerOf(lin)).map((entry) => entry.balance_after)).toEqual([-30, -10, 15]);
  expect((await lotsOf(lin)).map((lot) => lot.points_remaining)).toEqual([15]);
});
