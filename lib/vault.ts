import "server-only";

import { createCipheriv, createDecipheriv, createHash, hkdfSync, randomBytes } from "node:crypto";

import { env } from "./env";
import { invariant } from "./invariant";

const IV_BYTES = 12;
const TAG_BYTES = 16;

export type Key = { id: number; secret: Buffer };

export const keyOf = (secret: Buffer): Key => ({ id: createHash("sha256").update(secret).digest()[0]!, secret });

export const derive = (secret: string | Buffer, label: string): Buffer => Buffer.from(hkdfSync("sha256", secret, "", `points-mall ${label}`, 32));

/** The keys that the merchant gave for what is worth stealing, the newest first. */
export const ownSecrets = (): Buffer[] => (env().CODES_KEY ?? "").split(",").filter(Boolean).map((text) => Buffer.from(text.trim(), "base64"));

/** Encrypted with the first key and bound to its place: the key's mark, a fresh vector, the cipher text and its seal. */
export function seal(keys: readonly Key[], boundTo: string, text: string): Buffer {
  const { id, secret } = keys[0]!;
  const iv = randomBytes(IV_BYTES);
  const cipher = createCipheriv("aes-256-gcm", secret, iv).setAAD(Buffer.from(boundTo));
  return Buffer.concat([Buffer.of(id), iv, cipher.update(text, "utf8"), cipher.final(), cipher.getAuthTag()]);
}

/** The text again. One that was moved to another place, changed, or written with a key that is gone cannot be read. */
export function unseal(keys: readonly Key[], boundTo: string, sealed: Buffer): string {
  for (const { secret } of keys.filter(({ id }) => id === sealed[0])) {
    const decipher = createDecipheriv("aes-256-gcm", secret, sealed.subarray(1, 1 + IV_BYTES)).setAAD(Buffer.from(boundTo)).setAuthTag(sealed.subarray(-TAG_BYTES));
    try {
      return Buffer.concat([decipher.update(sealed.subarray(1 + IV_BYTES, -TAG_BYTES)), decipher.final()]).toString("utf8");
    } catch {
      continue;
    }
  }
  invariant(false, "what was encrypted can be read with one of the keys");
}
