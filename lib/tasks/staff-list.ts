import { TASK_STATUSES } from "@/db/schema/loyalty";
import { defineList, oneOf } from "@/lib/list-address";

import type { StaffTaskRow } from "./staff-queries";

/** `usual` is the order that the list comes in. */
export const TASKS = defineList({
  key: "tasks", path: "/admin/tasks", filters: { status: oneOf(TASK_STATUSES) },
  columns: ["name", "status", "goal", "reward", "claims", "points", "updated"],
  sorts: ["usual", "name", "claims", "points", "updated"], sort: "usual",
});

/** By what each column sorts. */
export const TASK_SORTS = { usual: () => 0, name: ({ name }: StaffTaskRow) => name, claims: ({ claims }: StaffTaskRow) => claims, points: ({ points }: StaffTaskRow) => points, updated: ({ updatedAt }: StaffTaskRow) => updatedAt };
