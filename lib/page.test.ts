import { expect, test } from "vitest";

import { oneMore, turnPage, type Cursor } from "./page";

const all = Array.from({ length: 7 }, (_, index) => ({ id: 7 - index }));
const LIMIT = 3;

function read({ before, after }: Cursor): { id: number }[] {
  if (after !== undefined) return all.filter(({ id }) => id > after).reverse().slice(0, oneMore(LIMIT));
  return all.filter(({ id }) => before === undefined || id < before).slice(0, oneMore(LIMIT));
}

const page = (cursor: Cursor) => turnPage(read(cursor), LIMIT, cursor);
const idsOf = (rows: readonly { id: number }[]) => rows.map(({ id }) => id);

test("pages towards the oldest row hold every row once", () => {
  const first = page({});
  const second = page({ before: first.nextBefore! });
  const third = page({ before: second.nextBefore! });
  expect([first, second, third].flatMap(({ rows }) => idsOf(rows))).toEqual([7, 6, 5, 4, 3, 2, 1]);
  expect(first.previousAfter).toBeNull();
  expect(third.nextBefore).toBeNull();
});

test("the page before is the one that was left", () => {
  const second = page({ before: 5 });
  const back = page({ after: second.previousAfter! });
  expect(idsOf(back.rows)).toEqual([7, 6, 5]);
  expect(back.previousAfter).toBeNull();
  expect(back.nextBefore).toBe(5);
});

test("an empty list has no page on either side", () => {
  expect(turnPage([], LIMIT, {})).toEqual({ rows: [], nextBefore: null, previousAfter: null });
});
