import { db } from "@/db/client";
import { answer, shopperHandler } from "@/lib/api";
import { perform } from "@/lib/perform";
import { receiveEvent } from "@/lib/rules/custom/commands";
import { CustomEventInput } from "@/lib/rules/schema";
import { getPolicy } from "@/lib/settings/queries";
import { staffActor, staffWithPermission } from "@/lib/staff";

/**
 * POST /api/points/event {"userId": 7, "event": "app.opened", "id": "evt-1", "data": {…}}, with "email" in place of "userId" where only that is known.
 * Staff tells the shop of something that happened to a person elsewhere; rules for custom events reward it. The same event and id take effect
 * once, and a repeat gets the same reply; with another person or other data it is refused. 403 without the permission to change the programme or without the second factor, 404 for an unknown person.
 */
export const event = shopperHandler("POST", CustomEventInput, async ({ person, input }) => {
  const staff = staffWithPermission(person, "programme.write", await getPolicy(db()));
  const received = await perform(staffActor(staff), (ctx) => receiveEvent(ctx, input));
  return answer({ event_id: received.id, user_id: received.userId, points: received.points, points_pending: received.pointsPending });
});
