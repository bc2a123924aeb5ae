import fc from "fast-check";
import { expect, test } from "vitest";

import { centsFromYuan, yuanFromCents } from "./yuan";

test("what is written back reads as the same cents", () => {
  fc.assert(fc.property(fc.nat(100_000_000), (cents) => {
    expect(centsFromYuan(yuanFromCents(cents))).toBe(cents);
  }));
});

test("the ways people write an amount", () => {
  expect(["9.9", "9.90", " 9 ", "¥1,234.50", "0.07", "19.99"].map(centsFromYuan)).toEqual([990, 990, 900, 123_450, 7, 1_999]);
});

test("what is not an amount is not guessed", () => {
  expect(["", "9.999", "-1", "1e3", "9.", "九", "0x10"].every((text) => Number.isNaN(centsFromYuan(text)))).toBe(true);
});
