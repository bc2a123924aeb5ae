import fc from "fast-check";
import { expect, test } from "vitest";

import { parseDay } from "@/lib/day";

import { conflictIn, levelFor, NO_BASIS, reviewLevel, windowStart, type Basis, type Held, type Level, type LevelTerms } from "./level";
import { LevelInput } from "./schema";

const level = (rank: number, threshold: number): Level => ({ id: 10 + rank, rank, name: `L${rank}`, nameEn: "", threshold, multiplierPercent: 100, benefits: "", benefitsEn: "" });
const ladder = [level(0, 0), level(1, 1_000), level(2, 5_000), level(3, 20_000)];

const terms: LevelTerms = { timeZone: "Asia/Shanghai", levelWindowDays: 365, levelDowngrade: "one", levelGraceDays: 30 };
/** Noon of 21 November in Shanghai. */
const NOW = new Date("2026-11-21T04:00:00Z");
/** The end of 21 December in Shanghai: thirty days on. */
const GRACE_END = new Date("2026-12-21T16:00:00Z");

const held = (rank: number, graceUntil: Date | null = null): Held => ({ ...level(rank, 0), since: new Date("2026-01-01T00:00:00Z"), graceUntil });
const basis = (amount: number, oldestDay = "2026-11-20"): Basis => ({ amount, oldestDay: parseDay(oldestDay) });

test.each([[0, 0], [999, 0], [1_000, 1], [4_999, 1], [5_000, 2], [20_000, 3], [10_000_000, 3], [-5, 0]])("%i reaches rank %i", (amount, rank) => {
  expect(levelFor(ladder, amount)?.rank).toBe(rank);
});

test("a shop without levels places nobody", () => {
  expect(reviewLevel([], null, basis(5_000), NOW, terms)).toBeNull();
});

test("who reaches a threshold goes up at once, over several levels too", () => {
  expect(reviewLevel(ladder, null, basis(5_000), NOW, terms)).toMatchObject({ level: { rank: 2 }, since: NOW, graceUntil: null, from: { rank: 0 } });
  expect(reviewLevel(ladder, held(1), basis(20_000), NOW, terms)).toMatchObject({ level: { rank: 3 }, from: { rank: 1 } });
});

test("a newcomer's first place is no move", () => {
  expect(reviewLevel(ladder, null, NO_BASIS, NOW, terms)).toMatchObject({ level: { rank: 0 }, from: null });
});

test("who falls below a threshold keeps the level to the end of the programme day that is so many days later, to the instant", () => {
  const falling = reviewLevel(ladder, held(2), basis(4_999), NOW, terms)!;
  expect(falling).toMatchObject({ level: { rank: 2 }, graceUntil: GRACE_END, from: null });
  expect(reviewLevel(ladder, held(2, GRACE_END), basis(4_999), new Date(GRACE_END.getTime() - 1), terms)).toMatchObject({ level: { rank: 2 }, graceUntil: GRACE_END, from: null });
  expect(reviewLevel(ladder, held(2, GRACE_END), basis(4_999), GRACE_END, terms)).toMatchObject({ level: { rank: 1 }, graceUntil: null, since: GRACE_END, from: { rank: 2 } });
});

test("no days of grace end with the day itself", () => {
  expect(reviewLevel(ladder, held(2), basis(0), NOW, { ...terms, levelGraceDays: 0 })?.graceUntil).toEqual(new Date("2026-11-21T16:00:00Z"));
});

test("who reaches the threshold again within the grace keeps the level as if nothing had been", () => {
  expect(reviewLevel(ladder, held(2, GRACE_END), basis(5_000), NOW, terms)).toMatchObject({ level: { rank: 2 }, graceUntil: null, from: null, since: held(2).since });
});

test("one step down at a time, each with its own grace; or at once to the level that was reached; or never", () => {
  expect(reviewLevel(ladder, held(3, NOW), basis(0), NOW, terms)).toMatchObject({ level: { rank: 2 }, graceUntil: GRACE_END });
  expect(reviewLevel(ladder, held(3, NOW), basis(1_200), NOW, { ...terms, levelDowngrade: "full" })).toMatchObject({ level: { rank: 1 }, graceUntil: null });
  expect(reviewLevel(ladder, held(3, NOW), basis(0), NOW, { ...terms, levelDowngrade: "none" })).toMatchObject({ level: { rank: 3 }, graceUntil: null, from: null });
});

