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
