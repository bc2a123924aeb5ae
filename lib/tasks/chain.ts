import type { Task } from "./task";

type Link = Pick<Task, "id" | "afterTaskId" | "status">;

/** Why a task cannot follow another: "cycle", "missing", "inactive" (an active task follows an active one), "followed" (others wait for it). */
export type ChainFault = "cycle" | "missing" | "inactive" | "followed";

/** What is wrong with the chain when `changed` takes its place among the tasks; null when it is whole. */
export function faultOf(changed: Link, others: readonly Link[]): ChainFault | null {
  const tasks = new Map([...others, changed].map((link) => [link.id, link]));
  if (changed.afterTaskId !== null) {
    const before = tasks.get(changed.afterTaskId);
    if (!before) return "missing";
    if (leadsBack(changed, tasks)) return "cycle";
    if (changed.status === "active" && before.status !== "active") return "inactive";
  }
  const waits = others.some(({ id, afterTaskId, status }) => id !== changed.id && afterTaskId === changed.id && status === "active");
  return waits && changed.status !== "active" ? "followed" : null;
}

function leadsBack(start: Link, tasks: ReadonlyMap<number, Link>): boolean {
  const seen = new Set<number>();
  for (let at: Link | undefined = start; at; at = at.afterTaskId === null ? undefined : tasks.get(at.afterTaskId)) {
    if (seen.has(at.id)) return true;
    seen.add(at.id);
  }
  return false;
}
