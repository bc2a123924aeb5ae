import fc from "fast-check";
import { expect, test } from "vitest";

import { planStep, restarted, SETTLED_MS, type Progress } from "./progress";

const nothing: Progress = { settled: 0, seen: 0, seenAt: 0, emptyFrom: 0, floor: 0, floorUpTo: 0 };
const bounds = { batch: 10, farBehind: 1_000 };

test("what is new is in the tail, and is added for good when it has been there for two minutes", () => {
  const first = planStep(nothing, { id: 7, databaseTime: 1_000_000 }, bounds);
  expect(first).toMatchObject({ kind: "add", from: 0, to: 0, tailTo: 7, next: { settled: 0, seen: 7, seenAt: 1_000_000 } });
  const soon = planStep({ ...nothing, seen: 7, seenAt: 1_000_000 }, { id: 9, databaseTime: 1_000_000 + SETTLED_MS - 1 }, bounds);
  expect(soon).toMatchObject({ from: 0, to: 0, tailTo: 9, next: { seen: 7 } });
  const later = planStep({ ...nothing, seen: 7, seenAt: 1_000_000 }, { id: 9, databaseTime: 1_000_000 + SETTLED_MS }, bounds);
  expect(later).toMatchObject({ from: 0, to: 7, tailTo: 9, next: { settled: 7, seen: 9, seenAt: 1_000_000 + SETTLED_MS } });
});

test("a million rows are added in batches, and only the last step makes the tail", () => {
  const step = planStep(nothing, { id: 5_000, databaseTime: 1 }, bounds);
  expect(step).toMatchObject({ from: 0, to: 10, tailTo: null });
});

test("no transaction goes over more than a batch, or half of one with the tail", () => {
  const wide = { batch: 10, farBehind: 20 };
  fc.assert(fc.property(fc.integer({ min: 0, max: 100 }), fc.integer({ min: 0, max: 100 }), (settled, more) => {
    const newest = { id: settled + more, databaseTime: 1 };
    let progress: Progress = { ...nothing, settled };
    for (let isLast = false, steps = 0; !isLast; steps++) {
      expect(steps, "it comes to an end").toBeLessThan(15);
      const step = planStep(progress, newest, wide);
      if (step.kind !== "add") throw new Error("nothing is to be emptied");
      expect((step.tailTo ?? step.to) - step.from).toBeLessThanOrEqual(25);
      if (step.tailTo === null) expect(step.to, "a step that is not the last goes on").toBeGreaterThan(step.from);
      isLast = step.tailTo !== null;
      progress = step.next;
    }
    expect(progress.settled).toBe(Math.max(settled, newest.id - wide.farBehind));
  }));
});

/** One source over time: rows come with ids, show late, and runs are planned at any moment. */
test("every row is added for good exactly once, whenever it shows and whenever runs come", () => {
  fc.assert(fc.property(
    fc.array(fc.record({ rows: fc.integer({ min: 0, max: 30 }), waitMs: fc.integer({ min: 0, max: 200_000 }), isRestarted: fc.boolean() }), { minLength: 1, maxLength: 25 }),
    (events) => {
      let [progress, newest, time] = [nothing, 0, 1_000_000];
      const added = new Map<number, number>();
      const show: number[] = [];
      for (const { rows, waitMs, isRestarted } of events) {
        for (let row = 0; row < rows; row++) show[++newest] = time + ((newest * 7919) % 9_000);
        time += waitMs;
        if (isRestarted && newest % 3 === 0) {
          progress = { ...restarted(progress, null), emptyFrom: 0 };
          added.clear();
        }
        for (let isLast = false; !isLast; ) {
          const step = planStep(progress, { id: newest, databaseTime: time }, bounds);
          if (step.kind !== "add") throw new Error("nothing is to be emptied");
          for (let id = step.from + 1; id <= step.to; id++) {
            expect(show[id], "a row is added when it has shown").toBeLessThanOrEqual(time);
            added.set(id, (added.get(id) ?? 0) + 1);
          }
          isLast = step.tailTo !== null;
          if (isLast) expect(step.tailTo, "the tail reaches to the newest").toBe(newest);
          progress = step.next;
        }
      }
      expect([...added.values()].every((times) => times === 1)).toBe(true);
      expect(Math.max(0, ...added.keys())).toBe(progress.settled);
    },
  ));
});

test("a rebuild from a day on empties those days, and passes over earlier rows that are in the sums", () => {
  const from = restarted({ ...nothing, settled: 500 }, 20261101);
  expect(from).toMatchObject({ settled: 0, emptyFrom: 20261101, floor: 20261101, floorUpTo: 500 });
  expect(planStep(from, { id: 600, databaseTime: 1 }, bounds)).toEqual({ kind: "empty" });
  const step = planStep({ ...from, emptyFrom: 0, settled: 495, seen: 600 }, { id: 600, databaseTime: SETTLED_MS }, bounds);
  expect(step, "never across the end of what was there").toMatchObject({ from: 495, to: 500, floor: 20261101 });
  expect(planStep({ ...from, emptyFrom: 0, settled: 500, seen: 600 }, { id: 600, databaseTime: SETTLED_MS }, bounds)).toMatchObject({ from: 500, to: 510, floor: 0 });
});

test("a rebuild that was begun is widened by another, never narrowed", () => {
  const begun = restarted({ ...nothing, settled: 500 }, 20261101);
  expect(restarted(begun, 20261110)).toMatchObject({ emptyFrom: 20261101, floor: 20261101, floorUpTo: 500 });
  expect(restarted(begun, 20261001)).toMatchObject({ emptyFrom: 20261001, floor: 20261001 });
  const all = restarted(begun, null);
  expect(all).toMatchObject({ floor: 0, floorUpTo: 0 });
  expect(restarted(all, 20261101)).toEqual(all);
});
