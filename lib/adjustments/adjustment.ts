import type { AdjustmentStatus } from "@/db/schema/control";
import { allow, refuse, type Decision } from "@/lib/refusal";

/** Points of one adjustment: more than this is a slip of the hand. */
export const ADJUSTMENT_POINTS_MAX = 100_000_000;

/** What the ledger says of its entries, with the adjustment's public id. */
export const ADJUSTMENT_SOURCE = "staff_adjustment";

export type Amounts = {
  /** Signed: put in, or taken out. */
  points: number;
  /** What the same maker has put through alone today, over all people, in the same direction: a large adjustment in small pieces is a large one. */
  pointsAlone: number;
};

export const needsSecond = ({ points, pointsAlone }: Amounts, threshold: number): boolean => Math.abs(points) + pointsAlone > threshold;

/** Whether an adjustment takes effect at once or waits for a second person. Refuses `adjustment_to_oneself`. */
export function decideRequest({ makerId, userId, threshold, ...amounts }: Amounts & { makerId: number; userId: number; threshold: number }): Decision<"applied" | "pending"> {
  if (makerId === userId) return refuse("adjustment_to_oneself");
  return allow(needsSecond(amounts, threshold) ? "pending" : "applied");
}

export type Waiting = { status: AdjustmentStatus; requestedBy: number; /** Whose points they are. */ people: readonly number[] };

/** Whether somebody may allow or turn down what another asked for. Refuses `own_adjustment`, `adjustment_to_oneself`, `already_settled`. */
export function mayDecide({ status, requestedBy, people }: Waiting, deciderId: number): Decision<null> {
  if (requestedBy === deciderId) return refuse("own_adjustment");
  if (people.includes(deciderId)) return refuse("adjustment_to_oneself");
  return status === "pending" ? allow(null) : refuse("already_settled");
}

/** Only who asked takes it back. Refuses `forbidden`, `already_settled`. */
export function mayWithdraw({ status, requestedBy }: Pick<Waiting, "status" | "requestedBy">, personId: number): Decision<null> {
  if (requestedBy !== personId) return refuse("forbidden");
  return status === "pending" ? allow(null) : refuse("already_settled");
}

export type Standing = { pointsAvailable: number; pointsDebt: number };

/** What a person would have afterwards: what is put in pays a debt first, and nothing is taken that is not there. */
export function foresee({ pointsAvailable, pointsDebt }: Standing, points: number): Standing & { pointsMissing: number } {
  if (points < 0) {
    const pointsMissing = Math.max(0, -points - pointsAvailable);
    return { pointsAvailable: pointsMissing > 0 ? pointsAvailable : pointsAvailable + points, pointsDebt, pointsMissing };
  }
  const toDebt = Math.min(pointsDebt, points);
  return { pointsAvailable: pointsAvailable + points - toDebt, pointsDebt: pointsDebt - toDebt, pointsMissing: 0 };
}
