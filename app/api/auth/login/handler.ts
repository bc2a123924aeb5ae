import { z } from "zod";

import { deviceName } from "@/lib/accounts/device";
import { answer, openHandler } from "@/lib/api";
import { clientAddress } from "@/lib/client-address";
import { signInWithPassword } from "@/lib/entrance";
import { readPointsAvailable } from "@/lib/points/queries";
import { apiMessage } from "@/lib/sentence";

/** POST /api/auth/login {email, password, code?}: a token, and the balance with today's visit in it. */
export const login = openHandler("POST", z.record(z.string().max(40), z.unknown()), async ({ request, input, locale }) => {
  const entered = await signInWithPassword(input, clientAddress(request.headers), deviceName(request.headers.get("user-agent")));
  if (!entered.ok) return entered;
  return answer({ message: apiMessage(locale, "signedIn"), token: entered.value.token, points: await readPointsAvailable(entered.value.userId) });
});
