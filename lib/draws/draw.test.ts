import fc from "fast-check";
import { expect, test } from "vitest";

import { checkOdds, decideSpin, freeSpinsLeft, isWorthMore, nextPayment, phaseOf, spinsLeft, type Draw } from "./draw";
import { expectedPoints } from "./prize";
import { DrawInput, PrizeInput, SpinInput } from "./schema";

const now = new Date("2026-11-21T04:00:00Z");
const hours = (many: number): Date => new Date(now.getTime() + many * 3_600_000);
const wheel: Draw = { id: 1, slug: "wheel", status: "active", startsAt: null, endsAt: null, spinPoints: 100, freeSpinsPerDay: 1, spinsPerDay: 5 };
const none = { spunToday: 0, freeToday: 0, granted: 0 };

test("free spins come first, then granted ones, then points, then none", () => {
  expect(nextPayment(wheel, none, now)).toMatchObject({ value: { with: "free", points: 0 } });
  expect(nextPayment(wheel, { spunToday: 1, freeToday: 1, granted: 2 }, now)).toMatchObject({ value: { with: "granted", points: 0 } });
  expect(nextPayment(wheel, { spunToday: 3, freeToday: 1, granted: 0 }, now)).toMatchObject({ value: { with: "points", points: 100 } });
  expect(nextPayment(wheel, { spunToday: 5, freeToday: 1, granted: 9 }, now)).toMatchObject({ code: "no_spins_left" });
  expect(nextPayment({ ...wheel, spinPoints: 0 }, { spunToday: 1, freeToday: 1, granted: 0 }, now)).toMatchObject({ code: "no_spins_left" });
  expect(nextPayment({ ...wheel, spinsPerDay: 0 }, { spunToday: 900, freeToday: 1, granted: 0 }, now)).toMatchObject({ ok: true });
});

const prize = (points: number, oddsPpm = 1_000_000, isActive = true) => ({ kind: "points" as const, points, oddsPpm, isActive });
const free = { spinPoints: 0, freeSpinsPerDay: 1, spinsPerDay: 0 };

test.each([
  [false, free, [prize(1_000)]], [true, free, [prize(1_001, 1)]], [false, free, [prize(1_001, 1_000_000, false)]], [true, { ...free, freeSpinsPerDay: 2 }, [prize(501)]], [false, { ...free, freeSpinsPerDay: 2 }, [prize(500)]],
  [false, { ...free, spinPoints: 500 }, [prize(500)]], [true, { ...free, spinPoints: 499 }, [prize(500)]], [false, { spinPoints: 400, freeSpinsPerDay: 0, spinsPerDay: 10 }, [prize(500)]], [true, { spinPoints: 400, freeSpinsPerDay: 1, spinsPerDay: 10 }, [prize(500)]],
  [false, { ...free, freeSpinsPerDay: 5 }, [prize(1_000, 200_000)]],
] as const)("whether it is %s that %j with %j is worth more than 1,000 points", (isMore, draw, prizes) => {
  expect(isWorthMore(draw, prizes, 1_000)).toBe(isMore);
});

test("a spin never costs more than the person was shown; less is no reason to refuse", () => {
  expect(decideSpin(wheel, { spunToday: 1, freeToday: 1, granted: 0 }, 0, now)).toMatchObject({ code: "price_changed", detail: { points: 100 } });
  expect(decideSpin(wheel, none, 100, now)).toMatchObject({ value: { points: 0 } });
});

test.each([
  ["draft", null, null, "hidden"], ["archived", null, null, "ended"], ["active", null, null, "open"], ["active", hours(1), null, "upcoming"], ["active", hours(-1), hours(1), "open"],
  ["active", now, now, "ended"], ["active", now, null, "open"], ["active", null, now, "ended"],
] as const)("a draw that is %s from %s until %s is %s", (status, startsAt, endsAt, phase) => {
  expect(phaseOf({ status, startsAt, endsAt }, now)).toBe(phase);
  expect(nextPayment({ ...wheel, status, startsAt, endsAt }, none, now).ok).toBe(phase === "open");
});

