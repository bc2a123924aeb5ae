import type { Segment } from "./rule";

const DAY_MS = 86_400_000;
/** A person is a newcomer for their first so many days. */
const NEWCOMER_DAYS = 30;

/** The segments a person is in. Orders count once they are paid (or took no cash) and were not cancelled, the present one among them. */
export function segmentsOf({ joinedAt, orders }: { joinedAt: Date; orders: number }, at: Date): Segment[] {
  const segments: Segment[] = [];
  if (at.getTime() < joinedAt.getTime() + NEWCOMER_DAYS * DAY_MS) segments.push("newcomer");
  if (orders === 0) segments.push("not_yet_buyer");
  if (orders === 1) segments.push("first_time_buyer");
  if (orders >= 2) segments.push("repeat_buyer");
  return segments;
}
