import fc from "fast-check";
import { expect, test } from "vitest";

import { livingAt, NOW, remainingIn, someLots } from "@/test/arbitraries";

import { hasExpired, NEVER, planExpiry, planRestore, planSpend, type Draw, type Lot } from "./lots";

const at = (text: string): Date => new Date(text);
const lot = (pointsRemaining: number, expiresAt: string, id = 1, pointsGranted = pointsRemaining): Lot => ({ id, pointsGranted, pointsRemaining, expiresAt: at(expiresAt), isSliding: false });
const take = (draws: readonly Draw[]): void => draws.forEach(({ lot: from, points }) => void (from.pointsRemaining -= points));
const sum = (draws: readonly Draw[]): number => draws.reduce((total, { points }) => total + points, 0);

test("a spend draws exactly its price, from living lots, never more than they hold; or nothing", () => {
  fc.assert(fc.property(someLots(), fc.integer({ min: 1, max: 4_000 }), (lots, price) => {
    const living = livingAt(lots, NOW);
    const plan = planSpend(lots, price, NOW);
    expect(plan.ok).toBe(remainingIn(living) >= price);
    if (!plan.ok) {
      expect(plan).toEqual({ ok: false, code: "insufficient_points", detail: { pointsMissing: price - remainingIn(living) } });
      return;
    }
    expect(sum(plan.value)).toBe(price);
    expect(new Set(plan.value.map((draw) => draw.lot)).size).toBe(plan.value.length);
    for (const draw of plan.value) {
      expect(living).toContain(draw.lot);
      expect(draw.points).toBeGreaterThan(0);
      expect(draw.points).toBeLessThanOrEqual(draw.lot.pointsRemaining);
    }
  }));
});

test("a plan changes no lot", () => {
  fc.assert(fc.property(someLots(), fc.integer({ min: 1, max: 4_000 }), (lots, price) => {
    const before = structuredClone(lots);
    planSpend(lots, price, NOW);
    planExpiry(lots, NOW);
    expect(lots).toEqual(before);
  }));
});

test("soonest expiry first: no lot is touched while an earlier one still has points", () => {
  fc.assert(fc.property(someLots(), fc.integer({ min: 1, max: 2_000 }), (lots, price) => {
    const plan = planSpend(lots, price, NOW);
    if (!plan.ok) return;
    take(plan.value);
    const latest = Math.max(...plan.value.map((draw) => draw.lot.expiresAt.getTime()));
    for (const earlier of livingAt(lots, NOW)) if (earlier.expiresAt.getTime() < latest) expect(earlier.pointsRemaining).toBe(0);
  }));
});

test("no other choice of lots would leave more points after any later instant", () => {
  fc.assert(fc.property(someLots(6), fc.integer({ min: 1, max: 800 }), fc.integer({ min: 0, max: 12_000 }), fc.array(fc.nat({ max: 500 }), { minLength: 6, maxLength: 6 }), (lots, price, hours, wishes) => {
    const plan = planSpend(lots, price, NOW);
    if (!plan.ok) return;
    const later = new Date(NOW.getTime() + hours * 3_600_000);
    const left = (draws: readonly Draw[]) => remainingIn(livingAt(lots, later)) - sum(draws.filter((draw) => draw.lot.expiresAt > later));
    // Any other way to take the price: first by the wishes, the rest in the order of the list.
    let missing = price;
    const other = [...livingAt(lots, NOW).map((from, index) => ({ from, wish: wishes[index] ?? 0 })), ...livingAt(lots, NOW).map((from) => ({ from, wish: Infinity }))].flatMap(({ from, wish }) => {
      const points = Math.min(missing, wish, from.pointsRemaining);
      missing -= points;
      from.pointsRemaining -= points;
      return [{ lot: from, points }];
    });
    for (const draw of other) draw.lot.pointsRemaining += draw.points;
    expect(left(plan.value)).toBeGreaterThanOrEqual(left(other));
  }));
});

test("expired lots give nothing, from the very instant", () => {
  const dying = lot(50, "2026-03-10T08:00:00.000Z");
  expect(hasExpired(dying, at("2026-03-10T07:59:59.999Z"))).toBe(false);
  expect(hasExpired(dying, at("2026-03-10T08:00:00.000Z"))).toBe(true);
  expect(planSpend([dying], 50, at("2026-03-10T07:59:59.999Z"))).toMatchObject({ ok: true });
  expect(planSpend([dying], 50, at("2026-03-10T08:00:00.000Z"))).toMatchObject({ code: "insufficient_points", detail: { pointsMissing: 50 } });
});

