import fc from "fast-check";
import { expect, test } from "vitest";

import { PICKUP_CODE_BYTES, pickupCodeFrom, readPickupCode, spelledPickupCode } from "./pickup-code";

const bytes = fc.uint8Array({ minLength: PICKUP_CODE_BYTES, maxLength: PICKUP_CODE_BYTES });

test("a code is nine digits, and is read back from how it is shown", () => {
  fc.assert(fc.property(bytes, (random) => {
    const code = pickupCodeFrom(random);
    expect(code).toMatch(/^\d{9}$/);
    expect(readPickupCode(` ${spelledPickupCode(code)} `)).toBe(code);
  }));
});

test("one wrong digit is noticed, and two neighbours that changed places are", () => {
  fc.assert(fc.property(bytes, fc.nat(8), fc.integer({ min: 1, max: 9 }), (random, at, by) => {
    const digits = [...pickupCodeFrom(random)].map(Number);
    expect(readPickupCode(digits.map((digit, index) => (index === at ? (digit + by) % 10 : digit)).join(""))).toBeNull();
    const next = (at + 1) % 9;
    if (next === 0 || digits[at] === digits[next]) return;
    expect(readPickupCode(digits.map((_, index) => digits[index === at ? next : index === next ? at : index]).join(""))).toBeNull();
  }));
});

test("full-width digits of a Chinese keyboard and dashes are read; words, and too few or too many digits, are not", () => {
  const code = pickupCodeFrom(new Uint8Array(PICKUP_CODE_BYTES).fill(7));
  expect(readPickupCode([...code].map((digit) => String.fromCharCode(digit.charCodeAt(0) + 0xfee0)).join(""))).toBe(code);
  expect(readPickupCode(`${code.slice(0, 3)}-${code.slice(3)}`)).toBe(code);
  expect([readPickupCode(""), readPickupCode("abc"), readPickupCode(code.slice(1)), readPickupCode(`${code}0`)]).toEqual([null, null, null, null]);
});
