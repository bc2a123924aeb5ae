import fc from "fast-check";
import { expect, test } from "vitest";

import { decideRequest, foresee, mayDecide, mayWithdraw, needsSecond } from "./adjustment";

const asked = { makerId: 1, userId: 2, pointsAlone: 0, threshold: 1_000 };
const waiting = { status: "pending", requestedBy: 1, people: [2] } as const;

test.each([[999, "applied"], [1_000, "applied"], [1_001, "pending"], [-999, "applied"], [-1_000, "applied"], [-1_001, "pending"]] as const)("%i points under a threshold of 1,000 are %s", (points, status) => {
  expect(decideRequest({ ...asked, points })).toEqual({ ok: true, value: status });
});

test("with a threshold of nothing, everything needs a second person", () => {
  expect(needsSecond({ points: 1, pointsAlone: 0 }, 0)).toBe(true);
});

test("a large adjustment in small pieces needs a second person like a large one", () => {
  expect(needsSecond({ points: 500, pointsAlone: 500 }, 1_000)).toBe(false);
  expect(needsSecond({ points: 500, pointsAlone: 501 }, 1_000)).toBe(true);
});

test("nobody adjusts themselves, however little", () => {
  expect(decideRequest({ ...asked, userId: 1, points: 1 })).toMatchObject({ code: "adjustment_to_oneself" });
});

test("who asked cannot decide, nor can whose points they are, nor anybody twice", () => {
  expect(mayDecide(waiting, 3)).toMatchObject({ ok: true });
  expect(mayDecide(waiting, 1)).toMatchObject({ code: "own_adjustment" });
  expect(mayDecide(waiting, 2)).toMatchObject({ code: "adjustment_to_oneself" });
  for (const status of ["applied", "rejected", "withdrawn"] as const) expect(mayDecide({ ...waiting, status }, 3)).toMatchObject({ code: "already_settled" });
});

test("only who asked takes it back, while it waits", () => {
  expect(mayWithdraw(waiting, 1)).toMatchObject({ ok: true });
  expect(mayWithdraw(waiting, 3)).toMatchObject({ code: "forbidden" });
  expect(mayWithdraw({ ...waiting, status: "applied" }, 1)).toMatchObject({ code: "already_settled" });
});

test("what is put in pays a debt first; what is taken out never makes one", () => {
  expect(foresee({ pointsAvailable: 0, pointsDebt: 30 }, 100)).toEqual({ pointsAvailable: 70, pointsDebt: 0, pointsMissing: 0 });
  expect(foresee({ pointsAvailable: 0, pointsDebt: 300 }, 100)).toEqual({ pointsAvailable: 0, pointsDebt: 200, pointsMissing: 0 });
  expect(foresee({ pointsAvailable: 50, pointsDebt: 0 }, -60)).toEqual({ pointsAvailable: 50, pointsDebt: 0, pointsMissing: 10 });
});

test("whatever is foreseen, available points less debt move by exactly the adjustment, or not at all", () => {
  fc.assert(fc.property(fc.nat(10_000), fc.nat(10_000), fc.integer({ min: -10_000, max: 10_000 }).filter((points) => points !== 0), (pointsAvailable, pointsDebt, points) => {
    const after = foresee({ pointsAvailable, pointsDebt }, points);
    expect(after.pointsAvailable - after.pointsDebt - (pointsAvailable - pointsDebt)).toBe(after.pointsMissing > 0 ? 0 : points);
    expect(Math.min(after.pointsAvailable, after.pointsDebt, after.pointsMissing)).toBeGreaterThanOrEqual(0);
  }));
});
