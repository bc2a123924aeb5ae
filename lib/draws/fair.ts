/** A roll is a whole number from 0 to 999,999: odds are parts of a million. */
export const ROLLS = 1_000_000;

/** The largest multiple of a million that 32 bits hold. What is at or above it is thrown away: the remainder would favour low rolls. */
const FAIR_BELOW = Math.floor(2 ** 32 / ROLLS) * ROLLS;

/** One try in 4,400 is thrown away; so many in a row never are. */
export const TRIES_MAX = 20;

/** Which round a spin belongs to. */
export type RoundName = { slug: string; day: string };

/** What is hashed under the round's seed for a spin's roll, at its first try (0) and those after it. */
export const messageOf = ({ slug, day }: RoundName, nonce: number, attempt: number): string => `${slug}:${day}:${nonce}:${attempt}`;

/** The roll in a digest: its first four bytes as a number, modulo a million; null when the next try decides. */
export function rollIn(digest: Uint8Array): number | null {
  const number = new DataView(digest.buffer, digest.byteOffset, 4).getUint32(0);
  return number < FAIR_BELOW ? number % ROLLS : null;
}

/** The roll of a spin. `digestOf` is HMAC-SHA256 under the round's seed. */
export function rollOf(digestOf: (message: string) => Uint8Array, round: RoundName, nonce: number): number {
  for (let attempt = 0; attempt < TRIES_MAX; attempt++) {
    const roll = rollIn(digestOf(messageOf(round, nonce, attempt)));
    if (roll !== null) return roll;
  }
  throw new RangeError("no hash is unlucky so many times");
}

/** What a round's commitment is the SHA-256 of: its seed, a line feed, and its prizes. Neither can change once the hash is published. */
export const committedText = (seed: string, prizeTable: string): string => `${seed}\n${prizeTable}`;
