import fc from "fast-check";
import { expect, test } from "vitest";

import { overlaps, percentOff, phaseOf, soldOf } from "./sale";

const at = (minute: number): Date => new Date(Date.UTC(2026, 10, 21, 12, minute));
const sale = { startsAt: at(0), endsAt: at(30), status: "scheduled" } as const;

test.each([[-1, "soon"], [0, "on"], [29, "on"], [30, "over"], [31, "over"]] as const)("at minute %i it is %s: the start belongs to it, the end does not", (minute, phase) => {
  expect(phaseOf(sale, at(minute))).toBe(phase);
});

test("a sale that was closed is over, whatever its times say", () => {
  for (const minute of [-1, 10, 40]) expect(phaseOf({ ...sale, status: "closed" }, at(minute))).toBe("over");
});

test("two sales that meet at an instant do not overlap", () => {
  expect(overlaps(sale, { startsAt: at(30), endsAt: at(40) })).toBe(false);
  expect(overlaps(sale, { startsAt: at(29), endsAt: at(40) })).toBe(true);
});

test("sales overlap when there is an instant at which both are on, and for each other alike", () => {
  const span = fc.tuple(fc.integer({ min: 0, max: 50 }), fc.integer({ min: 1, max: 20 })).map(([from, minutes]) => ({ startsAt: at(from), endsAt: at(from + minutes), status: "scheduled" as const }));
  fc.assert(fc.property(span, span, (one, other) => {
    const meets = Array.from({ length: 80 }, (_, minute) => at(minute)).some((now) => phaseOf(one, now) === "on" && phaseOf(other, now) === "on");
    expect(overlaps(one, other)).toBe(meets);
    expect(overlaps(other, one)).toBe(meets);
  }));
});

test("how much less it is counts points by what they are worth", () => {
  expect(percentOff({ pointsPrice: 300, cashPriceCents: 0 }, { pointsPrice: 1_000, cashPriceCents: 0 }, 100)).toBe(70);
  // ¥1 and 100 points against ¥4: half, where 100 points are a yuan.
  expect(percentOff({ pointsPrice: 100, cashPriceCents: 100 }, { pointsPrice: 0, cashPriceCents: 400 }, 100)).toBe(50);
  expect(percentOff({ pointsPrice: 500, cashPriceCents: 0 }, { pointsPrice: 400, cashPriceCents: 0 }, 100)).toBe(0);
  expect(percentOff({ pointsPrice: 500, cashPriceCents: 0 }, { pointsPrice: 0, cashPriceCents: 0 }, 100)).toBe(0);
});

test("what is neither left, nor back, nor waiting for cash was sold", () => {
  expect(soldOf({ pieces: 100, left: 20, returned: 5, waiting: 3 })).toBe(72);
});
