import { readParams, type SearchParams } from "../../(shop)/reading";
import { oneOf } from "../reading";
import { hrefWith } from "@/components/admin/href";
import { DRAW_STATUSES, type DrawStatus } from "@/db/schema/draws";

/** What the list of draws shows, as the address says it. */
export type DrawFilter = { q: string; status?: DrawStatus };

export async function readDrawFilter(params: SearchParams): Promise<DrawFilter> {
  const { q, status } = await readParams(params, "q", "status");
  return { q: q.slice(0, 60), status: oneOf(DRAW_STATUSES, status) };
}

export const drawsHref = (filter: DrawFilter, changed: Partial<DrawFilter> = {}) => {
  const { q, status } = { ...filter, ...changed };
  return hrefWith("/admin/draws", { q, status });
};
