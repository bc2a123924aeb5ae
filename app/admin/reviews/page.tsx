import type { Metadata } from "next";
import { getTranslations } from "next-intl/server";
import type { SearchParams } from "../../(shop)/reading";
import { readBulkChoices, readSelectionWords } from "../bulk/bulk-choices";
import { ListFrame, openList, type ListTab } from "../list-frame";
import { startStaffReading } from "../reading";
import { REVIEWS, reviewSearchOf } from "@/lib/reviews/staff-list";
import { ReviewTable } from "./review-table";
import type { FilterField } from "@/components/admin/list-filters";
import { FirstUse } from "@/components/admin/list-empty";
import { PageHeader } from "@/components/page-header";
import { REVIEW_STATUSES } from "@/db/schema/loyalty";
import { pageWindow } from "@/lib/list-address";
import { RATINGS } from "@/lib/reviews/review";
import { listReviewsForStaff, type ReviewCounts } from "@/lib/reviews/staff-queries";

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations("adminReviews"))("title") };
}

const sumOf = (counts: ReviewCounts): number => REVIEW_STATUSES.reduce((sum, status) => sum + counts[status], 0);

export default async function ReviewsPage({ searchParams }: { searchParams: SearchParams }) {
  const reading = await startStaffReading("reviews.moderate", "/admin/reviews");
  const [t, choices, words, list] = await Promise.all([getTranslations("adminReviews"), readBulkChoices(reading.db, "reviews", reading.staff), readSelectionWords(), openList(REVIEWS, searchParams, reading, true)]);
  const { state } = list;
  const { reviews, total, counts } = await listReviewsForStaff(reading.db, reviewSearchOf(state), { sort: state.sort, ...pageWindow(state) });
  return (
    <>
      <PageHeader title={t("title")} />
      <ListFrame
        list={list} label={t("list")} search={t("search")} tabs={await tabsOf(counts)} fields={await fieldsOf()} columnsIn="adminReviews.columns" exportTo="/admin/reviews/export.csv"
        bulk={{ choices, words, rowsKey: reviews.map(({ id }) => id).join() }} shown={reviews.length} total={total} first={<FirstUse title={t("first")}>{t("firstHint")}</FirstUse>} isFirst={sumOf(counts) === 0}
      >
        <ReviewTable reviews={reviews} now={reading.now} zone={reading.policy.timeZone} list={list.face} />
      </ListFrame>
    </>
  );
}

async function tabsOf(counts: ReviewCounts): Promise<ListTab[]> {
  const [t, list] = await Promise.all([getTranslations("adminReviews"), getTranslations("admin.list")]);
  return [
    { label: list("all"), count: sumOf(counts), filters: {} },
    ...REVIEW_STATUSES.map((value): ListTab => ({ label: t(`status.${value}`), count: counts[value], filters: { status: value } })),
  ];
}

async function fieldsOf(): Promise<FilterField[]> {
  const t = await getTranslations("adminReviews");
  return [
    { name: "status", label: t("columns.status"), options: REVIEW_STATUSES.map((value) => ({ value, label: t(`status.${value}`) })) },
    { name: "rating", label: t("rating"), options: RATINGS.toReversed().map((value) => ({ value, label: t("ratingOf", { rating: value }) })) },
  ];
}
