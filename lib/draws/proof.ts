import { committedText, messageOf, rollIn, TRIES_MAX, type RoundName } from "./fair";
import { prizeAt, readTable } from "./prize";

/** One spin as everybody may see it: who it was is left out. */
export type ProofSpin = { nonce: number; roll: number; rolledPrizeId: number | null; prizeId: number | null };

/** What the proof of a round says, as it is sent to whoever asks. The seed is null until it has been told. */
export type Proof = RoundName & {
  commitment: string;
  seed: string | null;
  prizeTable: string;
  revealedAt: string | null;
  spinsTotal: number;
  spins: ProofSpin[];
  /** The number from which more can be asked for; null when these are all. */
  next: number | null;
};

/** How to hash, where it is checked: a browser's WebCrypto, or Node's. */
export type Hashing = { sha256: (text: string) => Promise<string>; hmacUnder: (key: string) => Promise<(message: string) => Promise<Uint8Array>> };

export type Verdict = { commitment: boolean; wrong: ReadonlySet<number>; checked: number };

/** Draws every spin again from the seed. Numbers that are missing or come twice are wrong too. */
export async function verifyProof({ slug, day, commitment, seed, prizeTable, spins }: Proof & { seed: string }, { sha256, hmacUnder }: Hashing): Promise<Verdict> {
  const table = readTable(prizeTable);
  const digestOf = await hmacUnder(seed);
  const wrong = new Set<number>();
  for (const [index, spin] of spins.entries()) {
    const roll = await drawAgain(digestOf, { slug, day }, index);
    const hit = prizeAt(table, roll)?.id ?? null;
    const isRight = spin.nonce === index && spin.roll === roll && spin.rolledPrizeId === hit && (spin.prizeId === null || spin.prizeId === hit);
    if (!isRight) wrong.add(spin.nonce);
  }
  return { commitment: (await sha256(committedText(seed, prizeTable))) === commitment, wrong, checked: spins.length };
}

async function drawAgain(digestOf: (message: string) => Promise<Uint8Array>, round: RoundName, nonce: number): Promise<number> {
  for (let attempt = 0; attempt < TRIES_MAX; attempt++) {
    const roll = rollIn(await digestOf(messageOf(round, nonce, attempt)));
    if (roll !== null) return roll;
  }
  return -1;
}
