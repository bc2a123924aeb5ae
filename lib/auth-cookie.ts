import "server-only";

import { decode, encode } from "next-auth/jwt";

import { SESSION_DAYS } from "./accounts/session-token";
import { env } from "./env";

const DAY_SECONDS = 86_400;

const isSecure = (): boolean => env().NEXTAUTH_URL.startsWith("https://");

/** Bound to this host, and to https where the shop has it. */
export const sessionCookieName = (): string => (isSecure() ? "__Host-points-mall.session" : "points-mall.session");

export const sessionCookieOptions = () =>
  ({ httpOnly: true, sameSite: "lax", path: "/", secure: isSecure(), maxAge: SESSION_DAYS * DAY_SECONDS }) as const;

/** What the cookie holds: next-auth's encrypted token around the session's own. The session itself is a row in MySQL. */
export const sealSession = (token: string): Promise<string> =>
  encode({ token: { sid: token }, secret: env().NEXTAUTH_SECRET, maxAge: SESSION_DAYS * DAY_SECONDS });

/** The session token inside a cookie; null when it was not sealed here. */
export async function openSession(cookie: string): Promise<string | null> {
  try {
    const token = await decode({ token: cookie, secret: env().NEXTAUTH_SECRET });
    return typeof token?.sid === "string" ? token.sid : null;
  } catch {
    return null;
  }
}
