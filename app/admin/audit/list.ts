import { FACT_NAMES, SUBJECT_TYPES } from "@/lib/events/fact-subjects";
import { dayIn, defineList, idIn, oneOf, wordIn, type ListState } from "@/lib/list-address";
import type { TrailFilter } from "@/lib/audit/trail/queries";

/** The audit log. Where a page begins is no filter: another filter starts at the newest record again. */
export const TRAIL = defineList({
  key: "audit",
  path: "/admin/audit",
  filters: { who: oneOf(["staff", "clock"]), name: oneOf(FACT_NAMES), type: oneOf(SUBJECT_TYPES), subject: wordIn, actor: idIn, from: dayIn, to: dayIn },
  columns: ["what", "who", "subject", "when", "id"],
  hidden: ["id"],
  sorts: [],
  sort: "",
});

export type TrailState = ListState<typeof TRAIL>;

export const filterOf = ({ q, filters }: Pick<TrailState, "q" | "filters">): TrailFilter => ({ ...filters, ...(q ? { q } : {}) });
