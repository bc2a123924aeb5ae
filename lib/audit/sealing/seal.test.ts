import fc from "fast-check";
import { expect, test } from "vitest";

import { settledBy } from "./check";
import { differencesBetween, readMarks, rowText, sealText, writeMarks, type Marked } from "./seal";

test("a row is written down in one way, whatever order its fields came in", () => {
  const row = { id: 7, name: "order.shipped", actor_id: null, subject_type: "order", subject_id: "x", data: { b: [{ z: 1, a: "é" }], a: null }, created_at: "2026-01-31 09:00:00.000", later_column: 1 };
  expect(rowText("events", row)).toBe('[7,"order.shipped",null,"order","x",{"a":null,"b":[{"a":"é","z":1}]},"2026-01-31 09:00:00.000"]');
  expect(rowText("ledger", { id: 1, user_id: 2, kind: "earn", points_change: 5, balance_after: 5, source_type: "t", source_id: "s", local_day: "2026-01-31", created_at: "2026-01-31 09:00:00.000", allocations: [[3, 5]] }))
    .toBe('[1,2,"earn",5,5,null,"t","s","2026-01-31",null,null,null,"2026-01-31 09:00:00.000",[[3,5]]]');
});

test("a seal's text names all that it stands for", () => {
  const seal = { chain: "ledger" as const, from: 0, to: 9, rows: 8, content: "c", previous: "p", sealedAt: new Date("2026-01-31T00:00:00Z") };
  expect(sealText(seal)).toBe('["points-mall seal 1","ledger",0,9,8,"c","p","2026-01-31T00:00:00.000Z"]');
});

const marked = fc.uniqueArray(fc.record({ id: fc.integer({ min: 1, max: 400 }), mark: fc.stringMatching(/^[0-9a-f]{12}$/) }), { selector: ({ id }) => id, minLength: 1, maxLength: 60 }).map((rows) => rows.sort((a, b) => a.id - b.id));

test("marks of any rows are read back as they were written, and never with another number of rows", () => {
  fc.assert(fc.property(marked, (rows: Marked[]) => {
    const marks = writeMarks(rows);
    expect(readMarks(marks, rows.length)).toEqual(rows);
    expect(readMarks(marks, rows.length + 1)).toBeNull();
    expect(readMarks({ ...marks, marks: marks.marks.slice(1) }, rows.length)).toBeNull();
  }));
  expect(readMarks({ ids: "1-999999999999", marks: "" }, 3)).toBeNull();
});

test("whatever was done to rows is told of exactly those", () => {
  fc.assert(fc.property(marked, marked, (before, after) => {
    const [was, is] = [new Map(before.map(({ id, mark }) => [id, mark])), new Map(after.map(({ id, mark }) => [id, mark]))];
    const told = new Map(differencesBetween(before, after).map(({ id, how }) => [id, how]));
    for (const id of [...was.keys(), ...is.keys()]) {
      const expected = !is.has(id) ? "missing" : !was.has(id) ? "added" : was.get(id) === is.get(id) ? undefined : "changed";
      expect(told.get(id)).toBe(expected);
    }
  }));
});

test("what was seen two minutes ago has settled; what was seen since has not, and a run that said nothing is passed over", () => {
  const at = (seenAt: number, events: number) => ({ seenAt, newest: { events, ledger: events * 2 } });
  expect(settledBy([at(1_000_000, 30), null, at(880_001, 20), at(880_000, 10)], 1_000_000, 120_000)).toEqual({ events: 10, ledger: 20 });
  expect(settledBy([], 1_000_000, 120_000)).toEqual({ events: 0, ledger: 0 });
});
