import { readParams, type SearchParams } from "../../(shop)/reading";
import { idIn } from "../reading";
import { hrefWith } from "@/components/admin/href";
import type { Cursor } from "@/lib/page";

/** What the list of segments shows, as the address says it. */
export type SegmentFilter = { q: string; status?: "active" | "inactive" };

export async function readSegmentFilter(params: SearchParams): Promise<SegmentFilter> {
  const { q, status } = await readParams(params, "q", "status");
  return { q: q.slice(0, 60), status: status === "active" || status === "inactive" ? status : undefined };
}

export const segmentsHref = (filter: SegmentFilter, changed: Partial<SegmentFilter> = {}) => {
  const { q, status } = { ...filter, ...changed };
  return hrefWith("/admin/segments", { q, status });
};

export const MEMBERS_PER_PAGE = 20;

export async function readMembersCursor(params: SearchParams): Promise<Cursor> {
  const { before, after } = await readParams(params, "before", "after");
  return { before: idIn(before), after: idIn(after) };
}

export const membersHref = (id: number, cursor: Cursor) => hrefWith(`/admin/segments/${id}`, { ...cursor });
