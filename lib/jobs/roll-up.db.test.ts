import { randomUUID } from "node:crypto";

import { beforeEach, expect, test } from "vitest";

import { db } from "@/db/client";
import { countViews } from "@/lib/catalog/viewing/commands";
import { addDays, parseDay, startOfDay, type Day } from "@/lib/day";
import { completeOrder } from "@/lib/orders/receiving/commands";
import { perform } from "@/lib/perform";
import { expirePoints } from "@/lib/points/keeping/commands";
import { getProductReport, getTaskReport } from "@/lib/reports/effect-queries";
import { getPointsReport } from "@/lib/reports/flow-queries";
import { findLiability, listLiabilityDays } from "@/lib/reports/liability-queries";
import { getActivity, getFunnel, getRepurchase, getRetention, getRfm, getWeeklyCohorts } from "@/lib/reports/people-queries";
import { lockPart, rollDay } from "@/lib/reports/rolling/commands";
import { SOURCES } from "@/lib/reports/rolling/sources";
import { getReportState } from "@/lib/reports/state-queries";
import { DEFAULT_POLICY } from "@/lib/settings/policy";
import { count, emptyDatabase, rows } from "@/test/database";
import { aKettle, aMug, anOrder, aTask, aUser, freeze, pay, staffWith, theClock, theShop, withPolicy, ZONE, type TestUser } from "@/test/world";

import { refreshSegmentsJob } from "./refresh-segments";
import { restartReports, rollUp } from "./roll-up";

// A small shop with names. "Today" is Saturday, 21 November 2026, half past ten in Shanghai.
const TODAY = parseDay("2026-11-21");
const day = (daysAgo: number): Day => addDays(TODAY, -daysAgo);
const at = (daysAgo: number, hour = 10): Date => new Date(startOfDay(day(daysAgo), ZONE).getTime() + hour * 3_600_000);
const now = new Date(at(0).getTime() + 1_800_000);
const roll = () => rollUp(now, Date.now() + 60_000);

beforeEach(async () => {
  await emptyDatabase();
  theClock.set(now);
});

async function joined(name: string, daysAgo: number): Promise<TestUser> {
  theClock.set(at(daysAgo));
  const who = await aUser({ name, points: 10_000 });
  theClock.set(now);
  return who;
}

const here = async (who: TestUser, ...daysAgo: number[]): Promise<void> => {
  for (const ago of daysAgo) await rows("INSERT INTO visits (user_id, local_day, created_at) VALUES (?, ?, ?)", [who.id, day(ago), at(ago)]);
};

/** All that the reports are made of, whether it has settled yet or not. */
const made = () => rows(`SELECT TRIM(TRAILING '~' FROM metric) AS metric, CAST(local_day AS CHAR) AS day, item, SUM(value) AS value FROM report_facts GROUP BY 1, 2, 3
  UNION ALL SELECT report, CAST(as_of AS CHAR), item, value FROM report_snapshots WHERE report <> 'progress' ORDER BY 1, 2, 3`);

/**
 * Ann and Bo registered ten days ago, Cy two days ago, Di today.
 * Ann was here on the day itself, the next day, seven days later (three ago), and yesterday. Bo was here on the day itself and today.
 * Cy came the next day (yesterday). Di is here today.
 */
async function visitors() {
  const [ann, bo, cy, di] = [await joined("ann", 10), await joined("bo", 10), await joined("cy", 2), await joined("di", 0)];
  await here(ann, 10, 9, 3, 1);
  await here(bo, 10, 0);
  await here(cy, 2, 1);
  await here(di, 0);
  return { ann, bo, cy, di };
}

test("retention: of three people who could come back on day 1 two did, of two on day 7 one, and nobody is ripe for day 30", async () => {
  await visitors();
  await roll();
  const { cohorts, rates } = await getRetention(db(), { first: day(10), last: TODAY });
  expect(cohorts[0]).toEqual({ day: day(10), registered: 2, d1: 1, d7: 1, d30: null });
  expect(cohorts[8]).toEqual({ day: day(2), registered: 1, d1: 1, d7: null, d30: null });
  expect(cohorts[10], "today's day 1 is not over").toEqual({ day: TODAY, registered: 1, d1: null, d7: null, d30: null });
  expect(rates).toEqual({ d1: { registered: 3, returned: 2, rate: 0.6667 }, d7: { registered: 2, returned: 1, rate: 0.5 }, d30: { registered: 0, returned: 0, rate: null } });
});

