import { z } from "zod";

import { answer, openHandler } from "@/lib/api";
import { clientAddress } from "@/lib/client-address";
import { signUpWithPassword } from "@/lib/entrance";
import { readPointsAvailable } from "@/lib/points/queries";
import { apiMessage } from "@/lib/sentence";

/**
 * POST /api/auth/register {username, email, password}: 202 and mail with a link, the same for every address.
 * Where addresses are not verified: an account, its reward and a token.
 */
export const register = openHandler("POST", z.record(z.string().max(40), z.unknown()), async ({ request, input, locale }) => {
  const joined = await signUpWithPassword({ locale, ...input }, clientAddress(request.headers));
  if (!joined.ok) return joined;
  if ("mailSent" in joined.value) return { ok: true, value: { status: 202, body: { message: apiMessage(locale, "mailSent") } } };
  const { userId, token } = joined.value;
  return answer({ message: apiMessage(locale, "registered"), token, points: await readPointsAvailable(userId) });
});
