import fc from "fast-check";
import { expect, test } from "vitest";

import { CODE_BYTES, CODE_LENGTH, checkLetter, codeFrom, printCode, readCode } from "./code";

const bytes = fc.uint8Array({ minLength: CODE_BYTES, maxLength: CODE_BYTES });
const codes = bytes.map(codeFrom);
const LETTERS = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";

test.each([
  ["A12425GABC1234002", "M"], ["000000003A8D0000", "Z"], ["0000000189470000", "8"],
])("the check letter is that of ISO 7064 MOD 37,36: %s has %s", (payload, letter) => {
  expect(checkLetter(payload)).toBe(letter);
});

test("a code is read as it was made", () => {
  fc.assert(fc.property(codes, (code) => {
    expect(code).toHaveLength(CODE_LENGTH);
    expect(readCode(code)).toBe(code);
    expect(readCode(printCode(code))).toBe(code);
  }));
});

test("no code holds a letter that is read as another", () => {
  fc.assert(fc.property(codes, (code) => {
    expect(code).toMatch(/^[0-9A-HJKMNP-TV-Z]{12}$/);
  }));
});

test("case, width, groups and the letters that are mistaken do not matter", () => {
  fc.assert(fc.property(codes, (code) => {
    const groups = printCode(code).toLowerCase();
    const asTyped = [groups.replaceAll("-", " "), groups.replaceAll("-", "–"), groups.replaceAll("0", "o").replaceAll("1", "l"), groups.replaceAll("1", "I"), ` ${groups}\t`,
      [...groups].map((letter) => (/[\da-z]/.test(letter) ? String.fromCharCode(letter.charCodeAt(0) + 0xfee0) : "－")).join("")];
    for (const typed of asTyped) expect(readCode(typed)).toBe(code);
  }));
});

test("every single wrong letter is noticed", () => {
  fc.assert(fc.property(codes, fc.nat(CODE_LENGTH - 1), fc.constantFrom(...LETTERS), (code, place, letter) => {
    fc.pre(code[place] !== letter);
    expect(readCode(code.slice(0, place) + letter + code.slice(place + 1))).toBeNull();
  }), { numRuns: 2_000 });
});

test("of two neighbours that were swapped, nearly all are noticed", () => {
  const swapped = fc.sample(fc.tuple(codes, fc.nat(CODE_LENGTH - 2)), 5_000).flatMap(([code, place]) => (code[place] === code[place + 1] ? [] : [code.slice(0, place) + code[place + 1] + code[place] + code.slice(place + 2)]));
  expect(swapped.filter((typed) => readCode(typed) !== null).length / swapped.length).toBeLessThan(0.01);
});

test("codes differ as far as their bytes do", () => {
  const made = new Set(fc.sample(bytes, 5_000).map((each) => codeFrom(each)));
  expect(made.size).toBeGreaterThan(4_900);
});

test.each(["", "----", "0", "0".repeat(11), "0".repeat(13), "ABCD-EFGH-JKMU", "🎟".repeat(12), "x".repeat(60)])("%j is no code", (typed) => {
  expect(readCode(typed)).toBeNull();
});
