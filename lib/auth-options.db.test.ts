import { expect, test } from "vitest";

import { aToken, aUser } from "@/test/world";

import { findSession } from "./accounts/queries";
import { authOptions } from "./auth-options";

test("signing out at next-auth's own route ends the session, so that a copy of its cookie is dead", async () => {
  const lin = await aUser();
  const [token, other] = [await aToken(lin), await aToken(lin)];
  await authOptions().events!.signOut!({ token: { sid: token } } as never);
  expect([await findSession(token), (await findSession(other))?.id]).toEqual([null, lin.id]);
});

test("next-auth's own form signs in by the address and the password, whatever else it carries", async () => {
  const lin = await aUser({ password: "correct horse battery" });
  const [provider] = authOptions().providers;
  const authorize = (provider!.options as { authorize(form: object, request: object): Promise<{ sid: string } | null> }).authorize;
  const form = { email: lin.email, password: "correct horse battery", csrfToken: "0a1b", json: "true", callbackUrl: "/" };
  const entered = await authorize(form, { headers: {} });
  expect((await findSession(entered!.sid))?.id).toBe(lin.id);
  expect(await authorize({ ...form, password: "not it at all" }, { headers: {} })).toBeNull();
});
