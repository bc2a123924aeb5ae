import { randomUUID } from "node:crypto";

import { expect, test } from "vitest";

import { db } from "@/db/client";
import { perform } from "@/lib/perform";
import { earnPoints } from "@/lib/rules/commands";
import { aMug, anOrder, aUser, endOfDayIn, lin, theClock, theShop } from "@/test/world";

import { postPending } from "./book";
import { openBook, writeBook } from "./commands";
import { activatePending } from "./pending/commands";
import { releasedByEvent } from "./pending/pending";
import { getBalance, listEntries, listLots, listPending, readPointsAvailable, sumMonths, type EntryFilter, type EntrySource } from "./queries";

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
    const page = await listEntries(db(), who.id, { filter: "all", before, limit: 2 }, theClock.now());
    seen.push(...page.entries);
    if (page.nextBefore === null) break;
    before = page.nextBefore;
  }
  expect(seen.map((entry) => [entry.kind, entry.pointsChange, entry.balanceAfter, entry.productName])).toEqual([
    ["spend", -30, 30, "mug"], ["spend", -30, 60, "mug"], ["spend", -30, 90, "mug"], ["adjust", 100, 120, null], ["adjust", 20, 20, null],
  ]);
  const lot = { lotId: expect.any(Number) as number, isSliding: false };
  expect(seen[2]!.draws).toEqual([{ ...lot, points: -20, expiresAt: endOfDayIn(1) }, { ...lot, points: -10, expiresAt: (await listLots(db(), who.id, theClock.now()))[0]!.expiresAt }]);
  expect(seen[2]!.draws[0]!.lotId).toBe(seen[4]!.draws[0]!.lotId);
});

test("the ledger can be read by its direction, and nobody reads another's", async () => {
  const [who, eve] = [await lin(), await aUser({ name: "eve" })];
  await anOrder(who, await aMug());
  const read = async (filter: "in" | "out", id = who.id) => (await listEntries(db(), id, { filter, limit: 9 }, theClock.now())).entries.map((entry) => entry.pointsChange);
  expect([await read("in"), await read("out"), await read("in", eve.id)]).toEqual([[100, 20], [-100], []]);
});

test("balances asked for at once are each their own person's, and a stranger has none", async () => {
  const people = await Promise.all([5, 10, 15].map((points) => aUser({ points })));
  expect(await Promise.all([...people.map(({ id }) => readPointsAvailable(id)), readPointsAvailable(999_999_999 as (typeof people)[0]["id"])])).toEqual([5, 10, 15, 0]);
});

test("pages stay put while entries are added: nothing is shown twice and nothing is left out", async () => {
  const who = await lin();
  const mug = await aMug({ pointsPrice: 5, initialStock: 9 });
  for (let order = 0; order < 3; order++) await anOrder(who, mug);
  const first = await listEntries(db(), who.id, { filter: "all", limit: 2 }, theClock.now());
  await anOrder(who, mug);
  const second = await listEntries(db(), who.id, { filter: "all", before: first.nextBefore!, limit: 9 }, theClock.now());
  const ids = [...first.entries, ...second.entries].map(({ id }) => id);
  expect(ids).toHaveLength(5);
  expect(ids).toEqual([...new Set(ids)].sort((a, b) => b - a));
});

test("the ledger can be read by where entries came from, and by what will soon be gone", async () => {
  const who = await lin();
  await perform(theShop, (ctx) => earnPoints(ctx, { userId: who.id, action: "login", source: { type: "visit", id: `${who.id}:today` } }));
  await anOrder(who, await aMug({ pointsPrice: 5 }));
  const read = async (query: { filter?: EntryFilter; source?: EntrySource }) =>
    (await listEntries(db(), who.id, { filter: "all", limit: 9, ...query }, theClock.now())).entries.map((entry) => entry.pointsChange);
  expect(await read({ source: "orders" })).toEqual([-5]);
  expect(await read({ source: "rewards" })).toEqual([10]);
  expect(await read({ source: "adjustments" })).toEqual([100, 20]);
  expect([await read({ source: "checkIns" }), await read({ source: "tasks" }), await read({ source: "expiry" })]).toEqual([[], [], []]);
  expect(await read({ filter: "expiring" })).toEqual([20]);
  expect(await read({ filter: "out", source: "rewards" })).toEqual([]);
});

test("a month's sums are of the whole month, whatever page is shown, and of nobody else", async () => {
  const who = await lin();
  await anOrder(who, await aMug({ pointsPrice: 5 }));
  await aUser({ points: 900 });
  const month = theClock.today().slice(0, 7);
  expect(await sumMonths(db(), who.id, [month])).toEqual([{ month, pointsIn: 120, pointsOut: -5 }]);
  expect([await sumMonths(db(), who.id, ["2020-01"]), await sumMonths(db(), who.id, [])]).toEqual([[], []]);
});

test("pending points are listed with what they wait for, soonest first, and only while they wait", async () => {
  const who = await aUser();
  const wait = (points: number, activatesAt: Date | null, releasedBy: string | null) => perform(theShop, async (ctx) => {
    const { book } = await openBook(ctx, [who.id], []);
    postPending(book, { userId: who.id, points, ruleId: null, source: { type: "visit", id: randomUUID() }, breakdown: { level: points }, expiry: null, activatesAt, releasedBy });
    await writeBook(ctx, book);
  });
  await wait(7, null, releasedByEvent("survey.done", who.id));
  await wait(5, endOfDayIn(9), null);
  await wait(3, endOfDayIn(2), null);
  expect((await listPending(db(), who.id)).map(({ points, releasedBy }) => [points, releasedBy])).toEqual([[3, null], [5, null], [7, `event:survey.done:${who.id}`]]);
  await perform(theShop, async (ctx) => activatePending(ctx, (await listPending(db(), who.id)).map(({ id }) => id)));
  expect(await listPending(db(), who.id)).toEqual([]);
  expect((await getBalance(db(), who.id, theClock.now())).pointsAvailable).toBe(15);
});
