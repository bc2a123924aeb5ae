import { createHash, createHmac } from "node:crypto";

import fc from "fast-check";
import { expect, test } from "vitest";

import { committedText, messageOf, rollIn, rollOf, ROLLS } from "./fair";
import { oddsOfNothing, prizeAt, readTable, writeTable, type TablePrize } from "./prize";

const under = (seed: string) => (message: string): Uint8Array => createHmac("sha256", seed).update(message).digest();
const digestWith = (first: number): Uint8Array => {
  const bytes = new Uint8Array(32);
  new DataView(bytes.buffer).setUint32(0, first);
  return bytes;
};
const seedOf = (text: string): string => createHash("sha256").update(text).digest("hex");

const prize = (id: number, oddsPpm: number): TablePrize => ({ id, oddsPpm, kind: "points", amount: id, quantity: 1, name: `奖 ${id}`, nameEn: `Prize ${id}` });

test("a roll is the first four bytes modulo a million, and what would favour low rolls is thrown away", () => {
  expect([0, 1, 999_999, 1_000_000, 4_293_999_999].map((first) => rollIn(digestWith(first)))).toEqual([0, 1, 999_999, 0, 999_999]);
  expect([4_294_000_000, 4_294_967_295].map((first) => rollIn(digestWith(first)))).toEqual([null, null]);
});

test("a roll that is thrown away is drawn again under the next number, and rolls stay within a million", () => {
  const asked: string[] = [];
  const roll = rollOf((message) => {
    asked.push(message);
    return digestWith(asked.length < 3 ? 4_294_967_295 : 7_000_042);
  }, { slug: "wheel", day: "2026-11-21" }, 5);
  expect([roll, asked]).toEqual([42, ["wheel:2026-11-21:5:0", "wheel:2026-11-21:5:1", "wheel:2026-11-21:5:2"]]);
  expect(() => rollOf(() => digestWith(4_294_967_295), { slug: "w", day: "d" }, 0)).toThrow(RangeError);
});

test("the numbers of the proof page's example: anybody draws the same with openssl", () => {
  const seed = "00".repeat(32);
  const message = messageOf({ slug: "lucky-wheel", day: "2026-11-21" }, 0, 0);
  // printf %s 'lucky-wheel:2026-11-21:0:0' | openssl dgst -sha256 -hmac 0000…
  expect(Buffer.from(under(seed)(message)).toString("hex")).toBe("1b1b821534ab116d27835855f583b58295d3744fcd16e44e8a04d7987eb8ad95");
  expect(rollOf(under(seed), { slug: "lucky-wheel", day: "2026-11-21" }, 0)).toBe(787_605);
  // printf '%s\n%s' 0000… '[1,500000,"points",20,1,"20 积分","20 points"]' | openssl dgst -sha256
  const table = writeTable([{ id: 1, oddsPpm: 500_000, kind: "points", amount: 20, quantity: 1, name: "20 积分", nameEn: "20 points" }]);
  expect(seedOf(committedText(seed, table))).toBe("b13bf676a89ce73e0d2404c0f9670de177baab51fa58fd964d21740c3f111e72");
});

/** The 99.9th percentile of χ² by degrees of freedom. The seeds are fixed: what passes once passes always. */
const CHI_999: Record<number, number> = { 6: 22.46, 99: 148.23 };
const chiSquare = (counts: readonly number[], expected: readonly number[]): number => counts.reduce((sum, count, index) => sum + (count - expected[index]!) ** 2 / expected[index]!, 0);

test.each(["jade"])("100,000 spins spread evenly over the rolls (seed %s)", (name) => {
  const counts = Array.from({ length: 100 }, () => 0);
  const digestOf = under(seedOf(name));
  for (let nonce = 0; nonce < 100_000; nonce++) counts[Math.floor(rollOf(digestOf, { slug: "wheel", day: "2026-11-21" }, nonce) / (ROLLS / 100))]! += 1;
  expect(chiSquare(counts, counts.map(() => 1_000))).toBeLessThan(CHI_999[99]!);
});

test.each(["lotus", "copper"])("100,000 spins hit the prizes as their odds say (seed %s)", (name) => {
  const table = [prize(1, 1_000), prize(2, 9_000), prize(3, 40_000), prize(4, 100_000), prize(5, 150_000), prize(6, 200_000)];
  const hits = new Map<number | null, number>();
  const digestOf = under(seedOf(name));
  for (let nonce = 0; nonce < 100_000; nonce++) {
    const id = prizeAt(table, rollOf(digestOf, { slug: "wheel", day: "2026-11-22" }, nonce))?.id ?? null;
    hits.set(id, (hits.get(id) ?? 0) + 1);
  }
  const expected = [...table.map(({ oddsPpm }) => oddsPpm), oddsOfNothing(table)].map((ppm) => ppm / 10);
  expect(chiSquare([...table.map(({ id }) => hits.get(id) ?? 0), hits.get(null) ?? 0], expected)).toBeLessThan(CHI_999[6]!);
});

const anyTable = fc
  .array(fc.record({
    oddsPpm: fc.integer({ min: 0, max: 80_000 }), kind: fc.constantFrom("points" as const, "coupon" as const, "make_up_card" as const, "nothing" as const),
    amount: fc.nat(1_000_000), quantity: fc.integer({ min: 1, max: 10 }), name: fc.string({ unit: "grapheme", minLength: 1, maxLength: 40 }), nameEn: fc.string({ maxLength: 40 }),
  }), { minLength: 1, maxLength: 12 })
  .map((prizes) => prizes.map((each, index) => ({ ...each, id: index + 1 })));

test("a table reads as it was written, one line a prize", () => {
  fc.assert(fc.property(anyTable, (table) => {
    const text = writeTable(table);
    expect(readTable(text)).toEqual(table);
    expect(text.split("\n")).toHaveLength(table.length);
  }));
});

test("each prize has as many rolls as its odds, in one piece, and the rest is nothing", () => {
  fc.assert(fc.property(anyTable, (table) => {
    let start = 0;
    for (const each of table) {
      if (each.oddsPpm > 0) expect([prizeAt(table, start)?.id, prizeAt(table, start + each.oddsPpm - 1)?.id]).toEqual([each.id, each.id]);
      start += each.oddsPpm;
    }
    expect(start + oddsOfNothing(table)).toBe(ROLLS);
    if (start < ROLLS) expect([prizeAt(table, start), prizeAt(table, ROLLS - 1)]).toEqual([null, null]);
  }));
});
