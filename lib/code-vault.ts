import "server-only";

import { createHmac } from "node:crypto";

import { env } from "./env";
import { derive, keyOf, ownSecrets, seal, unseal, type Key } from "./vault";

// Codes of virtual goods are worth money to whoever reads them: at rest they are encrypted, bound to their product (its SKUs may hand codes over to a flash sale's).

/** The first encrypts; the others still read what they wrote. Without any of its own the shop's secret makes one, and goes on reading what it wrote. */
const keys = (): readonly Key[] => [...ownSecrets().map(keyOf), keyOf(derive(env().NEXTAUTH_SECRET, "codes"))];

const boundTo = (productId: number): string => `product:${productId}`;

/** A code as it is kept. */
export const sealCode = (productId: number, code: string): Buffer => seal(keys(), boundTo(productId), code);

/** The code again. One that was moved to another product, changed, or written with a key that is gone cannot be read. */
export const openCode = (productId: number, sealed: Buffer): string => unseal(keys(), boundTo(productId), sealed);

/** Tells whether a code is in the pool already, and nothing to whoever has the table alone. The oldest key of the shop's own makes it, so that it outlives a rotation. */
export function codeDigest(productId: number, code: string): Buffer {
  const own = keys();
  const oldest = own.at(own.length > 1 ? -2 : -1)!;
  return createHmac("sha256", derive(oldest.secret, "codes digest")).update(`${productId}\n${code}`).digest();
}