test("weekly cohorts: ten days ago was a Wednesday; in the week after it, which ends tomorrow, nothing is known yet, and last Sunday closed none", async () => {
  const { ann } = await visitors();
  await roll();
  const monday = parseDay("2026-11-09");
  expect((await getWeeklyCohorts(db(), { first: day(10), last: day(10) })).weeks).toEqual([{ week: monday, registered: 2, active: Array(12).fill(null) }]);
  theClock.set(new Date(at(-2).getTime()));
  await rollUp(at(-2), Date.now() + 60_000);
  const [week] = (await getWeeklyCohorts(db(), { first: day(10), last: day(10) })).weeks;
  expect(week!.active.slice(0, 2), "in the week from the 16th Ann was here on the 18th and the 20th, Bo on the 21st").toEqual([2, null]);
  await rows("DELETE FROM visits WHERE user_id = ?", [ann.id]);
});

test("activity: yesterday Ann and Cy were here, and within 30 days Ann, Bo and Cy; today is not over", async () => {
  await visitors();
  await roll();
  const { days } = await getActivity(db(), { first: day(1), last: TODAY });
  expect(days).toEqual([{ day: day(1), dau: 2, mau: 3, stickiness: 0.6667 }, { day: TODAY, dau: 2, mau: null, stickiness: null }]);
});

test("orders: repurchase, the days between, groups, the funnel and the product, each counted by hand", async () => {
  const { ann, bo, cy, di } = await visitors();
  const [mug, kettle] = [await aMug({ initialStock: 50 }), await aKettle({ initialStock: 50 })];
  const staff = staffWith((await aUser({ role: "staff" })).id, "staff");
  // Ann: mugs nine, five and four days ago (gaps of four days and one), the first received. Bo: a kettle, paid the day after; today another, not paid.
  const first = await anOrder(ann, mug, {}, at(9));
  await anOrder(ann, mug, { quantity: 2 }, at(5));
  await anOrder(ann, mug, {}, at(4));
  await rows("UPDATE orders SET delivery = 'virtual' WHERE public_id = ?", [first.orderId]);
  await perform(staff, (ctx) => completeOrder(ctx, { requestId: randomUUID(), orderId: first.orderId }), at(8));
  const paid = await anOrder(bo, kettle, {}, at(3));
  await rows("UPDATE orders SET pay_by = ? WHERE public_id = ?", [at(-1), paid.orderId]);
  await pay(bo, paid.orderId, "paid", at(2));
  await anOrder(bo, kettle, {}, at(0, 9));
  // Cy only looked, twice on one day; Di looked today.
  for (const time of [at(1, 9), at(1, 11)]) await perform(theShop, (ctx) => countViews(ctx, [{ userId: cy.id, productId: mug.id }, { userId: ann.id, productId: mug.id }]), time);
  await perform(theShop, (ctx) => countViews(ctx, [{ userId: di.id, productId: mug.id }]), at(0));
  await roll();

  expect(await getRepurchase(db())).toMatchObject({ asOf: day(1), buyers: 2, repeatBuyers: 1, rate: 0.5, medianGapDays: 1 });
  expect((await getRepurchase(db())).gaps.filter(({ gaps }) => gaps > 0)).toEqual([{ from: 1, upTo: 1, gaps: 1 }, { from: 4, upTo: 7, gaps: 1 }]);
  // Ann: three orders, the last three days before yesterday, 400 points = 4 yuan: recency 5, frequency 3, so loyal. Bo: one, recency 5: new.
  expect((await getRfm(db())).groups.filter(({ people }) => people > 0)).toEqual([
    { group: "loyal", people: 1, share: 0.5, orders: 3, valueCents: 400 },
    { group: "new", people: 1, share: 0.5, orders: 1, valueCents: await count("SELECT cash_paid_cents + points_spent FROM orders WHERE public_id = ?", [paid.orderId]) },
  ]);
  // Yesterday's week (days 1 to 7): here or further: Ann, Bo and Cy; looked or further: the same; ordered: Ann and Bo; paid: both; received: none, as Ann's was placed nine days ago.
  expect((await getFunnel(db(), 7)).steps.map(({ people }) => people)).toEqual([3, 3, 2, 2, 0]);
  expect((await getFunnel(db(), 30)).steps.map(({ people }) => people), "in thirty days Ann has received one").toEqual([3, 3, 2, 2, 1]);
  const { rows: products } = await getProductReport(db(), { first: day(10), last: TODAY });
  expect(products.find(({ productId }) => productId === mug.id)).toMatchObject({ views: 3, orders: 3, pieces: 4, points: 400, cashCents: 0, stock: 46, conversion: 1 });
  expect(products.find(({ productId }) => productId === kettle.id), "the one that was paid, on the day it was").toMatchObject({ orders: 1, pieces: 1 });
  expect((await getProductReport(db(), { first: day(3), last: day(3) })).totals.orders).toBe(0);
  expect((await getProductReport(db(), { first: day(2), last: day(2) })).totals.orders).toBe(1);

  const segment = await rows<{ insertId: number }>("INSERT INTO segments (name, slug, definition, is_active) VALUES ('the new', 'the-new', '{\"rfmGroups\": [\"new\", \"lost\"]}', 1)");
  await refreshSegmentsJob.run(now, Date.now() + 20_000);
  expect(await rows("SELECT user_id AS id FROM segment_members WHERE segment_id = ?", [(segment as unknown as { insertId: number }).insertId])).toEqual([{ id: bo.id }]);
});

