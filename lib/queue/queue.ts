import type { Permission } from "@/lib/accounts/permission";

/** What may wait for the people of a shop, each with what it takes to do it. In the order of the overview. */
export const QUEUE = {
  toShip: "orders.fulfil",
  short: "codes.write",
  toPickUp: "orders.fulfil",
  approvals: "adjustments.approve",
  alerts: "risk.decide",
  appeals: "risk.decide",
  reviews: "reviews.moderate",
  lowStock: "products.write",
  payments: "operations.read",
  mail: "operations.run",
  events: "operations.run",
  books: "books.clear",
  trail: "settings.write",
} as const satisfies Record<string, Permission>;

export type QueueKey = keyof typeof QUEUE;
export const QUEUE_KEYS = Object.keys(QUEUE) as QueueKey[];

/** What is counted for somebody; what they may not do is not in it. */
export type StaffQueue = { key: QueueKey; count: number }[];

export const queueKeysFor = (permissions: ReadonlySet<Permission>): QueueKey[] => QUEUE_KEYS.filter((key) => permissions.has(QUEUE[key]));
