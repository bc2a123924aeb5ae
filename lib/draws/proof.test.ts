import { createHash, createHmac } from "node:crypto";

import { expect, test } from "vitest";

import { committedText, rollOf } from "./fair";
import { prizeAt, writeTable, type TablePrize } from "./prize";
import { verifyProof, type Hashing, type Proof, type ProofSpin } from "./proof";

const sha256 = (text: string): string => createHash("sha256").update(text).digest("hex");
const node: Hashing = { sha256: async (text) => sha256(text), hmacUnder: async (key) => async (message) => createHmac("sha256", key).update(message).digest() };

const table: TablePrize[] = [
  { id: 7, oddsPpm: 300_000, kind: "points", amount: 20, quantity: 1, name: "20 积分", nameEn: "20 points" },
  { id: 9, oddsPpm: 200_000, kind: "coupon", amount: 3, quantity: 1, name: "券", nameEn: "Coupon" },
];
const seed = sha256("a seed");
const prizeTable = writeTable(table);

function aProof(changes: Partial<Proof> = {}, change: (spins: ProofSpin[]) => ProofSpin[] = (spins) => spins): Proof & { seed: string } {
  const spins = Array.from({ length: 40 }, (_, nonce) => {
    const roll = rollOf((message) => createHmac("sha256", seed).update(message).digest(), { slug: "wheel", day: "2026-11-21" }, nonce);
    const hit = prizeAt(table, roll)?.id ?? null;
    return { nonce, roll, rolledPrizeId: hit, prizeId: hit === 9 ? null : hit };
  });
  return { slug: "wheel", day: "2026-11-21", commitment: sha256(committedText(seed, prizeTable)), seed, prizeTable, revealedAt: null, spinsTotal: 40, next: null, ...changes, spins: change(spins) } as Proof & { seed: string };
}
const verdictOf = async (proof: Proof & { seed: string }) => {
  const { commitment, wrong, checked } = await verifyProof(proof, node);
  return { commitment, wrong: [...wrong], checked };
};

test("an honest round checks out, spins whose prize had gone included", async () => {
  expect(await verdictOf(aProof())).toEqual({ commitment: true, wrong: [], checked: 40 });
  expect(await verdictOf(aProof({}, () => []))).toEqual({ commitment: true, wrong: [], checked: 0 });
});

test("another seed or another table is not what was committed to", async () => {
  expect((await verdictOf(aProof({ seed: sha256("another") }))).commitment).toBe(false);
  expect((await verdictOf(aProof({ seed: sha256("another") }))).wrong.length).toBeGreaterThan(30);
  expect((await verdictOf(aProof({ prizeTable: prizeTable.replace("300000", "299999") }))).commitment).toBe(false);
});

const hitOf = (spins: readonly ProofSpin[], id: number | null): number => spins.findIndex(({ rolledPrizeId }) => rolledPrizeId === id);

test.each<[string, (spins: ProofSpin[]) => ProofSpin[]]>([
  ["a changed roll", (spins) => spins.map((spin, index) => (index === 3 ? { ...spin, roll: spin.roll === 0 ? 1 : spin.roll - 1 } : spin))],
  ["a withheld prize", (spins) => spins.map((spin, index) => (index === hitOf(spins, 7) ? { ...spin, rolledPrizeId: null, prizeId: null } : spin))],
  ["a prize for nothing", (spins) => spins.map((spin, index) => (index === hitOf(spins, null) ? { ...spin, prizeId: 7 } : spin))],
])("%s is found, and that spin alone", async (_, change) => {
  const { commitment, wrong } = await verdictOf(aProof({}, change));
  expect([commitment, wrong.length]).toEqual([true, 1]);
});

test("a spin that was left out, or put in, is found", async () => {
  expect((await verdictOf(aProof({}, (spins) => spins.filter((_, index) => index !== 5)))).wrong).not.toEqual([]);
  expect((await verdictOf(aProof({}, (spins) => [spins[0]!, ...spins]))).wrong).not.toEqual([]);
});
