import { randomUUID } from "node:crypto";

import { expect, test } from "vitest";

import { perform } from "@/lib/perform";
import { count, rows } from "@/test/database";
import { accountOf, aUser, eventsAbout, ledgerOf, lotsOf, noonIn, theClock, theShop, endOfDayIn, type TestUser } from "@/test/world";

import { earnPoints, type Earning } from "./commands";

const earn = (who: TestUser, earning: Partial<Earning> = {}, now = theClock.now()) =>
  perform(theShop, (ctx) => earnPoints(ctx, { userId: who.id, action: "purchase", source: { type: "test", id: randomUUID() }, ...earning }), now);

/** Sets the rule of an action for one test, and puts it back. */
async function withRule<T>(action: string, set: string, work: () => Promise<T>): Promise<T> {
  const [before] = await rows<{ id: number; points_value: number; points_per_yuan: number; daily_limit: number; is_active: number }>("SELECT * FROM points_rules WHERE action_type = ?", [action]);
  await rows(`UPDATE points_rules SET ${set} WHERE action_type = ?`, [action]);
  try {
    return await work();
  } finally {
    await rows("UPDATE points_rules SET points_value = ?, points_per_yuan = ?, daily_limit = ?, is_active = ? WHERE id = ?",
      [before!.points_value, before!.points_per_yuan, before!.daily_limit, before!.is_active, before!.id]);
  }
}

test("an earning is a lot that is good for a year, an entry that names its rule, a counter and an event", async () => {
  const lin = await aUser();
  expect(await earn(lin, { action: "register", source: { type: "register", id: String(lin.id) } })).toBe(100);
  expect(await accountOf(lin)).toMatchObject({ points_balance: 100, total_points_earned: 100 });
  expect(await lotsOf(lin)).toMatchObject([{ points_remaining: 100, expires_at: endOfDayIn(365) }]);
  const [entry] = await ledgerOf(lin);
  expect(entry).toMatchObject({ kind: "earn", points_change: 100, source_type: "register" });
  expect(entry!.rule_id).toBeTypeOf("number");
  expect(await count("SELECT times FROM earn_counters WHERE user_id = ?", [lin.id])).toBe(1);
  expect((await eventsAbout("user", lin.id)).at(-1)).toEqual({ name: "points.earned", actor_id: null, data: { action: "register", points: 100 } });
});

test("whole yuan of cash earn, what is left of a yuan does not", async () => {
  const lin = await aUser();
  expect([await earn(lin, { cashCents: 999 }), await earn(lin, { cashCents: 99 }), await earn(lin, { cashCents: 0 })]).toEqual([9, 0, 0]);
  expect(await ledgerOf(lin)).toHaveLength(1);
});

test("the daily limit of a rule holds, and begins anew the next day", async () => {
  const lin = await aUser();
  const repurchase = (now?: Date) => earn(lin, { action: "repurchase" }, now);
  expect([await repurchase(), await repurchase()]).toEqual([50, 0]);
  expect([await repurchase(noonIn(1)), await repurchase(noonIn(1))]).toEqual([50, 0]);
});

test("a rule that is switched off gives nothing", async () => {
  const lin = await aUser();
  await withRule("repurchase", "is_active = 0", async () => expect(await earn(lin, { action: "repurchase" })).toBe(0));
  expect(await ledgerOf(lin)).toEqual([]);
});

test("a rule with a limit of none gives nothing", async () => {
  const lin = await aUser();
  await withRule("repurchase", "daily_limit = 0", async () => expect(await earn(lin, { action: "repurchase" })).toBe(0));
});

test("of two active rules for one action the one of higher priority is in force", async () => {
  const lin = await aUser();
  await rows("INSERT INTO points_rules (action_type, points_value, daily_limit, priority) VALUES ('repurchase', 77, 1, 5)");
  try {
    expect(await earn(lin, { action: "repurchase" })).toBe(77);
  } finally {
    await rows("UPDATE points_rules SET is_active = 0 WHERE points_value = 77");
  }
});

test("a frozen person earns nothing", async () => {
  const lin = await aUser({ isFrozen: true });
  expect(await earn(lin, { action: "register" })).toBe(0);
  expect(await ledgerOf(lin)).toEqual([]);
});

test("one cause earns once, even by a rule that may give several times a day", async () => {
  const lin = await aUser();
  const visit = { action: "login", source: { type: "visit", id: `${lin.id}:${theClock.today()}` } } as const;
  await withRule("login", "daily_limit = 3", async () => {
    expect(await earn(lin, visit)).toBe(10);
    expect(await earn(lin, visit)).toBe(0);
  });
  expect(await ledgerOf(lin)).toHaveLength(1);
});

test("a debt is paid before anything reaches a lot, and the earning still counts as earned", async () => {
  const lin = await aUser();
  // No command makes a debt yet; the ledger knows one already.
  await rows("UPDATE point_accounts SET points_debt = 30 WHERE user_id = ?", [lin.id]);
  await rows("INSERT INTO points_transactions (user_id, kind, points_change, balance_after, source_type, source_id, local_day) VALUES (?, 'claw_back', -30, -30, 'test', ?, '2026-01-01')", [lin.id, randomUUID()]);
  await earn(lin, { cashCents: 2_000 });
  expect(await accountOf(lin)).toMatchObject({ points_balance: 0, points_debt: 10, total_points_earned: 20 });
  await earn(lin, { cashCents: 2_500 });
  expect(await accountOf(lin)).toMatchObject({ points_balance: 15, points_debt: 0, total_points_earned: 45 });
  expect((await ledgerOf(lin)).map((entry) => entry.balance_after)).toEqual([-30, -10, 15]);
  expect((await lotsOf(lin)).map((lot) => lot.points_remaining)).toEqual([15]);
});
