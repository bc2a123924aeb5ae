import type { AfterCommit } from "@/db/transact";
import type { Tx } from "@/db/client";
import type { Permission } from "@/lib/accounts/permission";
import type { Policy } from "@/lib/settings/policy";

/** A person's id, as proved by a gate: a session, an API token, or a row that was read. */
export type UserId = number & { readonly __user: unique symbol };
/** The id of a person whose session was seen to carry a staff role. */
export type StaffId = UserId & { readonly __staff: unique symbol };

export type Actor =
  | { kind: "shopper"; id: UserId }
  | { kind: "staff"; id: StaffId; role: "staff" | "owner"; permissions: ReadonlySet<Permission> }
  | { kind: "system"; name: string };

/** What a command works with: one open transaction, who asks, and the time at which it is decided. */
export type Ctx = { tx: Tx; actor: Actor; now: Date; policy: Policy; afterCommit: AfterCommit };

/** The person behind an action for the audit trail; null when it was the clock. */
export const actorId = (actor: Actor): UserId | null => (actor.kind === "system" ? null : actor.id);
