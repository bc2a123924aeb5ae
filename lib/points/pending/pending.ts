import type { UserId } from "@/lib/ctx";
import { addDays, dayOf, startOfDay } from "@/lib/day";
import type { ExpiryPolicy } from "@/lib/settings/expiry";

import type { Source } from "../ledger";

/** Earned points that wait: for an instant, for an event, or for whichever comes first. */
export type PendingGrant = {
  userId: UserId;
  points: number;
  ruleId: number | null;
  source: Source;
  breakdown: Record<string, number>;
  expiry: ExpiryPolicy | null;
  activatesAt: Date | null;
  releasedBy: string | null;
};

/** Points that wait `days` can be spent from the start of the programme day after so many whole days. */
export const activationOf = (now: Date, days: number, timeZone: string): Date => startOfDay(addDays(dayOf(now, timeZone), days + 1), timeZone);

/** Names what releases pending points: the receipt of an order, or a custom event of a person. */
export const releasedByOrder = (orderId: string): string => `order.completed:${orderId}`;
export const releasedByEvent = (name: string, userId: UserId): string => `event:${name}:${userId}`;
