import "server-only";

import { createHash, createHmac, randomBytes } from "node:crypto";

/** 256 random bits as 64 hexadecimal digits: what a round of a draw is drawn from. */
export const freshSeed = (): string => randomBytes(32).toString("hex");

export const sha256 = (text: string): string => createHash("sha256").update(text).digest("hex");

/** HMAC-SHA256 under this key, which is taken as its characters: anybody can type it into `openssl dgst -hmac`. */
export const hmacUnder = (key: string) => (message: string): Uint8Array => createHmac("sha256", key).update(message).digest();
