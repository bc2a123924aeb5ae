import fc from "fast-check";
import { expect, test } from "vitest";

import { conflictOf, DEPTH_MAX, inTreeOrder, pathOf, withDescendants, type Placed } from "./tree";

const home = { id: 1, parentId: null };
const food = { id: 2, parentId: null };
const kitchen = { id: 3, parentId: 1 };
const cups = { id: 4, parentId: 3 };
const tea = { id: 5, parentId: 2 };
const shop = [home, food, kitchen, cups, tea];

test("each category stands under its parent, siblings as they are given", () => {
  expect(inTreeOrder([food, home, cups, kitchen, tea]).map(({ id, depth }) => [id, depth])).toEqual([[2, 1], [5, 2], [1, 1], [3, 2], [4, 3]]);
});

test("the way to a category begins at the top and ends with itself", () => {
  expect(pathOf(shop, 4).map(({ id }) => id)).toEqual([1, 3, 4]);
  expect([pathOf(shop, 99), pathOf(shop, null)]).toEqual([[], []]);
});

test("a category holds itself and all that is in it", () => {
  expect([withDescendants(shop, 1), withDescendants(shop, 4), withDescendants(shop, 99)]).toEqual([[1, 3, 4], [4], [99]]);
});

test.each([
  ["a new one at the top", null, null, null],
  ["a new one three deep", null, 3, null],
  ["a new one four deep", null, 4, "category_too_deep"],
  ["one with two levels under the top", 3, 2, null],
  ["one with two levels under the second", 3, 5, "category_too_deep"],
  ["one with three levels under another", 1, 2, "category_too_deep"],
  ["one under itself", 1, 1, "category_cycle"],
  ["one under what is in it", 1, 4, "category_cycle"],
  ["one where it is already", 4, 3, null],
  ["one under nothing that is there", 4, 99, "parent_missing"],
] as const)("%s: %s under %s is %s", (_, id, parentId, conflict) => {
  expect(conflictOf(shop, id, parentId)).toBe(conflict);
});

/** Any rows at all, as a database without the rules might hold them: loops and lost parents too. */
const anyRows = fc.uniqueArray(fc.integer({ min: 1, max: 12 }), { maxLength: 12 }).chain((ids) =>
  fc.tuple(...ids.map((id) => fc.record({ id: fc.constant(id), parentId: fc.option(fc.integer({ min: 1, max: 14 })) })))) as fc.Arbitrary<Placed[]>;

test("whatever the rows say, every category is shown once", () => {
  fc.assert(fc.property(anyRows, (rows) => {
    expect(inTreeOrder(rows).map(({ id }) => id).sort()).toEqual(rows.map(({ id }) => id).sort());
  }));
});

test("moves that are allowed never make a loop nor a tree that is too deep", () => {
  const moves = fc.array(fc.tuple(fc.integer({ min: 1, max: 8 }), fc.option(fc.integer({ min: 1, max: 8 }))), { maxLength: 40 });
  fc.assert(fc.property(moves, (wanted) => {
    let rows: Placed[] = Array.from({ length: 8 }, (_, index) => ({ id: index + 1, parentId: null }));
    for (const [id, parentId] of wanted) {
      if (conflictOf(rows, id, parentId) === null) rows = rows.map((row) => (row.id === id ? { id, parentId } : row));
    }
    for (const { id } of rows) {
      const path = pathOf(rows, id);
      expect(path.length).toBeLessThanOrEqual(DEPTH_MAX);
      expect(path[0]!.parentId).toBeNull();
    }
  }));
});