test("the liability is the lots to the point: sliding lots, overdue ones, frozen people, debts and what happened after midnight", async () => {
  // Ann has 300 points until the end of yesterday (not swept), 700 for long. Bo has 1,000, frozen. Cy has 200 that slide. Di owes 50.
  theClock.set(at(20));
  const [ann, bo, cy, di] = [await aUser({ lots: [{ points: 300, expiresInDays: 19 }, { points: 700, expiresInDays: 400 }] }), await aUser({ points: 1_000 }), await aUser({ points: 200 }), await aUser({ points: 100 })];
  await freeze(bo);
  theClock.set(now);
  await rows("UPDATE point_lots SET is_sliding = 1 WHERE user_id = ?", [cy.id]);
  await rows("UPDATE point_accounts SET points_balance = 0, points_debt = 50 WHERE user_id = ?", [di.id]);
  await rows("UPDATE point_lots SET points_remaining = 0 WHERE user_id = ?", [di.id]);
  await rows("INSERT INTO points_transactions (user_id, kind, points_change, balance_after, source_type, source_id, local_day, created_at) VALUES (?, 'claw_back', -150, -50, 'refund', ?, ?, ?)", [di.id, randomUUID(), day(2), at(2)]);
  await rows("INSERT INTO lot_allocations (entry_id, lot_id, points) SELECT MAX(t.id), MAX(l.id), -100 FROM points_transactions t JOIN point_lots l ON l.user_id = t.user_id WHERE t.user_id = ?", [di.id]);
  // After midnight: Ann's overdue points are swept, and she orders a mug for 100.
  await perform(theShop, (ctx) => expirePoints(ctx, [ann.id]), at(0, 1));
  await anOrder(ann, await aMug(), {}, at(0, 9));
  await roll();
  const report = (await findLiability(db(), DEFAULT_POLICY))!;
  expect(report).toMatchObject({
    asOf: day(1), outstandingPoints: 700 + 1_000 + 200, outstandingCents: 1_900, overduePoints: 300, lotPoints: 2_200, ledgerPoints: 2_150, debtPoints: 50, frozenPoints: 1_000, pendingPoints: 0, isBalanced: true,
    breakage: { rate: null, points: null },
  });
  expect(report.schedule.reduce((sum, { points }) => sum + points, 0)).toBe(1_900);
  expect(report.ages.map(({ points }) => points)).toEqual([1_900, 0, 0, 0, 0]);
  expect(report.schedule).toEqual([{ month: "2027-11", points: 1_200, cents: 1_200 }, { month: "2027-12", points: 700, cents: 700 }].map((row) => expect.objectContaining(row)));
  const days = await listLiabilityDays(db(), DEFAULT_POLICY, { first: day(3), last: day(1) });
  expect(days.map(({ outstandingPoints }) => outstandingPoints), "three days ago Di had 100 still, and Ann 300 more").toEqual([2_300, 2_200, 1_900]);
  await emptyDatabase();
});

test("breakage: of points opened thirteen months ago a quarter expired unspent", async () => {
  theClock.set(at(400));
  const ann = await aUser({ lots: [{ points: 100, expiresInDays: 30 }, { points: 300, expiresInDays: 900 }] });
  await perform(theShop, (ctx) => expirePoints(ctx, [ann.id]), at(365));
  theClock.set(now);
  await roll();
  expect((await findLiability(db(), DEFAULT_POLICY))!.breakage).toEqual({ cohortGranted: 400, cohortExpired: 100, rate: 0.25, points: 75, cents: 75 });
}, 90_000);

