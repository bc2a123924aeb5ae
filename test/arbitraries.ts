import fc from "fast-check";

import type { UserId } from "@/lib/ctx";
import { addDays, parseDay, type Day } from "@/lib/day";
import type { Page } from "@/lib/points/book";
import type { Lot } from "@/lib/points/lots";

export const NOW = new Date("2026-03-10T08:00:00.000Z");
const HOUR_MS = 3_600_000;

/** Lots around now: some dead, some about to die, some that live for long; each at an instant of its own, as the unique key has it. */
export const someLots = (mostLots = 12): fc.Arbitrary<Lot[]> =>
  fc
    .uniqueArray(fc.record({ hours: fc.integer({ min: -400, max: 10_000 }), remaining: fc.nat({ max: 500 }), spent: fc.nat({ max: 500 }) }), { maxLength: mostLots, selector: ({ hours }) => hours })
    .map((all) =>
      all.map(({ hours, remaining, spent }, index) => ({
        id: index + 1, pointsGranted: remaining + spent, pointsRemaining: remaining, expiresAt: new Date(NOW.getTime() + hours * HOUR_MS), isSliding: false,
      })));

export const remainingIn = (lots: readonly Lot[]): number => lots.reduce((sum, { pointsRemaining }) => sum + pointsRemaining, 0);
export const livingAt = (lots: readonly Lot[], now: Date): Lot[] => lots.filter(({ expiresAt }) => expiresAt > now);

export const aPage = (lots: Lot[], more: Partial<Page> = {}): Page => ({
  userId: 7 as UserId, pointsBalance: remainingIn(lots), pointsPending: 0, pointsDebt: 0, totalPointsEarned: 0, status: "active", isHeld: false, earnedOn: null, pointsEarnedOnDay: 0, pointsJudgedOnDay: 0,
  pointsOverdue: remainingIn(lots) - remainingIn(livingAt(lots, NOW)), lots, ...more,
});

const FIRST = parseDay("1995-01-01");
/** Days of 1995 to 2037. */
export const someDay: fc.Arbitrary<Day> = fc.integer({ min: 0, max: 15_700 }).map((days) => addDays(FIRST, days));
