import { DRAW_STATUSES } from "@/db/schema/draws";
import type { StaffDrawRow } from "@/lib/draws/staff-queries";
import { defineList, oneOf } from "@/lib/list-address";

/** `usual` is the order that the list comes in. */
export const DRAWS = defineList({
  key: "draws", path: "/admin/draws", filters: { status: oneOf(DRAW_STATUSES) },
  columns: ["name", "status", "price", "time", "spins", "points", "updated"],
  sorts: ["usual", "name", "spins", "points", "updated"], sort: "usual",
});

/** By what each column sorts. */
export const DRAW_SORTS = { usual: () => 0, name: ({ name }: StaffDrawRow) => name, spins: ({ spins }: StaffDrawRow) => spins, points: ({ pointsTaken }: StaffDrawRow) => pointsTaken, updated: ({ updatedAt }: StaffDrawRow) => updatedAt };
