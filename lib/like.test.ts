import fc from "fast-check";
import { expect, test } from "vitest";

import { containing } from "./like";

/** LIKE, as MySQL reads it. */
function matches(text: string, pattern: string): boolean {
  let source = "";
  for (let at = 0; at < pattern.length; at++) {
    const letter = pattern[at]!;
    if (letter === "\\") source += escaped(pattern[++at]!);
    else source += letter === "%" ? "[^]*" : letter === "_" ? "[^]" : escaped(letter);
  }
  return new RegExp(`^${source}$`).test(text);
}

const escaped = (letter: string): string => letter.replace(/[$()*+.?[\\\]^{|}/-]/g, "\\$&");

test("a pattern finds its text wherever it stands, and only that", () => {
  const letters = fc.string({ unit: fc.constantFrom("a", "b", "%", "_", "\\", "'"), maxLength: 12 });
  fc.assert(fc.property(letters, letters, letters, (before, text, after) => {
    expect(matches(`${before}${text}${after}`, containing(text))).toBe(true);
    expect(matches(before, containing(text))).toBe(before.includes(text));
  }), { numRuns: 500 });
});

test("a long text is cut: no search costs more than a hundred letters", () => {
  expect(containing("x".repeat(5_000))).toHaveLength(102);
});
