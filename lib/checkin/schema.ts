import { z } from "zod";

import { parseDay } from "@/lib/day";

import { isTimeZone } from "./zone";

const requestId = z.string().regex(/^[\x21-\x7e]{1,255}$/, "field_invalid");

const day = z.string().transform((text, context) => {
  try {
    return parseDay(text);
  } catch {
    context.addIssue({ code: "custom", message: "field_invalid" });
    return z.NEVER;
  }
});

export const CheckInInput = z.strictObject({ requestId });

/** `pointsShown` is the price that the person saw: 0 for a card. */
export const MakeUpInput = z.strictObject({ requestId, day, pointsShown: z.string().regex(/^\d{1,6}$/, "field_invalid").transform(Number) });

/** An empty zone is the programme's. */
export const TimeZoneInput = z.strictObject({
  requestId,
  timeZone: z.string().max(64, "field_invalid").refine((zone) => zone === "" || isTimeZone(zone), "field_invalid").transform((zone) => zone || null),
});
