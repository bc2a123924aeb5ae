import type { Ctx, UserId } from "@/lib/ctx";

import type { Fact } from "./event";

/** An event as it was written down. */
export type StoredEvent = { id: number; name: Fact["name"]; /** Who did it; null for the clock. */ actorId: UserId | null; subjectId: string; data: Record<string, unknown>; createdAt: Date };

/** What follows from some kinds of event. It runs in a transaction of its own, and may run again when that failed. */
export type EventHandler = {
  names: readonly Fact["name"][];
  /** Of these, the ones that matter: an event that nobody wants costs no transaction. Without it, all. */
  wants?: (event: StoredEvent) => boolean;
  handle: (ctx: Ctx, event: StoredEvent) => Promise<void>;
};