test("tasks and rules: of two people who were here one claimed, and what was taken back is beside it", async () => {
  const { ann, cy } = await visitors();
  const task = await aTask({ name: "three visits", rewardPoints: 40 });
  for (const [who, ago] of [[ann, 5], [ann, 40], [cy, 0]] as const) {
    await rows("INSERT INTO user_tasks (user_id, task_id, period, progress, completed, completed_at, points) VALUES (?, ?, ?, 1, 1, ?, 40)", [who.id, task.id, day(ago), at(ago)]);
    await rows("INSERT INTO points_transactions (user_id, kind, points_change, balance_after, source_type, source_id, local_day) VALUES (?, 'earn', 40, 40, 'task', ?, ?)", [who.id, `${who.id}:${task.id}:${day(ago)}`, day(ago)]);
  }
  await rows("INSERT INTO points_transactions (user_id, kind, points_change, balance_after, source_type, source_id, local_day) VALUES (?, 'claw_back', -40, 0, 'task_undo', ?, ?)", [ann.id, `${ann.id}:${task.id}:${day(5)}`, day(2)]);
  await roll();
  // Yesterday's week: Ann and Cy were here, Ann claimed. Cy's claim is of today, Ann's other one forty days old.
  expect(await getTaskReport(db(), 7)).toMatchObject({ asOf: day(1), activePeople: 2, rows: [{ taskId: task.id, claims: 1, points: 40, pointsTakenBack: 40, people: 1, completionRate: 0.5 }] });
  expect((await getTaskReport(db(), 90)).rows[0]).toMatchObject({ claims: 2, points: 80, people: 1 });
  expect((await getPointsReport(db(), { first: day(5), last: day(2) })).sources.filter(({ source }) => source.startsWith("task"))).toMatchObject([{ source: "task", issued: 40, net: 40 }, { source: "task_undo", clawedBack: 40, net: -40 }]);
  await emptyDatabase();
});

test("an entry belongs to the programme's day, in a zone with daylight saving too", async () => {
  await withPolicy({ timeZone: "America/New_York" }, async () => {
    // 1 November 2026 has 25 hours in New York: from 04:00 UTC to 05:00 UTC of the next day.
    for (const [name, joinedAt] of [["early", "2026-11-01T04:00:00Z"], ["late", "2026-11-02T04:59:59Z"], ["next", "2026-11-02T05:00:00Z"]] as const) {
      theClock.set(new Date(joinedAt));
      await aUser({ name, points: 5 });
    }
    theClock.set(now);
    await roll();
    const { cohorts } = await getRetention(db(), { first: parseDay("2026-10-31"), last: parseDay("2026-11-02") });
    expect(cohorts.map(({ registered }) => registered)).toEqual([0, 2, 1]);
    const { days } = await getPointsReport(db(), { first: parseDay("2026-11-01"), last: parseDay("2026-11-02") });
    expect(days.map(({ adjustedIn }) => adjustedIn)).toEqual([10, 5]);
  });
});

test("another time zone makes the days anew, by itself", async () => {
  theClock.set(new Date("2026-11-10T20:00:00Z"));
  await aUser({ name: "night" });
  theClock.set(now);
  await roll();
  const registered = async () => (await getRetention(db(), { first: parseDay("2026-11-10"), last: parseDay("2026-11-11") })).cohorts.map((cohort) => cohort.registered);
  expect(await registered(), "four in the morning of the 11th in Shanghai").toEqual([0, 1]);
  await withPolicy({ timeZone: "UTC" }, async () => {
    await roll();
    expect(await registered()).toEqual([1, 0]);
  });
});

test("a run that ends while the days are asked for anew leaves that to the next", async () => {
  theClock.set(new Date("2026-11-10T20:00:00Z"));
  await aUser({ name: "night" });
  theClock.set(now);
  await roll();
  const last = SOURCES.at(-1)!;
  const { name } = last;
  await withPolicy({ timeZone: "UTC" }, async () => {
    Object.defineProperty(last, "name", { configurable: true, enumerable: true, get: () => { throw new Error("the power is off"); } });
    try {
      await expect(roll()).rejects.toThrow("the power is off");
    } finally {
      Object.defineProperty(last, "name", { configurable: true, enumerable: true, writable: true, value: name });
    }
    await roll();
    const { cohorts } = await getRetention(db(), { first: parseDay("2026-11-10"), last: parseDay("2026-11-11") });
    expect(cohorts.map(({ registered }) => registered)).toEqual([1, 0]);
  });
});

