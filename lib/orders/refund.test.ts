import fc from "fast-check";
import { expect, test } from "vitest";

import { decideRefund, drawsToReturn, earnedToTakeBack, type LotDraw, type RefundableItem } from "./refund";

const item = (more: Partial<RefundableItem> = {}): RefundableItem => ({ quantity: 3, quantityRefunded: 0, points: 100, cashDueCents: 1_000, ...more });

test.each(["pending", "cancelled", "refunded"] as const)("nothing of a %s order can be refunded", (status) => {
  expect(decideRefund(status, item(), 1)).toMatchObject({ ok: false, code: "order_not_refundable", detail: { status } });
});

test("no more than what is left can be refunded, and of nothing nothing", () => {
  expect(decideRefund("paid", item({ quantityRefunded: 2 }), 2)).toMatchObject({ code: "quantity_over_limit", detail: { limit: 1 } });
  expect(decideRefund("paid", item({ quantityRefunded: 3 }), 1)).toMatchObject({ code: "order_not_refundable" });
});

test("a third of a hundred points is 33, and the last third 34", () => {
  const pieces = [0, 1, 2].map((quantityRefunded) => decideRefund("completed", item({ quantityRefunded }), 1));
  expect(pieces.map((piece) => piece.ok && [piece.value.points, piece.value.cashCents])).toEqual([[33, 333], [33, 333], [34, 334]]);
});

/** Portions that make up a whole number of pieces. */
const somePortions = (pieces: number): fc.Arbitrary<number[]> => fc.array(fc.integer({ min: 1, max: pieces }), { maxLength: pieces }).map((portions) => {
  const taken: number[] = [];
  for (const portion of portions) {
    const left = pieces - taken.reduce((sum, each) => sum + each, 0);
    if (left > 0) taken.push(Math.min(portion, left));
  }
  const left = pieces - taken.reduce((sum, each) => sum + each, 0);
  return left > 0 ? [...taken, left] : taken;
});

const someSale = fc.integer({ min: 1, max: 20 }).chain((quantity) =>
  fc.record({ quantity: fc.constant(quantity), points: fc.nat({ max: 5_000 }), cashDueCents: fc.nat({ max: 500_000 }), portions: somePortions(quantity) }));

test("in whatever portions, what comes back is the line to the point and the cent", () => {
  fc.assert(fc.property(someSale, ({ quantity, points, cashDueCents, portions }) => {
    const back = { points: 0, cents: 0 };
    let quantityRefunded = 0;
    for (const portion of portions) {
      const plan = decideRefund("shipped", { quantity, quantityRefunded, points, cashDueCents }, portion);
      expect(plan.ok && plan.value.points >= 0 && plan.value.cashCents >= 0).toBe(true);
      if (plan.ok) [back.points, back.cents] = [back.points + plan.value.points, back.cents + plan.value.cashCents];
      quantityRefunded += portion;
    }
    expect(back).toEqual({ points, cents: cashDueCents });
  }));
});

const someDraws = fc.uniqueArray(fc.record({ lotId: fc.integer({ min: 1, max: 50 }), points: fc.integer({ min: 1, max: 300 }) }), { minLength: 1, maxLength: 6, selector: ({ lotId }) => lotId });

test("however refunds are cut, each lot gets back exactly what was drawn from it", () => {
  fc.assert(fc.property(someDraws, fc.array(fc.integer({ min: 1, max: 400 }), { maxLength: 12 }), (draws, cuts) => {
    const drawn = draws.reduce((sum, { points }) => sum + points, 0);
    const back = new Map<number, number>();
    let returned = 0;
    for (const cut of [...cuts, drawn]) {
      const points = Math.min(cut, drawn - returned);
      const portion = drawsToReturn(draws, returned, points);
      expect(portion.reduce((sum, each) => sum + each.points, 0)).toBe(points);
      for (const each of portion) back.set(each.lotId, (back.get(each.lotId) ?? 0) + each.points);
      returned += points;
    }
    expect([...back].sort(byLot)).toEqual(draws.map((draw): [number, number] => [draw.lotId, draw.points]).sort(byLot));
  }));
});

const byLot = ([a]: [number, number], [b]: [number, number]): number => a - b;

test("what lives longest goes back first", () => {
  const draws: LotDraw[] = [{ lotId: 1, points: 20 }, { lotId: 2, points: 30 }];
  expect(drawsToReturn(draws, 0, 40)).toEqual([{ lotId: 2, points: 30 }, { lotId: 1, points: 10 }]);
  expect(drawsToReturn(draws, 40, 10)).toEqual([{ lotId: 1, points: 10 }]);
});

test("what a purchase earned goes back with its cash, rounded up, and with the last cent all of it", () => {
  expect(earnedToTakeBack(9, 990, 0, 330)).toBe(3);
  expect(earnedToTakeBack(10, 990, 0, 330)).toBe(4);
  fc.assert(fc.property(fc.nat({ max: 10_000 }), fc.integer({ min: 1, max: 1_000_000 }), fc.array(fc.nat({ max: 1_000_000 }), { maxLength: 10 }), (earned, paid, cuts) => {
    const steps = [0, ...cuts.map((cut) => Math.min(cut, paid)).sort((a, b) => a - b), paid];
    const parts = steps.slice(1).map((to, index) => earnedToTakeBack(earned, paid, steps[index]!, to));
    expect(parts.every((part) => part >= 0)).toBe(true);
    expect(parts.reduce((sum, part) => sum + part, 0)).toBe(earned);
  }));
  expect(earnedToTakeBack(5, 0, 0, 0)).toBe(0);
});
