import fc from "fast-check";
import { expect, test } from "vitest";

import type { UserId } from "@/lib/ctx";
import { parseDay } from "@/lib/day";
import { aPage, livingAt, NOW, remainingIn, someLots } from "@/test/arbitraries";

import { availableOn, emptyBook, postActivation, postClawBack, postEarn, postForfeit, postGrant, postPending, postRestore, settlePending, type Book, type Page } from "./book";
import type { Lifetime } from "./expiry";
import type { Lot } from "./lots";
import type { PendingGrant } from "./pending/pending";

const LIN = 7 as UserId;
const DAY_MS = 86_400_000;
const inDays = (days: number): Date => new Date(NOW.getTime() + days * DAY_MS);
const source = { type: "test", id: "1" };

function bookOf(page: Page): Book {
  const book = emptyBook(NOW, parseDay("2026-03-10"));
  book.pages.set(LIN, page);
  return book;
}

const lot = (id: number | null, pointsRemaining: number, expiresAt: Date, isSliding = false): Lot => ({ id, pointsGranted: pointsRemaining, pointsRemaining, expiresAt, isSliding });
const from = (...preferred: number[]): { preferred: ReadonlySet<number>; debtMax: number } => ({ preferred: new Set(preferred), debtMax: Infinity });
const life = (expiresAt: Date, isSliding = false): Lifetime => ({ expiresAt, isSliding });
const pending = (points: number): PendingGrant => ({ userId: LIN, points, ruleId: null, source, breakdown: {}, expiry: null, activatesAt: NOW, releasedBy: null });

test("a claw-back takes the lots that the undone earning filled, then the soonest to expire, then debt", () => {
  const page = aPage([lot(1, 10, inDays(5)), lot(2, 20, inDays(50)), lot(3, 40, inDays(1)), lot(4, 80, inDays(90))]);
  const posting = postClawBack(bookOf(page), LIN, 200, from(2, 4), source);
  expect(posting!.allocations.map(({ lot: { id }, points }) => [id, points])).toEqual([[2, -20], [4, -80], [3, -40], [1, -10]]);
  expect(posting!.entry).toMatchObject({ kind: "claw_back", pointsChange: -200, balanceAfter: -50 });
  expect(page).toMatchObject({ pointsBalance: 0, pointsDebt: 50 });
});

test("it stops where it has enough, and leaves the rest of a lot", () => {
  const page = aPage([lot(1, 10, inDays(5)), lot(2, 20, inDays(50))]);
  const posting = postClawBack(bookOf(page), LIN, 25, from(2), source);
  expect(posting!.allocations.map(({ lot: { id }, points }) => [id, points])).toEqual([[2, -20], [1, -5]]);
  expect(page).toMatchObject({ pointsBalance: 5, pointsDebt: 0 });
});

test("what has expired is no longer there to be taken: it is debt", () => {
  const page = aPage([lot(1, 30, new Date(NOW)), lot(2, 20, inDays(1))]);
  const posting = postClawBack(bookOf(page), LIN, 50, from(1), source);
  expect(posting!.allocations.map(({ lot: { id } }) => id)).toEqual([2]);
  expect(page).toMatchObject({ pointsBalance: 30, pointsDebt: 30, pointsOverdue: 30 });
});

test("without debt it takes what is there, and nothing is no entry", () => {
  const page = aPage([lot(1, 30, inDays(1))]);
  const book = bookOf(page);
  expect(postClawBack(book, LIN, 50, { preferred: new Set(), debtMax: 0 }, source)!.entry).toMatchObject({ pointsChange: -30, balanceAfter: 0 });
  expect(postClawBack(book, LIN, 20, { preferred: new Set(), debtMax: 0 }, source)).toBeNull();
  expect(page).toMatchObject({ pointsBalance: 0, pointsDebt: 0 });
  expect(book.postings).toHaveLength(1);
});

test("a debt is deepened, and the next earning pays it first", () => {
  const page = aPage([], { pointsDebt: 10 });
  const book = bookOf(page);
  postClawBack(book, LIN, 15, from(), source);
  expect(page.pointsDebt).toBe(25);
  postEarn(book, LIN, 30, life(inDays(365)), source);
  expect(page).toMatchObject({ pointsBalance: 5, pointsDebt: 0, totalPointsEarned: 30 });
  expect(book.postings.map(({ entry }) => entry.balanceAfter)).toEqual([-25, 5]);
});

test("a return pays the debt too, and raises no level", () => {
  const own = lot(1, 0, inDays(9));
  own.pointsGranted = 40;
  const page = aPage([own], { pointsDebt: 15 });
  postRestore(bookOf(page), LIN, [{ lot: own, points: 40 }], null, source);
  expect(page).toMatchObject({ pointsBalance: 25, pointsDebt: 0, totalPointsEarned: 0 });
});

test("of what comes back, the soonest to expire pays the debt, in whatever order it was drawn", () => {
  const lots = [lot(1, 0, inDays(90)), lot(2, 0, inDays(2)), lot(3, 0, inDays(30))].map((each) => ({ ...each, pointsGranted: 20 }));
  const page = aPage(lots, { pointsDebt: 30 });
  postRestore(bookOf(page), LIN, lots.map((each) => ({ lot: each, points: 20 })), null, source);
  expect(page.lots.map(({ id, pointsRemaining }) => [id, pointsRemaining])).toEqual([[1, 20], [2, 0], [3, 10]]);
});

test("dead points that come back pay no debt: they end with the next sweep, and what lives pays it", () => {
  const [dead, living] = [lot(1, 0, inDays(-1)), lot(2, 0, inDays(9))].map((each) => ({ ...each, pointsGranted: 20 })) as [Lot, Lot];
  const page = aPage([dead, living], { pointsDebt: 30 });
  const posting = postRestore(bookOf(page), LIN, [dead, living].map((each) => ({ lot: each, points: 20 })), null, source);
  expect(posting.entry).toMatchObject({ pointsChange: 40, balanceAfter: 10 });
  expect(page).toMatchObject({ pointsBalance: 20, pointsOverdue: 20, pointsDebt: 10 });
});

