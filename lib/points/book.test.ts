import fc from "fast-check";
import { expect, test } from "vitest";

import type { UserId } from "@/lib/ctx";
import { parseDay } from "@/lib/day";
import { aPage, livingAt, NOW, remainingIn, someLots } from "@/test/arbitraries";

import { availableOn, emptyBook, pageOf, postEarn, postExpiry, postGrant, postRemoval, postRestore, postSpend, type Book, type Page } from "./book";
import type { Lifetime } from "./expiry";
import type { Lot } from "./lots";

const LIN = 7 as UserId;
const NEXT_YEAR = new Date("2027-03-10T16:00:00Z");
const GRACE = new Date("2026-04-09T16:00:00Z");

let sources = 0;
const source = () => ({ type: "test", id: String(++sources) });

function bookOf(page: Page): Book {
  const book = emptyBook(NOW, parseDay("2026-03-10"));
  book.pages.set(LIN, page);
  return book;
}

const lot = (pointsRemaining: number, expiresAt: Date, id: number | null = 1, pointsGranted = pointsRemaining): Lot => ({ id, pointsGranted, pointsRemaining, expiresAt, isSliding: false });
const goodUntil = (expiresAt: Date): Lifetime => ({ expiresAt, isSliding: false });
const sumOf = (book: Book): number => book.postings.reduce((sum, { entry }) => sum + entry.pointsChange, 0);

type Move = { kind: "earn" | "grant" | "spend" | "restore" | "expire"; points: number };
const someMoves: fc.Arbitrary<Move[]> = fc.array(fc.record({ kind: fc.constantFrom("earn", "grant", "spend", "restore", "expire"), points: fc.integer({ min: 1, max: 300 }) }), { maxLength: 25 });

/** Takes one step, as a command would; a restore gives back the latest spend that was not given back yet. */
function take(book: Book, { kind, points }: Move, spends: { lot: Lot; points: number }[][]): void {
  if (kind === "earn") postEarn(book, LIN, points, goodUntil(NEXT_YEAR), source());
  if (kind === "grant") postGrant(book, LIN, points, GRACE, source());
  if (kind === "expire") postExpiry(book, LIN, source());
  if (kind === "spend") {
    const spent = postSpend(book, LIN, points, source());
    if (spent.ok) spends.push(spent.value.allocations.map((each) => ({ lot: each.lot, points: -each.points })));
  }
  const draws = kind === "restore" ? spends.pop() : undefined;
  if (draws) postRestore(book, LIN, draws, GRACE, source());
}

test("whatever is earned, spent, given, returned and ended, in any order: balance less debt is the sum of the entries, balance is what the lots hold", () => {
  fc.assert(fc.property(someLots(8), fc.nat({ max: 400 }), someMoves, (lots, debt, moves) => {
    const page = aPage(lots, { pointsDebt: debt });
    const before = page.pointsBalance - debt;
    const book = bookOf(page);
    const spends: { lot: Lot; points: number }[][] = [];
    for (const move of moves) {
      take(book, move, spends);
      expect(page.pointsBalance - page.pointsDebt).toBe(before + sumOf(book));
      expect(page.pointsBalance).toBe(remainingIn(page.lots));
      expect(availableOn(page)).toBe(remainingIn(livingAt(page.lots, NOW)));
      expect(Math.min(page.pointsBalance, page.pointsDebt, availableOn(page))).toBeGreaterThanOrEqual(0);
      for (const each of page.lots) expect(each.pointsRemaining).toBeLessThanOrEqual(each.pointsGranted);
    }
  }));
});

test("the balance after each entry is the one before it and its change", () => {
  fc.assert(fc.property(someLots(8), fc.nat({ max: 400 }), someMoves, (lots, debt, moves) => {
    const page = aPage(lots, { pointsDebt: debt });
    let balance = page.pointsBalance - debt;
    const book = bookOf(page);
    const spends: { lot: Lot; points: number }[][] = [];
    for (const move of moves) take(book, move, spends);
    for (const { entry } of book.postings) expect(entry.balanceAfter).toBe((balance += entry.pointsChange));
  }));
});

