import { REVIEW_STATUSES } from "@/db/schema/loyalty";
import { defineList, oneOf, type ListState } from "@/lib/list-address";

import { RATINGS, type Rating } from "./review";

export const REVIEWS = defineList({
  key: "reviews", path: "/admin/reviews",
  filters: { status: oneOf(REVIEW_STATUSES), rating: (text: string): Rating | undefined => RATINGS.find((rating) => String(rating) === text) },
  columns: ["review", "product", "author", "status", "written"],
  sorts: ["written"], sort: "-written",
});

/** What the list's address asks of the reviews. */
export const reviewSearchOf = ({ q, filters }: Pick<ListState<typeof REVIEWS>, "q" | "filters">) => ({ ...filters, search: q });