test("freezing is no refuge from a claw-back, and a claw-back is no earning undone: what was earned stays counted", () => {
  const page = aPage([lot(1, 30, inDays(1))], { status: "frozen", totalPointsEarned: 30 });
  expect(postClawBack(bookOf(page), LIN, 30, from(1), source)).not.toBeNull();
  expect(page).toMatchObject({ pointsBalance: 0, totalPointsEarned: 30 });
});

test("nothing is granted to an account whose books were found wrong; a correction by the merchant reaches it", () => {
  const page = aPage([], { isHeld: true });
  const book = bookOf(page);
  expect(postEarn(book, LIN, 5, life(inDays(9)), source)).toEqual({ ok: false, code: "account_held", detail: {} });
  expect(postPending(book, pending(5))).toEqual({ ok: false, code: "account_held", detail: {} });
  expect({ postings: book.postings, pending: book.pending, touched: [...book.touched] }).toEqual({ postings: [], pending: [], touched: [] });
  expect(page).toMatchObject({ pointsBalance: 0, pointsPending: 0, totalPointsEarned: 0 });
  expect(postGrant(book, LIN, 5, inDays(9), source).entry.pointsChange).toBe(5);
});

test("pending points are in no lot and no entry, until they are activated or gone", () => {
  const page = aPage([]);
  const book = bookOf(page);
  postPending(book, pending(50));
  postPending(book, pending(30));
  expect(page).toMatchObject({ pointsBalance: 0, pointsPending: 80, totalPointsEarned: 0, lots: [] });
  expect(book.postings).toEqual([]);
  expect(postActivation(book, LIN, 50, life(inDays(30)), source, {}).entry).toMatchObject({ kind: "earn", pointsChange: 50, balanceAfter: 50 });
  settlePending(book, page, 30);
  expect(page).toMatchObject({ pointsBalance: 50, pointsPending: 0, totalPointsEarned: 50 });
  expect(page.lots).toMatchObject([{ pointsRemaining: 50, expiresAt: inDays(30) }]);
  expect(() => settlePending(book, page, 1)).toThrow("no more pending points end than began");
});

test("an activation pays a debt first, and reaches a frozen account: it was earned before", () => {
  const page = aPage([], { pointsDebt: 20, pointsPending: 50, status: "frozen" });
  postActivation(bookOf(page), LIN, 50, life(inDays(30)), source, {});
  expect(page).toMatchObject({ pointsBalance: 30, pointsDebt: 0, pointsPending: 0 });
});

test("what slides joins what slides and lives; a dead, an empty or a fixed lot is left alone", () => {
  const [dead, empty, fixed, alive] = [lot(1, 5, inDays(-1), true), lot(2, 0, inDays(5), true), lot(3, 5, inDays(90)), lot(4, 5, inDays(7), true)];
  const page = aPage([dead, empty, fixed, alive]);
  const book = bookOf(page);
  postEarn(book, LIN, 10, life(inDays(90), true), source);
  expect(page.lots.map(({ pointsRemaining }) => pointsRemaining)).toEqual([5, 0, 5, 15]);
  const other = aPage([dead, empty, fixed].map((each) => ({ ...each })));
  postEarn(bookOf(other), LIN, 10, life(inDays(90), true), source);
  expect(other.lots.at(-1)).toEqual({ id: null, pointsGranted: 10, pointsRemaining: 10, expiresAt: inDays(90), isSliding: true });
});

test("who leaves gives up what can be spent, and nothing more", () => {
  const page = aPage([lot(1, 30, inDays(1)), lot(2, 5, inDays(-1))], { pointsDebt: 0 });
  const book = bookOf(page);
  expect(postForfeit(book, LIN, source)!.entry).toMatchObject({ kind: "adjust", pointsChange: -30 });
  expect(page).toMatchObject({ pointsBalance: 5, pointsOverdue: 5 });
  expect(postForfeit(book, LIN, source)).toBeNull();
});

test("whatever is taken back: the whole of it comes from lots or becomes debt, and no lot gives more than it has", () => {
  fc.assert(fc.property(someLots(8), fc.nat({ max: 200 }), fc.integer({ min: 1, max: 3_000 }), fc.uniqueArray(fc.integer({ min: 1, max: 8 })), fc.option(fc.nat({ max: 500 }), { nil: Infinity }), (lots, debt, points, preferred, debtMax) => {
    const page = aPage(lots, { pointsDebt: debt });
    const [balance, available] = [page.pointsBalance, availableOn(page)];
    const posting = postClawBack(bookOf(page), LIN, points, { preferred: new Set(preferred), debtMax }, source);
    const taken = Math.min(points, available);
    const owed = Math.min(points - taken, debtMax);
    expect(posting?.entry.pointsChange ?? 0).toBe(taken + owed === 0 ? 0 : -(taken + owed));
    expect(page.pointsBalance).toBe(balance - taken);
    expect(page.pointsDebt).toBe(debt + owed);
    expect(page.pointsBalance).toBe(remainingIn(page.lots));
    expect(availableOn(page)).toBe(remainingIn(livingAt(page.lots, NOW)));
    // An other lot gives only once the preferred ones are empty.
    const others = (posting?.allocations ?? []).some(({ lot: { id } }) => !preferred.includes(id!));
    if (others) expect(remainingIn(livingAt(lots, NOW).filter(({ id }) => preferred.includes(id!)))).toBe(0);
  }), { numRuns: 500 });
});
