import fc from "fast-check";
import { expect, test } from "vitest";

import { planSpend } from "@/lib/points/lots";

import { LOTS_NAMED, lotsUsed, type OpenLots } from "./lots-used";

const lots: OpenLots = { named: [{ points: 10, label: "a" }, { points: 20, label: "b" }, { points: 5, label: "c" }], further: [7, 100] };

test.each([
  [10, { named: [{ points: 10, label: "a" }], further: 0 }],
  [11, { named: [{ points: 10, label: "a" }, { points: 1, label: "b" }], further: 0 }],
  [35, { named: lots.named, further: 0 }],
  [36, { named: lots.named, further: 1 }],
  [142, { named: lots.named, further: 2 }],
  [143, null],
])("%i points", (points, used) => {
  expect(lotsUsed(lots, points)).toEqual(used);
});

test("what is said before a spend is what the ledger takes", () => {
  fc.assert(fc.property(fc.array(fc.integer({ min: 1, max: 500 }), { maxLength: 12 }), fc.integer({ min: 1, max: 3_000 }), (held, points) => {
    const open = held.map((pointsRemaining, index) => ({ id: index + 1, pointsGranted: 500, pointsRemaining, expiresAt: new Date(2_000_000_000_000 + index), isSliding: false }));
    const said = lotsUsed({ named: open.slice(0, LOTS_NAMED).map(({ id, pointsRemaining }) => ({ points: pointsRemaining, label: String(id) })), further: held.slice(LOTS_NAMED) }, points);
    const plan = planSpend(open, points, new Date(0));
    if (!plan.ok) return void expect(said).toBeNull();
    expect(said!.named).toEqual(plan.value.slice(0, LOTS_NAMED).map((draw) => ({ points: draw.points, label: String(draw.lot.id) })));
    expect(said!.further).toBe(Math.max(0, plan.value.length - LOTS_NAMED));
  }));
});