test("what was looked at long ago stays in the reports when who looked is forgotten", async () => {
  const [ann, mug] = [await joined("ann", 401), await aMug({ initialStock: 5 })];
  for (const ago of [401, 400]) {
    await rows("INSERT INTO product_views (local_day, user_id, product_id) VALUES (?, ?, ?)", [day(ago), ann.id, mug.id]);
    await perform(theShop, (ctx) => rollDay(ctx, day(ago)), at(ago));
  }
  await rows("DELETE FROM product_views");
  for (const ago of [401, 400]) await perform(theShop, (ctx) => rollDay(ctx, day(ago)), now);
  expect(await rows("SELECT CAST(local_day AS CHAR) AS day, value FROM report_facts WHERE metric = 'product.views'"), "a day of which looks are kept is counted by them").toEqual([{ day: day(401), value: 1 }]);
});

test("an entry that comes late for a day long closed is in that day", async () => {
  const ann = await joined("ann", 10);
  await roll();
  await rows("INSERT INTO points_transactions (user_id, kind, points_change, balance_after, source_type, source_id, local_day, created_at) VALUES (?, 'earn', 7, 10007, 'share', ?, ?, ?)", [ann.id, randomUUID(), day(8), at(8)]);
  await roll();
  expect((await getPointsReport(db(), { first: day(8), last: day(8) })).totals.issued).toBe(7);
  await emptyDatabase();
});

test("made twice, made anew, stopped at every step, or by two at once: the same", async () => {
  const { ann, bo } = await visitors();
  const mug = await aMug({ initialStock: 50 });
  for (const ago of [8, 5, 3, 0]) await anOrder(ago % 2 ? ann : bo, mug, {}, at(ago, 9));
  await roll();
  const first = await made();
  expect(first.length).toBeGreaterThan(20);
  await roll();
  expect(await made()).toEqual(first);
  await restartReports(now, null);
  await roll();
  expect(await made(), "made anew").toEqual(first);
  await restartReports(now, day(5));
  await roll();
  expect(await made(), "made anew since a day").toEqual(first);

  await restartReports(now, null);
  const small = { bounds: { batch: 2, farBehind: 0 } };
  let runs = 0;
  // A deadline that is over: each run does nothing, or is cut off between two steps.
  for (let finished: unknown = 0; finished !== 1 && runs < 2_000; runs++) ({ finished } = await rollUp(now, Date.now() + (runs % 5) * 30, small));
  expect(runs).toBeGreaterThan(1);
  expect(await made(), "stopped and taken up again").toEqual(first);

  await restartReports(now, null);
  await Promise.all([rollUp(now, Date.now() + 60_000, small), rollUp(now, Date.now() + 60_000, small), rollUp(now, Date.now() + 60_000)]);
  expect(await made(), "by three at once").toEqual(first);
}, 90_000);

test("who meets at a part of the reports waits there, and nobody is sent back to begin again", async () => {
  const ROUNDS = 40;
  for (let round = 0; round < ROUNDS; round++) {
    let attempts = 0;
    await Promise.all(Array.from({ length: 8 }, () => perform(theShop, async (ctx) => {
      attempts++;
      await lockPart(ctx, round % 2 ? "met" : `new ${round}`);
    })));
    expect(attempts).toBe(8);
  }
});

test("before the first run nothing is known; a day is closed two minutes after it is over", async () => {
  await aUser();
  expect(await getReportState(db())).toEqual({ builtAt: null, throughDay: null });
  expect(await findLiability(db(), DEFAULT_POLICY)).toBeNull();
  const midnight = startOfDay(TODAY, ZONE);
  await here(await joined("ann", 3), 2, 1);
  theClock.set(new Date(midnight.getTime() + 60_000));
  await rollUp(theClock.now(), Date.now() + 60_000);
  expect((await getReportState(db())).throughDay).toBe(day(2));
  theClock.set(new Date(midnight.getTime() + 120_000));
  await rollUp(theClock.now(), Date.now() + 60_000);
  expect(await getReportState(db())).toEqual({ builtAt: expect.any(Date), throughDay: day(1) });
});
