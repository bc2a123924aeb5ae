import { getTranslations } from "next-intl/server";
import type { Reading } from "../../reading";
import { Stars } from "@/components/stars";
import { formatDayOf } from "@/lib/i18n";
import type { ShownReview } from "@/lib/reviews/queries";

export const REVIEWS_PER_PAGE = 10;

/** What people wrote, as text: whatever they wrote, it is shown and never obeyed. */
export async function ReviewsList({ reviews, reading: { locale, policy } }: { reviews: readonly ShownReview[]; reading: Reading }) {
  const t = await getTranslations("reviews");
  return (
    <ul className="divide-y divide-border">
      {reviews.map((review) => (
        <li key={review.id} className="grid gap-1 py-4">
          <p className="flex flex-wrap items-center gap-x-3 gap-y-1">
            <Stars rating={review.rating} label={t("stars", { rating: review.rating })} />
            <span className="text-caption font-medium">{review.author}</span>
            <time dateTime={review.createdAt.toISOString()} className="text-caption text-muted">{formatDayOf(locale, review.createdAt, policy.timeZone)}</time>
          </p>
          <p className="text-dense break-words whitespace-pre-line">{review.body}</p>
        </li>
      ))}
    </ul>
  );
}
