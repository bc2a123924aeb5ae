import "server-only";

import { createHash, randomBytes } from "node:crypto";

/** 256 random bits; the database keeps only their digest. */
export const newSessionToken = (): string => randomBytes(32).toString("base64url");

export const SESSION_TOKEN = /^[\w-]{43}$/;

/** What a link in mail carries is made and kept in the same way. */
export const newLinkToken = newSessionToken;
export const LINK_TOKEN = SESSION_TOKEN;

export const tokenDigest = (token: string): Buffer => createHash("sha256").update(token).digest();

/** A session ends after 30 days, whatever happens. */
export const SESSION_DAYS = 30;

/** A second factor that was given to a session holds half a day; then the next thing of staff's asks for it again. */
export const FACTOR_HOURS = 12;

/** Stands for an e-mail address where requests are counted: what is counted there should not tell whose. */
export const addressKey = (email: string): string => createHash("sha256").update(email).digest("base64url");
