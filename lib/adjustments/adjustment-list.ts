import { ADJUSTMENT_REASONS, ADJUSTMENT_STATUSES } from "@/db/schema/control";
import { dayIn, defineList, idIn, oneOf, type ListState } from "@/lib/list-address";

/** Whose turn it is: what waits for the reader's decision, or what they asked for themselves. */
export const ADJUSTMENT_VIEWS = ["waiting", "mine"] as const;

export const ADJUSTMENTS = defineList({
  key: "adjustments",
  path: "/admin/adjustments",
  filters: { view: oneOf(ADJUSTMENT_VIEWS), status: oneOf(ADJUSTMENT_STATUSES), reason: oneOf(ADJUSTMENT_REASONS), kind: oneOf(["one", "batch"]), from: dayIn, to: dayIn, user: idIn },
  columns: ["person", "points", "status", "reason", "maker", "decider", "created", "decided"],
  hidden: ["decider", "decided"],
  sorts: ["created", "points"],
  sort: "-created",
});

export type AdjustmentState = ListState<typeof ADJUSTMENTS>;