test("an entry names each lot once, and its lots move what it says, less what the debt took", () => {
  fc.assert(fc.property(someLots(8), fc.nat({ max: 400 }), someMoves, (lots, debt, moves) => {
    const page = aPage(lots, { pointsDebt: debt });
    const book = bookOf(page);
    const spends: { lot: Lot; points: number }[][] = [];
    for (const move of moves) {
      const [posted, owed] = [book.postings.length, page.pointsDebt];
      take(book, move, spends);
      for (const { entry, allocations } of book.postings.slice(posted)) {
        expect(new Set(allocations.map((each) => each.lot)).size).toBe(allocations.length);
        expect(allocations.reduce((sum, { points }) => sum + points, 0) + owed - page.pointsDebt).toBe(entry.pointsChange);
        for (const { points } of allocations) expect(Math.sign(points)).toBe(Math.sign(entry.pointsChange));
      }
    }
  }));
});

test("every lot that changed is known to be written", () => {
  fc.assert(fc.property(someLots(8), someMoves, (lots, moves) => {
    const before = new Map(lots.map((each) => [each, each.pointsRemaining]));
    const page = aPage(lots);
    const book = bookOf(page);
    const spends: { lot: Lot; points: number }[][] = [];
    for (const move of moves) take(book, move, spends);
    for (const each of page.lots) if (each.pointsRemaining !== (before.get(each) ?? 0)) expect(book.changedLots.has(each)).toBe(true);
  }));
});

test("a debt is paid before anything reaches a lot", () => {
  const page = aPage([], { pointsDebt: 30 });
  const book = bookOf(page);
  expect(postEarn(book, LIN, 20, goodUntil(NEXT_YEAR), source())).toMatchObject({ ok: true, value: { entry: { pointsChange: 20, balanceAfter: -10 }, allocations: [] } });
  expect(postEarn(book, LIN, 25, goodUntil(NEXT_YEAR), source())).toMatchObject({ ok: true, value: { entry: { pointsChange: 25, balanceAfter: 15 }, allocations: [{ points: 15 }] } });
  expect(page).toMatchObject({ pointsBalance: 15, pointsDebt: 0, totalPointsEarned: 45 });
});

test("only an earning counts as earned: a gift and a return do not", () => {
  const page = aPage([lot(100, NEXT_YEAR)]);
  const book = bookOf(page);
  const spent = postSpend(book, LIN, 40, source());
  if (spent.ok) postRestore(book, LIN, spent.value.allocations.map((each) => ({ lot: each.lot, points: -each.points })), GRACE, source());
  postGrant(book, LIN, 10, GRACE, source());
  expect(page.totalPointsEarned).toBe(0);
  postEarn(book, LIN, 5, goodUntil(NEXT_YEAR), source());
  expect(page.totalPointsEarned).toBe(5);
});

test("a frozen person neither earns nor spends; a return, a gift and an expiry reach them", () => {
  const dead = lot(30, new Date(NOW.getTime() - 1), 2);
  const page = aPage([lot(60, NEXT_YEAR, 1, 100), dead], { status: "frozen" });
  const book = bookOf(page);
  expect(postEarn(book, LIN, 5, goodUntil(NEXT_YEAR), source())).toEqual({ ok: false, code: "account_frozen", detail: {} });
  expect(postSpend(book, LIN, 5, source())).toEqual({ ok: false, code: "account_frozen", detail: {} });
  expect(book.postings).toEqual([]);
  postRestore(book, LIN, [{ lot: page.lots[0]!, points: 40 }], GRACE, source());
  postGrant(book, LIN, 5, GRACE, source());
  postExpiry(book, LIN, source());
  expect(page.pointsBalance).toBe(105);
});

test("points that have expired are missing from a spend though they are in the balance", () => {
  const page = aPage([lot(50, new Date(NOW.getTime() - 1)), lot(30, NEXT_YEAR, 2)]);
  expect(postSpend(bookOf(page), LIN, 40, source())).toEqual({ ok: false, code: "insufficient_points", detail: { pointsMissing: 10 } });
});

