import fc from "fast-check";
import { expect, test } from "vitest";

import type { UserId } from "@/lib/ctx";
import { parseDay } from "@/lib/day";
import { aPage, NOW } from "@/test/arbitraries";

import { emptyBook, postActivation, postEarn, postGrant, postPending, postSpend, type Book, type Page } from "./book";
import { judgeVelocity, type Velocity } from "./velocity";

const LIN = 7 as UserId;
const TODAY = parseDay("2026-03-10");
const life = { expiresAt: new Date("2027-03-10T16:00:00Z"), isSliding: false };
let sources = 0;
const source = () => ({ type: "test", id: String(++sources) });

function bookOf(page: Partial<Page>, velocity: Velocity = { mode: "freeze", pointsPerDay: 1_000 }, today = TODAY): Book {
  const book = emptyBook(NOW, today, velocity);
  book.pages.set(LIN, aPage([], page));
  return book;
}

const pending = (points: number) => ({ userId: LIN, points, ruleId: null, source: source(), breakdown: {}, expiry: null, activatesAt: null, releasedBy: null });
function earn(book: Book, points: number, isPaidFor = false): boolean {
  const posted = postEarn(book, LIN, points, life, source(), {}, { isPaidFor });
  judgeVelocity(book, LIN);
  return posted.ok;
}

test.each([
  [0, 1_000, false], [0, 1_001, true], [999, 1, false], [999, 2, true], [1_000, 1, true], [1_001, 5, false],
])("with %i points earned today, %i more cross a line of 1000: %s", (before, more, crosses) => {
  const book = bookOf({ earnedOn: TODAY, pointsEarnedOnDay: before, pointsJudgedOnDay: before });
  expect(earn(book, more)).toBe(true);
  expect(book.crossings).toHaveLength(crosses ? 1 : 0);
  expect(book.pages.get(LIN)!.status).toBe(crosses ? "frozen" : "active");
});

test("the earning that crosses is granted whole, its later parts too; the next is refused, and nothing can be spent", () => {
  const book = bookOf({ earnedOn: TODAY, pointsEarnedOnDay: 990, pointsJudgedOnDay: 990 });
  for (const points of [20, 30]) expect(postEarn(book, LIN, points, life, source()).ok).toBe(true);
  expect(postPending(book, pending(40)).ok).toBe(true);
  judgeVelocity(book, LIN);
  expect(book.crossings).toEqual([{ userId: LIN, day: TODAY, points: 1_080, pointsPerDay: 1_000, mode: "freeze" }]);
  expect(postEarn(book, LIN, 1, life, source())).toMatchObject({ ok: false, code: "account_frozen" });
  expect(postSpend(book, LIN, 1, source())).toMatchObject({ ok: false, code: "account_frozen" });
});

test("what was paid for, a gift and an activation of what was counted do not count; pending points do", () => {
  const book = bookOf({ pointsPending: 900 });
  earn(book, 5_000, true);
  postGrant(book, LIN, 5_000, life.expiresAt, source());
  postActivation(book, LIN, 900, life, source(), {});
  expect(book.pages.get(LIN)).toMatchObject({ earnedOn: null, pointsEarnedOnDay: 0 });
  postPending(book, pending(1_001));
  judgeVelocity(book, LIN);
  expect(book.crossings).toHaveLength(1);
});

test("a new day begins at nothing; a clock that is behind counts to the later day", () => {
  const yesterday = bookOf({ earnedOn: parseDay("2026-03-09"), pointsEarnedOnDay: 1_000, pointsJudgedOnDay: 1_000 });
  earn(yesterday, 900);
  expect(yesterday.pages.get(LIN)).toMatchObject({ earnedOn: TODAY, pointsEarnedOnDay: 900, status: "active" });
  const behind = bookOf({ earnedOn: parseDay("2026-03-11"), pointsEarnedOnDay: 900, pointsJudgedOnDay: 900 });
  earn(behind, 200);
  expect(behind.crossings).toMatchObject([{ day: "2026-03-11", points: 1_100 }]);
});

test.each([["hold", { status: "active", isHeld: true }], ["observe", { status: "active", isHeld: false }], ["off", { status: "active", isHeld: false }]] as const)("in mode %s the account is left so", (mode, left) => {
  const book = bookOf({}, { mode, pointsPerDay: 1_000 });
  earn(book, 1_001);
  expect(book.pages.get(LIN)).toMatchObject(left);
  expect(book.crossings).toHaveLength(mode === "off" ? 0 : 1);
});

test("whatever a day brings, its line is crossed at most once, when the sum first exceeds it, and a watched sum is the sum of what counts", () => {
  fc.assert(fc.property(fc.array(fc.record({ points: fc.integer({ min: 1, max: 400 }), isPaidFor: fc.boolean() }), { maxLength: 30 }), (earnings) => {
    const book = bookOf({}, { mode: "observe", pointsPerDay: 1_000 });
    let sum = 0;
    for (const { points, isPaidFor } of earnings) {
      earn(book, points, isPaidFor);
      if (!isPaidFor) sum += points;
      expect(book.crossings.length).toBe(sum > 1_000 ? 1 : 0);
    }
    expect(book.pages.get(LIN)!.pointsEarnedOnDay).toBe(sum);
  }));
});
