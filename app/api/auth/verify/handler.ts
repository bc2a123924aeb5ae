import { z } from "zod";

import { db } from "@/db/client";
import { getOwnProfile } from "@/lib/accounts/queries";
import { answer, openHandler } from "@/lib/api";
import { clientAddress } from "@/lib/client-address";
import { verifyWithLink } from "@/lib/entrance";
import { readPointsAvailable } from "@/lib/points/queries";

/** POST /api/auth/verify {token}: proves the address by what its link carries. A session's token, and who it is with the reward in their balance. */
export const verify = openHandler("POST", z.record(z.string().max(40), z.unknown()), async ({ request, input }) => {
  const entered = await verifyWithLink(input, clientAddress(request.headers));
  if (!entered.ok) return entered;
  const { userId, token } = entered.value;
  const [{ username, email }, points] = await Promise.all([getOwnProfile(db(), userId), readPointsAvailable(userId)]);
  return answer({ token, user: { id: userId, username, email, points } });
});
