import type { Day } from "@/lib/day";
import type { UserId } from "@/lib/ctx";

/** Why a balance changed. `earn` and `spend` are the person's doing; the others correct, return or end points. */
export const ENTRY_KINDS = ["earn", "spend", "expire", "restore", "claw_back", "adjust"] as const;
export type EntryKind = (typeof ENTRY_KINDS)[number];

/** What caused an entry: `order` and its public id, `check_in` and person:day, and so on. Unique per kind. */
export type Source = { type: string; id: string };

export type EntryNote = {
  ruleId?: number;
  breakdown?: Record<string, number>;
  actorId?: UserId | null;
  reason?: string;
};

/** One line of the ledger, before it has an id. */
export type Entry = {
  userId: UserId;
  kind: EntryKind;
  pointsChange: number;
  /** Balance less debt, after this entry. */
  balanceAfter: number;
  source: Source;
  localDay: Day;
  note: EntryNote;
};
