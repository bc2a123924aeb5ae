import "server-only";

import { createCipheriv, createDecipheriv, createHash, createHmac, hkdfSync, randomBytes } from "node:crypto";

import { env } from "./env";
import { invariant } from "./invariant";

// Codes of virtual goods are worth money to whoever reads them: at rest they are encrypted, bound to their product (its SKUs may hand codes over to a flash sale's).

const IV_BYTES = 12;
const TAG_BYTES = 16;

type Key = { id: number; secret: Buffer };

const keyOf = (secret: Buffer): Key => ({ id: createHash("sha256").update(secret).digest()[0]!, secret });

const derive = (secret: string | Buffer, label: string): Buffer => Buffer.from(hkdfSync("sha256", secret, "", `points-mall ${label}`, 32));

/** The first encrypts; the others still read what they wrote. Without any of its own the shop's secret makes one, and goes on reading what it wrote. */
function keys(): readonly Key[] {
  const { CODES_KEY, NEXTAUTH_SECRET } = env();
  const own = (CODES_KEY ?? "").split(",").filter(Boolean).map((text) => keyOf(Buffer.from(text.trim(), "base64")));
  return [...own, keyOf(derive(NEXTAUTH_SECRET, "codes"))];
}

const boundTo = (productId: number): Buffer => Buffer.from(`product:${productId}`);

/** A code as it is kept: the key's mark, a fresh vector, the cipher text and its seal. */
export function sealCode(productId: number, code: string): Buffer {
  const { id, secret } = keys()[0]!;
  const iv = randomBytes(IV_BYTES);
  const cipher = createCipheriv("aes-256-gcm", secret, iv).setAAD(boundTo(productId));
  return Buffer.concat([Buffer.of(id), iv, cipher.update(code, "utf8"), cipher.final(), cipher.getAuthTag()]);
}

/** The code again. One that was moved to another product, changed, or written with a key that is gone cannot be read. */
export function openCode(productId: number, sealed: Buffer): string {
  const candidates = keys().filter(({ id }) => id === sealed[0]);
  for (const { secret } of candidates) {
    const decipher = createDecipheriv("aes-256-gcm", secret, sealed.subarray(1, 1 + IV_BYTES)).setAAD(boundTo(productId)).setAuthTag(sealed.subarray(-TAG_BYTES));
    try {
      return Buffer.concat([decipher.update(sealed.subarray(1 + IV_BYTES, -TAG_BYTES)), decipher.final()]).toString("utf8");
    } catch {
      continue;
    }
  }
  invariant(false, "a code of the pool can be read with one of the keys");
}

/** Tells whether a code is in the pool already, and nothing to whoever has the table alone. The oldest key of the shop's own makes it, so that it outlives a rotation. */
export function codeDigest(productId: number, code: string): Buffer {
  const own = keys();
  const oldest = own.at(own.length > 1 ? -2 : -1)!;
  return createHmac("sha256", derive(oldest.secret, "codes digest")).update(`${productId}\n${code}`).digest();
}