test("a level that was switched off leaves its people on the next below it", () => {
  const without2 = ladder.filter(({ rank }) => rank !== 2);
  expect(reviewLevel(without2, held(2), basis(6_000), NOW, terms)).toMatchObject({ level: { rank: 1 }, from: { rank: 2 } });
  expect(reviewLevel(ladder.slice(1), held(0), basis(0), NOW, terms)).toMatchObject({ level: { rank: 1 }, from: { rank: 0 } });
});

test("the next look is when the grace ends, when the oldest day leaves the window, or after a week", () => {
  const at = (oldest: string, graceUntil: Date | null = null) => reviewLevel(ladder, held(2, graceUntil), basis(graceUntil ? 0 : 5_000, oldest), NOW, terms)!.reviewAt;
  expect(at("2026-11-20")).toEqual(new Date("2026-11-27T16:00:00Z"));
  // 25 November 2025 counts for the last time on 24 November 2026.
  expect(at("2025-11-25")).toEqual(new Date("2026-11-24T16:00:00Z"));
  expect(at("2025-11-25", new Date("2026-11-22T16:00:00Z"))).toEqual(new Date("2026-11-22T16:00:00Z"));
});

test("the window holds today and the days before it", () => {
  expect(windowStart(NOW, { timeZone: "Asia/Shanghai", levelWindowDays: 1 })).toBe("2026-11-21");
  expect(windowStart(NOW, { timeZone: "Asia/Shanghai", levelWindowDays: 365 })).toBe("2025-11-22");
});

test("whatever is earned and whenever it is looked at: never below what was reached, down only after a grace, and the next look lies ahead", () => {
  const review = fc.record({ amount: fc.integer({ min: 0, max: 30_000 }), days: fc.integer({ min: 0, max: 60 }), mode: fc.constantFrom("none", "one", "full") });
  fc.assert(fc.property(fc.array(review, { maxLength: 40 }), (reviews) => {
    let [now, member, graceSince] = [NOW, null as Held | null, null as Date | null];
    for (const { amount, days, mode } of reviews) {
      now = new Date(now.getTime() + days * 86_400_000);
      const decided = reviewLevel(ladder, member, basis(amount), now, { ...terms, levelDowngrade: mode as LevelTerms["levelDowngrade"] })!;
      const reached = levelFor(ladder, amount)!;
      expect(decided.level.rank).toBeGreaterThanOrEqual(reached.rank);
      expect(decided.reviewAt > now).toBe(true);
      if (member && decided.level.rank < member.rank) expect(graceSince && now.getTime() - graceSince.getTime()).toBeGreaterThanOrEqual(30 * 86_400_000);
      if (decided.graceUntil?.getTime() !== member?.graceUntil?.getTime()) graceSince = decided.graceUntil && now;
      member = { ...decided.level, since: decided.since, graceUntil: decided.graceUntil };
    }
  }));
});

test("ranks are unique, thresholds ascend with them, and the first level is everybody's", () => {
  const step = (rank: number, threshold: number, isActive = true) => ({ rank, threshold, isActive });
  expect(conflictIn([])).toBeNull();
  expect(conflictIn([step(2, 500), step(0, 0), step(1, 100)])).toBeNull();
  expect(conflictIn([step(0, 0), step(0, 100)])).toBe("rank_taken");
  expect(conflictIn([step(0, 0), step(1, 500), step(2, 500)])).toBe("threshold_order");
  expect(conflictIn([step(0, 0), step(1, 500), step(2, 400)])).toBe("threshold_order");
  expect(conflictIn([step(1, 500)])).toBe("first_threshold");
  expect(conflictIn([step(0, 0), step(1, 900, false), step(2, 400)])).toBeNull();
});

const input = { requestId: "k", rank: "1", threshold: "1000", multiplierPercent: "105", name: "银卡" };

test.each([
  ["no name", { name: "  " }], ["a name of 41 letters", { name: "x".repeat(41) }], ["a multiplier that takes away", { multiplierPercent: "99" }], ["a multiplier above tenfold", { multiplierPercent: "1001" }],
  ["a negative threshold", { threshold: "-1" }], ["a threshold that is no number", { threshold: "1e3" }], ["a rank beyond 100", { rank: "101" }], ["a field that nobody asked for", { members: 1 }],
])("a level with %s is refused", (_, wrong) => {
  expect(LevelInput.parse(input)).toMatchObject({ rank: 1, threshold: 1_000, multiplierPercent: 105, isActive: true });
  expect(LevelInput.safeParse({ ...input, ...wrong }).success).toBe(false);
});
