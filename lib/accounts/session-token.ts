import "server-only";

import { createHash, randomBytes } from "node:crypto";

/** 256 random bits; the database keeps only their digest. */
export const newSessionToken = (): string => randomBytes(32).toString("base64url");

export const SESSION_TOKEN = /^[\w-]{43}$/;

export const tokenDigest = (token: string): Buffer => createHash("sha256").update(token).digest();

/** A session ends after 30 days, whatever happens. */
export const SESSION_DAYS = 30;
