import { getTranslations } from "next-intl/server";
import { readParams, type Reading, type SearchParams } from "../../reading";
import { loadReviews } from "./reviews-actions";
import { REVIEWS_PER_PAGE, ReviewsList } from "./reviews-list";
import { LoadMore } from "@/components/load-more";
import { Stars } from "@/components/stars";
import { getRating, listReviews } from "@/lib/reviews/queries";
import { RATINGS, type RatingSummary } from "@/lib/reviews/review";

type ReviewsProps = { product: { id: number; slug: string }; reading: Reading; searchParams: SearchParams };

/** How a product is rated, and what its owners wrote. */
export async function Reviews({ product, reading, searchParams }: ReviewsProps) {
  const { reviewsBefore } = await readParams(searchParams, "reviewsBefore");
  const before = /^\d{1,15}$/.test(reviewsBefore) ? Number(reviewsBefore) : undefined;
  const [rating, page, t, common] = await Promise.all([
    getRating(reading.db, product.id), listReviews(reading.db, product.id, { before, limit: REVIEWS_PER_PAGE }), getTranslations("reviews"), getTranslations("common"),
  ]);
  const next = page.nextBefore === null ? null : String(page.nextBefore);
  return (
    <section aria-labelledby="reviews" className="mt-6">
      <h2 id="reviews" className="text-section font-semibold">{t("title")}</h2>
      {rating.count === 0 ? <p className="mt-1 text-dense text-muted">{t("none")} · {t("noneHint")}</p> : (
        <>
          <Summary rating={rating} />
          <ReviewsList reviews={page.reviews} reading={reading} />
          <LoadMore
            first={next} href={`/products/${product.slug}?reviewsBefore=${next ?? ""}#reviews`} load={loadReviews.bind(null, product.id)}
            words={{ more: common("more"), pending: common("loading"), failed: common("failed") }}
          />
        </>
      )}
    </section>
  );
}

async function Summary({ rating: { count, average, byRating } }: { rating: RatingSummary }) {
  const t = await getTranslations("reviews");
  const shown = average.toFixed(1);
  return (
    <div className="mt-3 flex flex-wrap items-center gap-x-6 gap-y-3">
      <div>
        <p aria-hidden="true" className="text-figure font-semibold tabular-nums">{shown}</p>
        <Stars rating={average} label={t("average", { average: shown, count })} />
        <p aria-hidden="true" className="text-caption text-muted">{t("count", { count })}</p>
      </div>
      <dl aria-label={t("distribution")} className="grid min-w-0 grow basis-48 gap-1 text-caption tabular-nums">
        {RATINGS.toReversed().map((stars) => (
          <div key={stars} className="grid grid-cols-[3.5rem_1fr_2.5rem] items-center gap-2">
            <dt className="text-muted">{t("starRow", { rating: stars })}</dt>
            <dd className="col-span-2 grid grid-cols-subgrid items-center">
              <svg viewBox="0 0 100 4" preserveAspectRatio="none" aria-hidden="true" className="h-1.5 w-full rounded-full bg-sunken"><rect width={(100 * byRating[stars]) / count} height="4" className="fill-points-fill" /></svg>
              <span className="text-end">{byRating[stars]}</span>
            </dd>
          </div>
        ))}
      </dl>
    </div>
  );
}
