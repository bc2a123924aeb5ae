import "server-only";

import { createHash, randomInt } from "node:crypto";

import { generateSecret, generateURI, verifySync } from "otplib";

import { env } from "./env";
import { derive, keyOf, ownSecrets, seal, unseal, type Key } from "./vault";

// The second factor: a secret that an authenticator app and the shop share (RFC 6238), and codes for the day on which the app is gone.

const keys = (): readonly Key[] => [...ownSecrets(), Buffer.from(env().NEXTAUTH_SECRET)].map((secret) => keyOf(derive(secret, "second factors")));

const boundTo = (userId: number): string => `second-factor:${userId}`;

export const newSecret = (): string => generateSecret();
export const sealSecret = (userId: number, secret: string): Buffer => seal(keys(), boundTo(userId), secret);
export const openSecret = (userId: number, sealed: Buffer): string => unseal(keys(), boundTo(userId), sealed);

/** What an authenticator reads from the QR code. */
export const authenticatorLink = (shop: string, email: string, secret: string): string => generateURI({ issuer: shop, label: email, secret });

const STEP_SECONDS = 30;

/** The time step whose code this is, at most one before or after the present; null for a code of any other. */
export function stepOf(secret: string, code: string, now: Date): number | null {
  if (!/^\d{6}$/.test(code)) return null;
  const result = verifySync({ secret, token: code, epoch: Math.floor(now.getTime() / 1000), epochTolerance: STEP_SECONDS });
  return result.valid && "timeStep" in result ? result.timeStep : null;
}

/** Letters and digits that are not taken for each other. */
const ALPHABET = "23456789abcdefghjkmnpqrstuvwxyz";
const RECOVERY_LETTERS = 10;
export const RECOVERY_CODES = 10;

/** Codes to be kept on paper: 49 random bits each, and each works once. */
export const newRecoveryCodes = (): string[] =>
  Array.from({ length: RECOVERY_CODES }, () => {
    const letters = Array.from({ length: RECOVERY_LETTERS }, () => ALPHABET[randomInt(ALPHABET.length)]!).join("");
    return `${letters.slice(0, 5)}-${letters.slice(5)}`;
  });

/** However it was typed; null for what cannot be one. Bound to its person, so that equal digests tell nothing. */
export function recoveryDigest(userId: number, typed: string): string | null {
  const letters = typed.toLowerCase().replace(/[\s-]/g, "");
  return letters.length === RECOVERY_LETTERS ? createHash("sha256").update(`recovery:${userId}:${letters}`).digest("hex") : null;
}
