import { z } from "zod";

import { answer, shopperHandler } from "@/lib/api";
import { checkIn } from "@/lib/checkin/lanes";
import { refuse } from "@/lib/refusal";
import { requestKey } from "@/lib/request-key";
import { apiMessage } from "@/lib/sentence";

/**
 * POST /api/points/earn {"actionType":"checkin"}. A check-in is the one thing a person earns by asking;
 * all else is granted when the server sees it happen, so any other action is refused.
 */
export const earn = shopperHandler("POST", z.strictObject({ actionType: z.string().max(40) }), async ({ person, input, key, locale }) => {
  if (input.actionType !== "checkin") return refuse("unknown_action");
  const done = await checkIn({ userId: person.id, request: requestKey(key, "check-in", {}) });
  if (!done.ok) return done;
  const { pointsAvailable, points, streakDays } = done.value;
  return answer({ message: apiMessage(locale, "earned"), points: pointsAvailable, change: points, streak: streakDays });
});
