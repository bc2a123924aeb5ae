import { expect, test } from "vitest";

import { db } from "@/db/client";
import { addDays } from "@/lib/day";
import { rollUp } from "@/lib/jobs/roll-up";
import { expirePoints } from "@/lib/points/keeping/commands";
import { perform } from "@/lib/perform";
import { DEFAULT_POLICY } from "@/lib/settings/policy";
import { count } from "@/test/database";
import { aMug, anOrder, aUser, endOfDayIn, noonIn, theClock, theShop } from "@/test/world";

import { getFigures, REPORT_DAYS } from "./queries";

/** What the overview says once the job has run. */
async function figures() {
  await rollUp(theClock.now(), Date.now() + 15_000, { liabilityDaysBack: 0 });
  return getFigures(db(), theClock.now(), DEFAULT_POLICY);
}

test("what was issued and spent today is in the last bar, and in the totals", async () => {
  const before = await figures();
  const lin = await aUser({ points: 300 });
  await anOrder(lin, await aMug());
  const after = await figures();
  expect(after.issued30 - before.issued30).toBe(300);
  expect(after.spent30 - before.spent30).toBe(100);
  expect(after.redeemed30 - before.redeemed30).toBe(1);
  expect(after.newUsers30 - before.newUsers30).toBe(1);
  expect(after.daily).toHaveLength(REPORT_DAYS);
  expect(after.daily.at(-1)).toMatchObject({ day: theClock.today(), issued: before.daily.at(-1)!.issued + 300 });
});

test("the outstanding points are those of the books, and expired ones leave them at their instant", async () => {
  await aUser({ lots: [{ points: 70, expiresInDays: 0 }], points: 30 });
  const before = await figures();
  expect(before.outstandingPoints).toBe(await count("SELECT SUM(points_balance) FROM point_accounts"));
  expect(before.outstandingCents).toBe(before.outstandingPoints);
  theClock.set(endOfDayIn(0));
  const expired = await count("SELECT SUM(points_remaining) FROM point_lots WHERE expires_at <= ?", [theClock.now()]);
  expect((await figures()).outstandingPoints).toBe(before.outstandingPoints - expired);
});

test("an entry belongs to the programme's day, and falls out of the thirty days at midnight", async () => {
  const lin = await aUser({ points: 500 });
  const mug = await aMug({ initialStock: 9 });
  const start = await figures();
  await anOrder(lin, mug, {}, noonIn(1 - REPORT_DAYS));
  await anOrder(lin, mug, {}, noonIn(-REPORT_DAYS));
  const now = await figures();
  expect(now.spent30 - start.spent30).toBe(100);
  expect(now.daily[0]).toMatchObject({ day: addDays(theClock.today(), 1 - REPORT_DAYS), spent: start.daily[0]!.spent + 100 });
  expect(now.deltas.spent).not.toBeNull();
  theClock.set(endOfDayIn(0));
  expect((await figures()).spent30).toBe(now.spent30 - now.daily[0]!.spent);
});

test("expired points are neither issued nor spent", async () => {
  const lin = await aUser({ lots: [{ points: 40, expiresInDays: 0 }] });
  const before = await figures();
  await perform(theShop, (ctx) => expirePoints(ctx, [lin.id]), endOfDayIn(0));
  theClock.set(endOfDayIn(0));
  const after = await figures();
  expect(after.expired30 - before.expired30).toBe(40);
  expect(after.spent30).toBeLessThanOrEqual(before.spent30);
});
