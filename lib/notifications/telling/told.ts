import type { UserId } from "@/lib/ctx";
import type { Fact } from "@/lib/events/event";
import type { StoredEvent } from "@/lib/events/handler";

import type { Notice } from "../notice";

export type OrderFacts = { userId: UserId; orderId: string; product: string; productEn: string };

/** What became of an order: the last word of the event's name. */
export const orderStep = ({ name }: Pick<StoredEvent, "name">): string => name.slice("order.".length);

export function orderNotice(event: StoredEvent, { userId, orderId, product, productEn }: OrderFacts): Notice {
  const step = orderStep(event);
  // An order is shipped once; its pieces may be sent and taken back one by one.
  const subject = step === "refunded" || step === "parcel_sent" ? `${orderId}:${step}:${event.id}` : `${orderId}:${step}`;
  return { userId, kind: "order_status", subject, data: { status: step, product, productEn }, link: `/orders/${orderId}` };
}

/** Points that came or went by themselves, or many at once. */
export function pointsNotice(event: StoredEvent): Notice | null {
  const about = { userId: Number(event.subjectId) as UserId, subject: `event:${event.id}`, link: "/wallet" };
  const points = Number(event.data.points);
  if (event.name === "points.expired") return { ...about, kind: "points_expired", data: { points } };
  if (event.name === "points.activated") return { ...about, kind: "points_earned", data: { points, how: "activated" } };
  if (event.name === "points.earned") return { ...about, kind: "points_earned", data: { points, how: "earned" } };
  return null;
}

/** Changes of an account that its owner must hear of, in case it was somebody else. */
export const SECURITY_EVENTS = [
  "account.password_changed", "account.email_changed", "account.role_changed",
  "account.second_factor_added", "account.second_factor_removed", "account.recovery_code_used", "account.recovery_codes_renewed",
] as const satisfies readonly Fact["name"][];

export function accountNotice(event: StoredEvent): Notice | null {
  const about = { userId: Number(event.subjectId) as UserId, subject: `event:${event.id}`, link: "/profile" };
  if (event.name === "account.frozen") return { ...about, kind: "account_frozen", data: { state: "frozen", reason: String(event.data.reason ?? "") } };
  if (event.name === "account.unfrozen") return { ...about, kind: "account_frozen", data: { state: "unfrozen" } };
  const change = SECURITY_EVENTS.find((name) => name === event.name);
  return change ? { ...about, kind: "account_security", data: { change: change.slice("account.".length) } } : null;
}

/** Both sides of a rewarded referral. */
export function referralNotices(event: StoredEvent): Notice[] {
  const [friendId, inviterId] = [Number(event.subjectId) as UserId, Number(event.data.inviterId) as UserId];
  const about = { kind: "referral_rewarded", subject: `referral:${friendId}` } as const;
  return [{ ...about, userId: inviterId, data: { side: "inviter" }, link: "/invite" }, { ...about, userId: friendId, data: { side: "friend" }, link: "/wallet" }];
}
