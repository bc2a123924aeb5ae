import { expect, test } from "vitest";

import { db } from "@/db/client";
import { aMug, anOrder, aUser, endOfDayIn, lin, theClock } from "@/test/world";

import { getBalance, listEntries, listLots, readPointsAvailable } from "./queries";

test("another person's expired points take nothing from mine", async () => {
  const mei = await aUser({ name: "mei", points: 50 });
  await aUser({ lots: [{ points: 400, expiresInDays: 1 }] });
  theClock.set(endOfDayIn(2));
  expect((await getBalance(db(), mei.id, theClock.now())).pointsAvailable).toBe(50);
  expect(await readPointsAvailable(mei.id)).toBe(50);
});

test("at the instant at which points expire they are not shown any more, though no sweep has come by", async () => {
  const who = await lin();
  const end = endOfDayIn(1);
  expect((await getBalance(db(), who.id, new Date(end.getTime() - 1))).pointsAvailable).toBe(120);
  expect((await getBalance(db(), who.id, end)).pointsAvailable).toBe(100);
  theClock.set(end);
  expect(await readPointsAvailable(who.id)).toBe(100);
});

test("the wallet shows the lots that can be spent, soonest first, and what expires next", async () => {
  const who = await lin();
  await anOrder(who, await aMug({ pointsPrice: 5 }));
  expect((await listLots(db(), who.id, theClock.now())).map((lot) => [lot.pointsRemaining, lot.pointsGranted, lot.neverExpires])).toEqual([[15, 20, false], [100, 100, false]]);
  expect(await getBalance(db(), who.id, theClock.now())).toMatchObject({ pointsAvailable: 115, expiring: { points: 15, expiresAt: endOfDayIn(1) } });
  expect(await listLots(db(), who.id, endOfDayIn(1))).toHaveLength(1);
});

test("pages of the ledger hold every entry once, newest first, with the lots behind each and the product it was for", async () => {
  const who = await lin();
  const mug = await aMug({ pointsPrice: 30, initialStock: 3 });
  for (let order = 0; order < 3; order++) await anOrder(who, mug);
  const seen = [];
  for (let before: number | undefined; ; ) {
    const page = await listEntries(db(), who.id, { filter: "all", before, limit: 2 });
    seen.push(...page.entries);
    if (page.nextBefore === null) break;
    before = page.nextBefore;
  }
  expect(seen.map((entry) => [entry.kind, entry.pointsChange, entry.balanceAfter, entry.productName])).toEqual([
    ["spend", -30, 30, "mug"], ["spend", -30, 60, "mug"], ["spend", -30, 90, "mug"], ["adjust", 100, 120, null], ["adjust", 20, 20, null],
  ]);
  expect(seen[2]!.draws.map(({ points }) => points)).toEqual([-20, -10]);
});

test("the ledger can be read by its direction, and nobody reads another's", async () => {
  const [who, eve] = [await lin(), await aUser({ name: "eve" })];
  await anOrder(who, await aMug());
  const read = async (filter: "in" | "out", id = who.id) => (await listEntries(db(), id, { filter, limit: 9 })).entries.map((entry) => entry.pointsChange);
  expect([await read("in"), await read("out"), await read("in", eve.id)]).toEqual([[100, 20], [-100], []]);
});

test("balances asked for at once are each their own person's, and a stranger has none", async () => {
  const people = await Promise.all([5, 10, 15].map((points) => aUser({ points })));
  expect(await Promise.all([...people.map(({ id }) => readPointsAvailable(id)), readPointsAvailable(999_999_999 as (typeof people)[0]["id"])])).toEqual([5, 10, 15, 0]);
});