test("points that never expire are spent last", () => {
  const never: Lot = { id: 1, pointsGranted: 10, pointsRemaining: 10, expiresAt: NEVER, isSliding: false };
  const late = lot(10, "2999-01-01T00:00:00Z", 2);
  expect(planSpend([never, late], 5, NOW)).toMatchObject({ ok: true, value: [{ lot: late, points: 5 }] });
});

test("of two lots that die together the older gives first, a new one last", () => {
  const [old, young, fresh] = [lot(10, "2027-01-01T00:00:00Z", 3), lot(10, "2027-01-01T00:00:00Z", 9), { ...lot(10, "2027-01-01T00:00:00Z"), id: null }];
  const plan = planSpend([fresh, young, old], 25, NOW);
  expect(plan.ok && plan.value.map((draw) => [draw.lot.id, draw.points])).toEqual([[3, 10], [9, 10], [null, 5]]);
});

test.each([0, -1, 0.5, NaN, Infinity, 2 ** 53])("%s points cannot be spent", (points) => {
  expect(() => planSpend([lot(100, "2027-01-01T00:00:00Z")], points, NOW)).toThrow("positive whole number");
});

test("expiry takes what is left in dead lots and nothing else; done again it takes nothing", () => {
  fc.assert(fc.property(someLots(), (lots) => {
    const dead = lots.filter((each) => each.expiresAt <= NOW);
    const plan = planExpiry(lots, NOW);
    expect(sum(plan)).toBe(remainingIn(dead));
    for (const draw of plan) expect(dead).toContain(draw.lot);
    take(plan);
    expect(planExpiry(lots, NOW)).toEqual([]);
    expect(remainingIn(dead)).toBe(0);
  }));
});

test("what was spent never expires: spending first leaves less to end", () => {
  fc.assert(fc.property(someLots(), fc.integer({ min: 1, max: 500 }), fc.integer({ min: 1, max: 9_000 }), (lots, price, hours) => {
    const later = new Date(NOW.getTime() + hours * 3_600_000);
    const before = sum(planExpiry(lots, later));
    const plan = planSpend(lots, price, NOW);
    if (!plan.ok) return;
    take(plan.value);
    const after = sum(planExpiry(lots, later));
    expect(before - after).toBe(sum(plan.value.filter((draw) => hasExpired(draw.lot, later))));
  }));
});

test("spending and restoring at once leaves every lot as it was", () => {
  fc.assert(fc.property(someLots(), fc.integer({ min: 1, max: 2_000 }), (lots, price) => {
    const before = structuredClone(lots);
    const plan = planSpend(lots, price, NOW);
    if (!plan.ok) return;
    take(plan.value);
    const { returned, renewedPoints } = planRestore(plan.value, NOW);
    for (const draw of returned) draw.lot.pointsRemaining += draw.points;
    expect([lots, renewedPoints]).toEqual([before, 0]);
  }));
});

test("a restore gives back exactly what was drawn: to living lots, and the rest as renewed points", () => {
  fc.assert(fc.property(someLots(), fc.integer({ min: 1, max: 2_000 }), fc.integer({ min: 0, max: 10_000 }), (lots, price, hours) => {
    const plan = planSpend(lots, price, NOW);
    if (!plan.ok) return;
    take(plan.value);
    const later = new Date(NOW.getTime() + hours * 3_600_000);
    const { returned, renewedPoints } = planRestore(plan.value, later);
    expect(sum(returned) + renewedPoints).toBe(price);
    for (const draw of returned) {
      expect(hasExpired(draw.lot, later)).toBe(false);
      expect(draw.lot.pointsRemaining + draw.points).toBeLessThanOrEqual(draw.lot.pointsGranted);
    }
  }));
});

test("a lot never takes back more than was drawn from it", () => {
  const full = lot(100, "2027-01-01T00:00:00Z");
  expect(() => planRestore([{ lot: full, points: 1 }], NOW)).toThrow("never takes back more");
  expect(() => planRestore([{ lot: lot(0, "2027-01-01T00:00:00Z", 1, 5), points: 6 }], NOW)).toThrow("never takes back more");
  expect(() => planRestore([{ lot: lot(0, "2027-01-01T00:00:00Z", 1, 5), points: 0 }], NOW)).toThrow();
  expect(() => planRestore([{ lot: lot(0, "2027-01-01T00:00:00Z", 1, 5), points: -1 }], NOW)).toThrow();
});
