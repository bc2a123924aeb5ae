import { allow, refuse, type Decision } from "@/lib/refusal";

import { isInForce, type Task } from "./task";

/** A claim of the present period, or none. */
export type Claim = { isUndone: boolean } | null;

export type Standing = {
  /** How much of what counts has happened. */
  count: number;
  claim: Claim;
  /** Whether the task that it follows was claimed in its own present period; true where it follows none. */
  isUnlocked: boolean;
};

/**
 * `undone`: it was claimed, and what it was claimed for was taken back. A period is claimed once, so it stays so until the next.
 */
export type TaskState = "claimable" | "open" | "locked" | "claimed" | "undone";

export function stateOf({ target }: Pick<Task, "target">, { count, claim, isUnlocked }: Standing): TaskState {
  if (claim) return claim.isUndone ? "undone" : "claimed";
  if (!isUnlocked) return "locked";
  return count >= target ? "claimable" : "open";
}

/** What a progress bar shows: never more than the target. A claimed task is done, whatever happened since. */
export const shownProgress = ({ target }: Pick<Task, "target">, state: TaskState, count: number): number =>
  state === "claimed" ? target : Math.max(0, Math.min(count, target));

/** Whether the reward can be claimed now. Refuses `task_already_claimed`, `task_not_open`, `task_not_done` { missing }. */
export function decideClaim(task: Task, standing: Standing, now: Date): Decision<null> {
  if (standing.claim) return refuse("task_already_claimed");
  if (!isInForce(task, now) || !standing.isUnlocked) return refuse("task_not_open");
  if (standing.count < task.target) return refuse("task_not_done", { missing: task.target - standing.count });
  return allow(null);
}

/** Whether a claim has lost its ground: none of the spans by which it could stand reaches what it was claimed for. */
export const hasFallen = (claimedFor: number, counts: readonly number[]): boolean => counts.length > 0 && Math.max(...counts) < claimedFor;
