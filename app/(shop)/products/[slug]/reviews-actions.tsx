"use server";

import { startReading } from "../../reading";
import { REVIEWS_PER_PAGE, ReviewsList } from "./reviews-list";
import type { MorePage } from "@/components/load-more";
import { listReviews } from "@/lib/reviews/queries";

const idIn = (text: string): number => (/^\d{1,15}$/.test(text) ? Number(text) : 0);

/** The next page of a product's reviews, ready to be appended. Both arguments come from the browser and are read anew. */
export async function loadReviews(productId: number, cursor: string): Promise<MorePage> {
  const reading = await startReading();
  const { reviews, nextBefore } = await listReviews(reading.db, idIn(String(productId)), { before: idIn(String(cursor)) || undefined, limit: REVIEWS_PER_PAGE });
  return { next: nextBefore === null ? null : String(nextBefore), items: <div className="border-t border-border"><ReviewsList reviews={reviews} reading={reading} /></div> };
}
