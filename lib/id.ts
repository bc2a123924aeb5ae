import "server-only";

import { randomBytes } from "node:crypto";

/** 128 random bits in 22 URL-safe characters: an address that cannot be guessed. */
export const publicId = (): string => randomBytes(16).toString("base64url");

export const PUBLIC_ID = /^[\w-]{22}$/;

/** Random bytes for what people must not guess. */
export const secretBytes = (length: number): Uint8Array => randomBytes(length);
