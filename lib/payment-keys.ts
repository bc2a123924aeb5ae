import { createPrivateKey, createPublicKey, type KeyObject } from "node:crypto";

/** Keys as providers hand them out: PEM, PEM in one line with `\n` written out, or the bare base64 of one of two encodings. */
const plain = (text: string): string => text.replaceAll("\\n", "\n").trim();
const isPem = (text: string): boolean => text.startsWith("-----BEGIN ");
const bytesOf = (text: string): Buffer => Buffer.from(text.replace(/\s+/g, ""), "base64");

/** Throws when the text is no RSA private key. */
export function privateKeyFrom(text: string): KeyObject {
  const given = plain(text);
  const key = isPem(given) ? createPrivateKey(given) : firstOf(["pkcs8", "pkcs1"] as const, (type) => createPrivateKey({ key: bytesOf(given), format: "der", type }));
  if (key.asymmetricKeyType !== "rsa") throw new TypeError("not an RSA key");
  return key;
}

/** Throws when the text is no RSA public key. A certificate is none: what it carries expires unnoticed. */
export function publicKeyFrom(text: string): KeyObject {
  const given = plain(text);
  if (/^-----BEGIN (?!(RSA )?PUBLIC KEY-----)/.test(given)) throw new TypeError("not a public key");
  const key = isPem(given) ? createPublicKey(given) : firstOf(["spki", "pkcs1"] as const, (type) => createPublicKey({ key: bytesOf(given), format: "der", type }));
  if (key.asymmetricKeyType !== "rsa") throw new TypeError("not an RSA key");
  return key;
}

function firstOf<Kind, Key>(kinds: readonly [Kind, Kind], read: (kind: Kind) => Key): Key {
  try {
    return read(kinds[0]);
  } catch {
    return read(kinds[1]);
  }
}

/** The same key in the one form that every library reads. */
export const privatePem = (text: string): string => privateKeyFrom(text).export({ type: "pkcs8", format: "pem" }).toString();
export const publicPem = (text: string): string => publicKeyFrom(text).export({ type: "spki", format: "pem" }).toString();

/** Whether a key can be read from the text. */
export function reads(read: (text: string) => unknown, text: string): boolean {
  try {
    read(text);
    return true;
  } catch {
    return false;
  }
}
