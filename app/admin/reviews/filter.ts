import { REVIEW_STATUSES } from "@/db/schema/loyalty";
import { readParams, type SearchParams } from "../../(shop)/reading";
import { hrefWith } from "@/components/admin/href";
import type { Cursor } from "@/lib/page";
import type { ReviewStatus } from "@/lib/reviews/queries";
import { idIn, oneOf } from "../reading";

export const REVIEWS_PER_PAGE = 20;

/** What the list shows, as the address says it. */
export type ReviewFilter = Cursor & { q: string; status?: ReviewStatus };

export async function readReviewFilter(params: SearchParams): Promise<ReviewFilter> {
  const { q, status, before, after } = await readParams(params, "q", "status", "before", "after");
  return { q: q.slice(0, 100), status: oneOf(REVIEW_STATUSES, status), before: idIn(before), after: idIn(after) };
}

/** The list with another filter starts again at its newest row. */
export const reviewsHref = ({ q, status }: ReviewFilter, changed: Partial<ReviewFilter>) => hrefWith("/admin/reviews", { q, status, ...changed });