test("what returns to a dead lot goes to a lot of the grace period, beside what returns to its own", () => {
  const [dead, living] = [lot(0, new Date(NOW.getTime() - 1), 1, 20), lot(5, NEXT_YEAR, 2, 50)];
  const page = aPage([dead, living]);
  const book = bookOf(page);
  const posting = postRestore(book, LIN, [{ lot: dead, points: 20 }, { lot: living, points: 45 }], GRACE, source());
  expect(posting.entry).toMatchObject({ kind: "restore", pointsChange: 65, balanceAfter: 70 });
  expect(page.lots.map((each) => [each.id, each.pointsGranted, each.pointsRemaining])).toEqual([[1, 20, 0], [2, 50, 50], [null, 20, 20]]);
  expect(page.lots[2]!.expiresAt).toEqual(GRACE);
});

test("a return into the grace lot that also takes back its own names that lot once", () => {
  const [dead, grace] = [lot(0, new Date(NOW.getTime() - 1), 1, 20), lot(0, GRACE, 2, 10)];
  const page = aPage([dead, grace]);
  const posting = postRestore(bookOf(page), LIN, [{ lot: dead, points: 20 }, { lot: grace, points: 10 }], GRACE, source());
  expect(posting.allocations).toEqual([{ lot: grace, points: 30 }]);
  expect(grace).toMatchObject({ pointsGranted: 30, pointsRemaining: 30 });
});

test("earnings with one expiry share a lot", () => {
  const page = aPage([]);
  const book = bookOf(page);
  postEarn(book, LIN, 5, goodUntil(NEXT_YEAR), source());
  postEarn(book, LIN, 6, goodUntil(new Date(NEXT_YEAR)), source());
  expect(page.lots).toMatchObject([{ id: null, pointsGranted: 11, pointsRemaining: 11 }]);
});

test("nothing to end is no entry", () => {
  const book = bookOf(aPage([lot(10, NEXT_YEAR)]));
  expect(postExpiry(book, LIN, source())).toBeNull();
  expect(book.postings).toEqual([]);
});

test("nobody's page is opened by posting: who was not locked has none", () => {
  expect(() => pageOf(bookOf(aPage([])), 8 as UserId)).toThrow("the command locked it");
});

test.each([0, -3, 1.5, NaN])("%s points are no gift and no earning", (points) => {
  expect(() => postGrant(bookOf(aPage([])), LIN, points, GRACE, source())).toThrow("positive whole number");
  expect(() => postEarn(bookOf(aPage([])), LIN, points, goodUntil(GRACE), source())).toThrow("positive whole number");
});

test("what is taken out by hand leaves soonest expiry first, from a frozen account too, and never more than there is", () => {
  fc.assert(fc.property(someLots(8), fc.nat({ max: 200 }), fc.integer({ min: 1, max: 2_000 }), fc.constantFrom("active" as const, "frozen" as const), (lots, debt, points, status) => {
    const page = { ...aPage(lots, { pointsDebt: debt }), status };
    const available = availableOn(page);
    const before = new Map(page.lots.map((each) => [each, each.pointsRemaining]));
    const removed = postRemoval(bookOf(page), LIN, points, source());
    if (points > available) {
      expect(removed).toMatchObject({ ok: false, code: "insufficient_points", detail: { pointsMissing: points - available } });
      expect(availableOn(page)).toBe(available);
    } else {
      expect(removed).toMatchObject({ ok: true, value: { entry: { kind: "adjust", pointsChange: -points } } });
      expect(availableOn(page)).toBe(available - points);
      const soonestKept = Math.min(...livingAt(page.lots, NOW).filter(({ pointsRemaining }) => pointsRemaining > 0).map(({ expiresAt }) => expiresAt.getTime()));
      expect(page.lots.filter((each) => each.pointsRemaining < before.get(each)! && each.expiresAt.getTime() > soonestKept)).toEqual([]);
    }
    expect([page.pointsDebt, page.pointsBalance]).toEqual([debt, remainingIn(page.lots)]);
  }));
});
