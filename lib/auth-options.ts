import "server-only";

import type { NextAuthOptions } from "next-auth";
import CredentialsProvider from "next-auth/providers/credentials";

import { endSession } from "./accounts/commands";
import { deviceName } from "./accounts/device";
import { SESSION_DAYS } from "./accounts/session-token";
import { sessionCookieName, sessionCookieOptions } from "./auth-cookie";
import { clientAddress } from "./client-address";
import { signInWithPassword } from "./entrance";
import { env } from "./env";
import { perform } from "./perform";
import { findVisitor } from "./visitor";

/** next-auth's own routes (`/api/auth/session`, `signin`, `signout`, `csrf`) over the shop's sessions. */
export const authOptions = (): NextAuthOptions => ({
  secret: env().NEXTAUTH_SECRET,
  session: { strategy: "jwt", maxAge: SESSION_DAYS * 86_400 },
  pages: { signIn: "/sign-in", error: "/sign-in" },
  cookies: { sessionToken: { name: sessionCookieName(), options: sessionCookieOptions() } },
  providers: [
    CredentialsProvider({
      credentials: { email: { type: "email" }, password: { type: "password" } },
      async authorize(credentials, request) {
        const headers = new Headers((request.headers ?? {}) as Record<string, string>);
        // next-auth hands over the whole form, its own fields among them.
        const { email, password } = credentials ?? {};
        const outcome = await signInWithPassword({ email, password }, clientAddress(headers), deviceName(headers.get("user-agent")));
        return outcome.ok ? { id: String(outcome.value.userId), sid: outcome.value.token } : null;
      },
    }),
  ],
  events: {
    // Taking the cookie away is not enough: a copy of it would go on working.
    async signOut({ token }) {
      const sid = token?.sid;
      if (typeof sid === "string") await perform({ kind: "system", name: "sign-out" }, (ctx) => endSession(ctx, sid));
    },
  },
  callbacks: {
    jwt: ({ token, user }) => (user ? { sid: (user as unknown as { sid: string }).sid } : token),
    async session({ session, token }) {
      const person = typeof token.sid === "string" ? await findVisitor(token.sid) : null;
      return { expires: session.expires, user: person ? { name: person.username, email: person.email } : undefined };
    },
  },
});
