import { randomBytes } from "node:crypto";

import fc from "fast-check";
import { expect, test } from "vitest";

import { withSettings } from "@/test/settings";

import { codeDigest, openCode, sealCode } from "./code-vault";

const aKey = (): string => randomBytes(32).toString("base64");
const [first, second] = [aKey(), aKey()];

test("a code is read again as it was, and is nowhere to be seen in what is kept", () => {
  fc.assert(fc.property(fc.string({ unit: "grapheme", minLength: 4, maxLength: 100 }), (code) => {
    const sealed = sealCode(7, code);
    expect(openCode(7, sealed)).toBe(code);
    expect(sealed.includes(Buffer.from(code))).toBe(false);
    expect(sealed.equals(sealCode(7, code))).toBe(false);
  }), { numRuns: 50 });
});

test("moved to another product, or changed by one bit, it cannot be read", () => {
  const sealed = sealCode(7, "GIFT-1234");
  expect(() => openCode(8, sealed)).toThrow();
  for (const at of [0, 1, 14, sealed.length - 1]) {
    const changed = Buffer.from(sealed);
    changed[at]! ^= 1;
    expect(() => openCode(7, changed)).toThrow();
  }
});

test("with a new key in front, codes of the old one and of the shop's secret are still read; without the old one they are not", async () => {
  const derived = sealCode(7, "by the secret");
  const old = await withSettings({ CODES_KEY: first }, async () => sealCode(7, "by the first"));
  await withSettings({ CODES_KEY: `${second},${first}` }, async () => {
    expect([openCode(7, derived), openCode(7, old)]).toEqual(["by the secret", "by the first"]);
    expect(openCode(7, sealCode(7, "by the second"))).toBe("by the second");
  });
  await withSettings({ CODES_KEY: second }, async () => expect(() => openCode(7, old)).toThrow());
});

test("a code has one digest for a product, before and after a new key, and another for another product", async () => {
  const before = await withSettings({ CODES_KEY: first }, async () => codeDigest(7, "GIFT-1234"));
  await withSettings({ CODES_KEY: `${second},${first}` }, async () => expect(codeDigest(7, "GIFT-1234").equals(before)).toBe(true));
  expect(codeDigest(7, "GIFT-1234").equals(codeDigest(8, "GIFT-1234"))).toBe(false);
});
