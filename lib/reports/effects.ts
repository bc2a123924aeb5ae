import type { Day } from "@/lib/day";

import type { WindowDays } from "./range";
import { tableOf, type ReportTable } from "./table";

/** What a task did in a window: `claims` and their points, what was taken back, who claimed, and what part of the people who were here that is. */
export type TaskRow = { taskId: number; name: string; nameEn: string; status: string; claims: number; points: number; pointsTakenBack: number; people: number; completionRate: number | null };
export type TaskReport = { asOf: Day | null; windowDays: WindowDays; activePeople: number; rows: TaskRow[] };

/** What a rule did in a window: entries, their points, distinct people, its share of all points earned; and of its budget, if it has one, what is gone in all. */
export type RuleRow = {
  ruleId: number; name: string; nameEn: string; action: string; status: string;
  entries: number; points: number; people: number; shareOfIssued: number | null;
  budgetPoints: number | null; budgetUsed: number | null; shareOfBudget: number | null;
};
export type RuleReport = { asOf: Day | null; windowDays: WindowDays; rows: RuleRow[] };

export const tasksTable = ({ rows }: TaskReport): ReportTable => tableOf(rows, ["taskId", "name", "nameEn", "status", "claims", "people", "completionRate", "points", "pointsTakenBack"]);
export const rulesTable = ({ rows }: RuleReport): ReportTable =>
  tableOf(rows, ["ruleId", "name", "nameEn", "action", "status", "entries", "points", "people", "shareOfIssued", "budgetPoints", "budgetUsed", "shareOfBudget"]);
