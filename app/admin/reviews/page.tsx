import type { Metadata } from "next";
import { getLocale, getTranslations } from "next-intl/server";
import type { SearchParams } from "../../(shop)/reading";
import { startStaffReading } from "../reading";
import { readReviewFilter, REVIEWS_PER_PAGE, reviewsHref, type ReviewFilter } from "./filter";
import { ReviewTable } from "./review-table";
import { hrefWith } from "@/components/admin/href";
import { FirstUse, NoResults } from "@/components/admin/list-empty";
import { Pager, ResourceIndex, type Chip } from "@/components/admin/resource-index";
import { PageHeader } from "@/components/page-header";
import { REVIEW_STATUSES } from "@/db/schema/loyalty";
import { formatPoints } from "@/lib/i18n";
import { listReviewsForStaff, type ReviewCounts } from "@/lib/reviews/staff-queries";

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations("adminReviews"))("title") };
}

const sumOf = (counts: ReviewCounts): number => REVIEW_STATUSES.reduce((sum, status) => sum + counts[status], 0);

export default async function ReviewsPage({ searchParams }: { searchParams: SearchParams }) {
  const { db, now, policy } = await startStaffReading("reviews.moderate", "/admin/reviews");
  const [t, list, filter] = await Promise.all([getTranslations("adminReviews"), getTranslations("admin.list"), readReviewFilter(searchParams)]);
  const { reviews, counts, nextBefore, previousAfter } = await listReviewsForStaff(db, { ...filter, search: filter.q, limit: REVIEWS_PER_PAGE });
  const total = filter.status ? counts[filter.status] : sumOf(counts);
  const pager = (
    <Pager
      summary={filter.q ? list("shown", { shown: reviews.length }) : list("shownOf", { shown: reviews.length, total })}
      previous={previousAfter === null ? null : reviewsHref(filter, { after: previousAfter })}
      next={nextBefore === null ? null : reviewsHref(filter, { before: nextBefore })}
    />
  );
  return (
    <>
      <PageHeader title={t("title")} />
      <ResourceIndex
        label={t("list")} views={await viewsOf(filter, counts)} chips={await chipsOf(filter)} clear={reviewsHref(filter, { q: "" })}
        search={{ action: hrefWith("/admin/reviews"), label: t("search"), value: filter.q, keep: { status: filter.status } }} pager={reviews.length > 0 && pager}
      >
        {reviews.length > 0 ? <ReviewTable reviews={reviews} now={now} zone={policy.timeZone} />
          : sumOf(counts) === 0 ? <FirstUse title={t("first")}>{t("firstHint")}</FirstUse> : <NoResults clear={reviewsHref(filter, { q: "", status: undefined })} />}
      </ResourceIndex>
    </>
  );
}

async function viewsOf(filter: ReviewFilter, counts: ReviewCounts) {
  const [t, words, locale] = await Promise.all([getTranslations("admin.list"), getTranslations("adminReviews.status"), getLocale()]);
  return {
    label: t("views"),
    tabs: [
      { href: reviewsHref(filter, { status: undefined }), label: t("all"), current: !filter.status, count: formatPoints(locale, sumOf(counts)) },
      ...REVIEW_STATUSES.map((status) => ({ href: reviewsHref(filter, { status }), label: words(status), current: filter.status === status, count: formatPoints(locale, counts[status]) })),
    ],
  };
}

async function chipsOf(filter: ReviewFilter): Promise<Chip[]> {
  const t = await getTranslations("admin.list");
  return filter.q ? [{ key: "q", label: t("searchChip", { text: filter.q }), href: reviewsHref(filter, { q: "" }) }] : [];
}
