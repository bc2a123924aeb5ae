import { randomUUID } from "node:crypto";

import { beforeEach, expect, test } from "vitest";

import { db } from "@/db/client";
import { addDays, dayOf, type Day } from "@/lib/day";
import { restartReports, rollUp } from "@/lib/jobs/roll-up";
import { completeOrder } from "@/lib/orders/receiving/commands";
import { refundItem } from "@/lib/orders/refunding/commands";
import { cancelOrder } from "@/lib/orders/commands";
import { perform } from "@/lib/perform";
import { expirePoints } from "@/lib/points/keeping/commands";
import { productSums } from "@/scripts/bench/reports";
import * as direct from "@/scripts/bench/reports-direct";
import { DEFAULT_POLICY } from "@/lib/settings/policy";
import { emptyDatabase, rows } from "@/test/database";
import { aKettle, aMug, anOrder, aUser, noonIn, pay, staffWith, theClock, theShop, type TestUser } from "@/test/world";

import { getProductReport } from "./effect-queries";
import { getPointsReport } from "./flow-queries";
import { findLiability } from "./liability-queries";
import { getActivity, getFunnel, getRepurchase, getRetention, getRfm, getWeeklyCohorts } from "./people-queries";
import { WINDOWS, type DayRange } from "./range";

const DAYS = 45;
const ask: direct.Ask = (sql, values = []) => rows(sql, [...values]);

/** Numbers that a seed makes: the same shop each time. */
function chanceOf(seed: number): (below: number) => number {
  let state = seed;
  return (below) => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return Math.floor((state / 2 ** 32) * below);
  };
}

/** A shop of some weeks, by the shop's own commands: people join, come, look, redeem, pay, cancel, receive, are refunded, and lose points. */
async function aShop(seed: number): Promise<void> {
  const chance = chanceOf(seed);
  const present = theClock.now();
  const later = (daysAgo: number): Date => new Date(noonIn(-daysAgo).getTime() + (chance(20) - 11) * 3_600_000);
  const people: { who: TestUser; joined: number }[] = [];
  for (let index = 0; index < 8; index++) {
    const joined = chance(DAYS);
    theClock.set(noonIn(-joined));
    people.push({ joined, who: await aUser({ lots: [{ points: 300, expiresInDays: 5 + chance(60) }, { points: 2_000, expiresInDays: 300 }] }) });
    theClock.set(present);
  }
  const staff = staffWith((await aUser({ role: "staff" })).id, "staff");
  const goods = [await aMug({ initialStock: 900 }), await aMug({ initialStock: 900 }), await aKettle({ initialStock: 900 })];
  for (let step = 0; step < 50; step++) {
    const { who, joined } = people[chance(people.length)]!;
    const daysAgo = chance(joined + 1);
    const when = daysAgo === 0 ? present : later(daysAgo);
    const good = goods[chance(goods.length)]!;
    if (chance(3) > 0) await rows("INSERT IGNORE INTO visits (user_id, local_day, created_at) VALUES (?, ?, ?)", [who.id, dayOf(when, direct.DIRECT_ZONE), when]);
    if (chance(2) > 0) await rows("INSERT IGNORE INTO product_views (local_day, user_id, product_id) VALUES (?, ?, ?)", [dayOf(when, direct.DIRECT_ZONE), who.id, good.id]);
    if (chance(2) > 0) continue;
    const { orderId } = await anOrder(who, good, { quantity: 1 + chance(2) }, when);
    const [order] = await rows<{ status: string }>("SELECT status FROM orders WHERE public_id = ?", [orderId]);
    const fate = chance(5);
    if (order!.status === "pending") {
      if (fate < 3) await pay(who, orderId, "paid", new Date(when.getTime() + 60_000));
      else if (fate === 3) await perform(who.actor, (ctx) => cancelOrder(ctx, { requestId: randomUUID(), orderId }), new Date(when.getTime() + 60_000));
    } else if (fate < 2) {
      await rows("UPDATE orders SET delivery = 'virtual' WHERE public_id = ?", [orderId]);
      await perform(staff, (ctx) => completeOrder(ctx, { requestId: randomUUID(), orderId }), present);
    } else if (fate === 2) {
      await perform(staff, (ctx) => refundItem(ctx, { requestId: randomUUID(), orderId, line: 1, quantity: 1, restock: true, reason: "a test" }), present);
    }
  }
  await perform(theShop, (ctx) => expirePoints(ctx, people.map(({ who }) => who.id)), present);
}

async function expectAgreement(range: DayRange, asOf: Day): Promise<void> {
  const { rules, ...points } = await getPointsReport(db(), range);
  expect({ ...points, rules: Object.fromEntries(rules.map((rule) => [String(rule.ruleId), [rule.points, rule.entries]])) }, "points").toEqual(await direct.pointsDirectly(ask, range));
  expect(await getRetention(db(), range), "retention").toEqual(await direct.retentionDirectly(ask, range, asOf));
  expect(await getWeeklyCohorts(db(), range), "weeks").toEqual(await direct.weeksDirectly(ask, range, asOf));
  expect(productSums((await getProductReport(db(), range)).rows), "products").toEqual(await direct.productsDirectly(ask, range));
}

beforeEach(emptyDatabase);

test.each([1, 77, 4_000_000_007])("a shop of chance %i: roll-up and books say the same, for every report and stretch of days", async (seed) => {
  const chance = chanceOf(seed + 1);
  await aShop(seed);
  const now = theClock.now();
  // In small steps, with the first half settled before the second comes: as a shop's years would be added up.
  await restartReports(now, null);
  await rollUp(now, Date.now() + 60_000, { bounds: { batch: 7, farBehind: 11 } });
  const today = theClock.today();
  const asOf = addDays(today, -1);
  for (let stretch = 0; stretch < 6; stretch++) {
    const last = addDays(today, -chance(DAYS));
    await expectAgreement({ first: addDays(last, -chance(DAYS)), last }, asOf);
  }
  const all = { first: addDays(today, -DAYS - 1), last: today };
  await expectAgreement(all, asOf);
  const firstVisit = (await rows<{ day: Day | null }>("SELECT CAST(LEAST((SELECT MIN(local_day) FROM visits), (SELECT MIN(local_day) FROM product_views)) AS CHAR) AS day"))[0]!.day;
  const active = { first: firstVisit ?? today, last: today };
  expect(await getActivity(db(), active), "activity").toEqual(await direct.activityDirectly(ask, active, asOf));
  expect(await getRepurchase(db()), "repurchase").toEqual(await direct.repurchaseDirectly(ask, asOf));
  expect(Object.fromEntries((await getRfm(db())).groups.map(({ group, people }) => [group, people])), "rfm").toEqual(await direct.rfmDirectly(ask, asOf, DEFAULT_POLICY.pointsPerYuan));
  for (const days of WINDOWS) expect(await getFunnel(db(), days), "funnel").toEqual(await direct.funnelDirectly(ask, asOf, days));
  for (const day of [asOf, addDays(asOf, -3), addDays(asOf, -20)]) {
    const report = (await findLiability(db(), DEFAULT_POLICY, day))!;
    expect({ lots: report.lotPoints, outstanding: report.outstandingPoints, overdue: report.overduePoints, ledger: report.ledgerPoints, debt: report.debtPoints }, "liability").toEqual(await direct.liabilityDirectly(ask, day));
    expect(report.isBalanced).toBe(true);
    expect(report.schedule.reduce((sum, { points }) => sum + points, 0)).toBe(report.outstandingPoints);
    expect(report.ages.reduce((sum, { points }) => sum + points, 0)).toBe(report.outstandingPoints);
  }
}, 60_000);
