import { z } from "zod";

import { answer, openHandler } from "@/lib/api";
import { clientAddress } from "@/lib/client-address";
import { signUpWithPassword } from "@/lib/entrance";
import { readPointsAvailable } from "@/lib/points/queries";
import { apiMessage } from "@/lib/sentence";

/** POST /api/auth/register {username, email, password}: an account, its reward and a token. */
export const register = openHandler("POST", z.record(z.string().max(40), z.unknown()), async ({ request, input, locale }) => {
  const entered = await signUpWithPassword({ locale, ...input }, clientAddress(request.headers));
  if (!entered.ok) return entered;
  return answer({ message: apiMessage(locale, "registered"), token: entered.value.token, points: await readPointsAvailable(entered.value.userId) });
});