test("what is left of the day is never more than its limit allows, nor less than nothing", () => {
  fc.assert(fc.property(fc.nat(5), fc.nat(9), fc.nat(12), fc.nat(12), (freeSpinsPerDay, spinsPerDay, spunToday, granted) => {
    const draw = { freeSpinsPerDay, spinsPerDay };
    const chances = { spunToday, freeToday: Math.min(spunToday, freeSpinsPerDay), granted };
    const [left, free] = [spinsLeft(draw, chances), freeSpinsLeft(draw, chances)];
    expect(left === null ? spinsPerDay : left).toBe(spinsPerDay === 0 ? 0 : Math.max(0, spinsPerDay - spunToday));
    expect(free).toBeGreaterThanOrEqual(0);
    expect(free).toBeLessThanOrEqual(Math.min(freeSpinsPerDay, left ?? Infinity));
  }));
});

test("odds may fill a million and not a part more", () => {
  expect(checkOdds([{ oddsPpm: 400_000 }, { oddsPpm: 600_000 }])).toMatchObject({ ok: true });
  expect(checkOdds([{ oddsPpm: 400_000 }, { oddsPpm: 600_001 }])).toMatchObject({ code: "odds_exceed_one", detail: { over: 1 } });
});

test("the expected value of a spin counts points by their odds", () => {
  expect(expectedPoints([{ kind: "points", amount: 500, oddsPpm: 100_000 }, { kind: "points", amount: 20, oddsPpm: 500_000 }, { kind: "coupon", amount: 9, oddsPpm: 400_000 }])).toBe(60);
});

const PRIZE = { name: "20 积分", kind: "points", points: "20", oddsPpm: "1000" };
const DRAW = { requestId: "k", slug: "wheel", name: "转转", prizes: [PRIZE] };

test("a request to spin names no prize, and a price in digits", () => {
  expect(SpinInput.parse({ requestId: "k", drawId: "1", pointsShown: "0" })).toEqual({ requestId: "k", drawId: 1, pointsShown: 0 });
  for (const more of [{ prizeId: 1 }, { roll: 0 }, { pointsShown: "-1" }, { pointsShown: "1e3" }, { drawId: 0 }]) {
    expect(SpinInput.safeParse({ requestId: "k", drawId: "1", pointsShown: "0", ...more }).success).toBe(false);
  }
});

test.each([
  ["points without an amount", { points: 0 }], ["a coupon without its template", { kind: "coupon", points: 0 }], ["two coupons", { kind: "coupon", points: 0, couponTemplateId: 1, quantity: 2 }],
  ["nothing with a stock", { kind: "nothing", points: 0, stock: 3 }], ["odds above one", { oddsPpm: 1_000_001 }], ["a name of two lines", { name: "a\nb" }], ["a name with a line separator", { name: "a\u2028b" }], ["a card with points", { kind: "make_up_card" }],
])("a prize with %s is refused", (_, wrong) => {
  expect(PrizeInput.safeParse(PRIZE).success).toBe(true);
  expect(PrizeInput.safeParse({ ...PRIZE, ...wrong }).success).toBe(false);
});

test.each([
  ["without prizes", { prizes: [] }], ["new without an address", { slug: undefined }], ["known with a new address", { id: 1 }], ["that ends before it starts", { startsAt: hours(1), endsAt: now }],
  ["with more free spins than spins", { freeSpinsPerDay: 3, spinsPerDay: 2 }], ["open without odds", { status: "active", prizes: [{ ...PRIZE, oddsPpm: 0 }] }], ["with thirteen prizes", { prizes: Array.from({ length: 13 }, () => PRIZE) }],
])("a draw %s is refused", (_, wrong) => {
  expect(DrawInput.safeParse(DRAW).success).toBe(true);
  expect(DrawInput.safeParse({ ...DRAW, ...wrong }).success).toBe(false);
});
