import type { StaffLevel } from "@/lib/levels/queries";
import { defineList, oneOf, searchRows, sortRows, type ListState } from "@/lib/list-address";

export const LEVEL_STATUSES = ["on", "off"] as const;

/** `usual` is the ladder, from the lowest up. */
export const LEVELS = defineList({
  key: "levels", path: "/admin/levels", filters: { status: oneOf(LEVEL_STATUSES) },
  columns: ["name", "threshold", "multiplier", "members", "status"],
  sorts: ["usual", "name", "threshold", "multiplier", "members"], sort: "usual",
});

export const levelStatus = ({ isActive }: Pick<StaffLevel, "isActive">): (typeof LEVEL_STATUSES)[number] => (isActive ? "on" : "off");

/** The levels that are asked for, in the order that is asked for. */
export const levelsIn = (levels: readonly StaffLevel[], { q, filters, sort }: Pick<ListState<typeof LEVELS>, "q" | "filters" | "sort">): StaffLevel[] =>
  sortRows(searchRows(levels, q, ({ name, nameEn }) => [name, nameEn]).filter((level) => (filters.status ?? levelStatus(level)) === levelStatus(level)), sort, {
    usual: () => 0, name: ({ name }) => name, threshold: ({ threshold }) => threshold, multiplier: ({ multiplierPercent }) => multiplierPercent, members: ({ members }) => members,
  });
