import { expect, test } from "vitest";

import { evidenceOf, findingsOf } from "./findings";

const invariants = [{ name: "sums agree" }, { name: "sweeps come", isAboutShop: true }];

test("findings are told apart by person and invariant, each with its own rows", () => {
  const rows = [{ user_id: 7, entry_id: 1 }, { user_id: 8, entry_id: 2 }, { user_id: 7, entry_id: 3 }];
  expect(findingsOf([{ invariant: "sums agree", rows }], invariants)).toEqual([
    { userId: 7, invariant: "sums agree", evidence: { found: 2, rows: [{ user_id: 7, entry_id: 1 }, { user_id: 7, entry_id: 3 }] } },
    { userId: 8, invariant: "sums agree", evidence: { found: 1, rows: [{ user_id: 8, entry_id: 2 }] } },
  ]);
});

test("nobody is named by a row without a person, nor held for what the shop left undone", () => {
  expect(findingsOf([{ invariant: "sums agree", rows: [{ order_id: 5 }, { user_id: null }] }, { invariant: "sweeps come", rows: [{ user_id: 7 }] }], invariants)).toEqual([]);
});

test("evidence keeps the first rows, counts all, and holds plain values", () => {
  const evidence = evidenceOf(Array.from({ length: 30 }, (_, index) => ({ index, at: new Date("2026-03-10T08:00:00Z"), none: null, difference: "7" })));
  expect(evidence.found).toBe(30);
  expect(evidence.rows).toHaveLength(10);
  expect(evidence.rows[0]).toEqual({ index: 0, at: "2026-03-10T08:00:00.000Z", none: null, difference: "7" });
});
