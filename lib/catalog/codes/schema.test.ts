import { expect, test } from "vitest";

import { AddCodesInput, codesIn, VoidCodesInput } from "./schema";

test("codes are read one a line: from a paste, a spreadsheet's column, with its heading and its quotes", () => {
  expect(codesIn("\uFEFFcode\r\n AAA-1 \r\n\r\n\"BBB,2\"\r\nCCC-3,,\n")).toEqual(["AAA-1", "BBB,2", "CCC-3"]);
  expect(codesIn("卡密\nX")).toEqual(["X"]);
  expect(codesIn("code-1\ncode-2")).toEqual(["code-1", "code-2"]);
});

const add = (codes: string) => AddCodesInput.safeParse({ requestId: "x", skuId: "7", codes });

test("at most ten thousand at once, each of at most 200 characters that fit into their column", () => {
  expect(add(Array.from({ length: 10_000 }, (_, index) => `C${index}`).join("\n")).success).toBe(true);
  expect(add(Array.from({ length: 10_001 }, (_, index) => `C${index}`).join("\n")).success).toBe(false);
  expect([add("a".repeat(200)).success, add("a".repeat(201)).success, add("码".repeat(166)).success, add("码".repeat(167)).success]).toEqual([true, false, true, false]);
  expect([add("").success, add(" \n ").success]).toEqual([false, false]);
});

test("all free codes are voided only when that is said", () => {
  const voided = (fields: object) => VoidCodesInput.safeParse({ requestId: "x", skuId: 7, note: "leaked", ...fields }).success;
  expect([voided({}), voided({ codes: " " }), voided({ codes: "A" }), voided({ codes: "", all: "on" }), voided({ codes: "A", all: "on" })]).toEqual([false, false, true, true, false]);
});

test("a long run of commas takes no longer than any other line", () => {
  // Tried anew from each comma it would take half a minute.
  const began = performance.now();
  expect(codesIn(`A${",".repeat(200_000)}B`)).toHaveLength(1);
  expect(performance.now() - began).toBeLessThan(10_000);
});
