import fc from "fast-check";
import { expect, test } from "vitest";

import type { UserId } from "@/lib/ctx";
import { parseDay } from "@/lib/day";
import { aPage, NOW, someLots } from "@/test/arbitraries";

import { emptyBook, postClawBack, postEarn, postExpiry, postSpend, type Book } from "./book";
import { balanceAt, type LastEntry, type LotSums } from "./history";

const LIN = 7 as UserId;
const HOUR_MS = 3_600_000;
const at = (hours: number): Date => new Date(NOW.getTime() + hours * HOUR_MS);

const lot = (lotId: number, pointsIn: number, pointsOut: number, expiresInHours: number): LotSums => ({ lotId, pointsIn, pointsOut, expiresAt: at(expiresInHours), isSliding: false });
const last = (balanceAfter: number, pointsChanged = balanceAfter): LastEntry => ({ id: 9, createdAt: NOW, balanceAfter, pointsChanged });

test("before the first entry there is nothing, and nothing is missing", () => {
  expect(balanceAt(NOW, null, [])).toMatchObject({ balanceAfter: 0, pointsAvailable: 0, pointsOverdue: 0, pointsDebt: 0, difference: 0, lots: [] });
});

test("what had expired by then and was not swept is told apart, from the very instant of its expiry", () => {
  const sums = [lot(1, 30, 10, 0), lot(2, 50, 0, 24)];
  expect(balanceAt(NOW, last(70), sums)).toMatchObject({ pointsAvailable: 50, pointsOverdue: 20, difference: 0 });
  expect(balanceAt(new Date(NOW.getTime() - 1), last(70), sums)).toMatchObject({ pointsAvailable: 70, pointsOverdue: 0 });
});

test("lots come in the order in which they are spent, and empty ones not at all", () => {
  expect(balanceAt(NOW, last(15), [lot(1, 5, 0, 48), lot(2, 9, 9, 1), lot(3, 10, 0, 2)]).lots.map(({ lotId }) => lotId)).toEqual([3, 1]);
});

test("a debt is what the lots hold beyond the sum of the ledger", () => {
  expect(balanceAt(NOW, last(-40), [])).toMatchObject({ pointsAvailable: 0, pointsDebt: 40, difference: 0 });
});

test("lots that do not make the balance that was written down are told, with the difference", () => {
  expect(balanceAt(NOW, last(77, 70), [lot(1, 70, 0, 24)])).toMatchObject({ pointsDebt: 0, difference: 7 });
  expect(balanceAt(NOW, last(70), [lot(1, 60, 0, 24)])).toMatchObject({ difference: 10 });
});

type Move = { kind: "earn" | "spend" | "expire" | "claw_back"; points: number; hours: number };
const someMoves: fc.Arbitrary<Move[]> = fc.array(
  fc.record({ kind: fc.constantFrom("earn", "spend", "expire", "claw_back"), points: fc.integer({ min: 1, max: 300 }), hours: fc.integer({ min: 1, max: 500 }) }), { minLength: 1, maxLength: 25 });

let sources = 0;
function take(book: Book, { kind, points, hours }: Move): void {
  const source = { type: "test", id: String(++sources) };
  if (kind === "earn") postEarn(book, LIN, points, { expiresAt: at(hours), isSliding: false }, source);
  if (kind === "spend") postSpend(book, LIN, points, source);
  if (kind === "expire") postExpiry(book, LIN, source);
  if (kind === "claw_back") postClawBack(book, LIN, points, { preferred: new Set(), debtMax: points }, source);
}

test("after any prefix of any history the lots and the debt make the balance that the last entry wrote down", () => {
  fc.assert(fc.property(someLots(6), someMoves, (lots, moves) => {
    const book = emptyBook(NOW, parseDay("2026-03-10"));
    const page = aPage(lots);
    book.pages.set(LIN, page);
    const opening = page.pointsBalance;
    const sums = new Map(lots.map((each, index) => [each, { lotId: index, pointsIn: each.pointsRemaining, pointsOut: 0, expiresAt: each.expiresAt, isSliding: false }]));
    for (const move of moves) take(book, move);
    let pointsChanged = opening;
    for (const { entry, allocations } of book.postings) {
      pointsChanged += entry.pointsChange;
      for (const { lot: touched, points } of allocations) {
        const sum = sums.get(touched) ?? { lotId: sums.size, pointsIn: 0, pointsOut: 0, expiresAt: touched.expiresAt, isSliding: false };
        sums.set(touched, points > 0 ? { ...sum, pointsIn: sum.pointsIn + points } : { ...sum, pointsOut: sum.pointsOut - points });
      }
      const past = balanceAt(NOW, last(entry.balanceAfter, pointsChanged), [...sums.values()]);
      expect(past.difference).toBe(0);
      expect(past.pointsAvailable + past.pointsOverdue - past.pointsDebt).toBe(entry.balanceAfter);
      for (const each of past.lots) expect(each.pointsRemaining).toBeGreaterThan(0);
    }
  }));
});
