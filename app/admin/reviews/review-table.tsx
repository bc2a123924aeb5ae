import { useLocale, useTranslations } from "next-intl";
import Link from "next/link";
import { inLanguage } from "../../(shop)/views";
import { ReviewStatusBadge } from "./review-status-badge";
import { DataTable, RowLink, type Column } from "@/components/admin/data-table";
import { hrefWith } from "@/components/admin/href";
import type { ListFace } from "@/components/admin/list-face";
import { Moment } from "@/components/admin/moment";
import { Stars } from "@/components/stars";
import type { StaffReviewRow } from "@/lib/reviews/staff-queries";

type ReviewTableProps = { reviews: readonly StaffReviewRow[]; now: Date; zone: string; list: ListFace };

export function ReviewTable({ reviews, now, zone, list }: ReviewTableProps) {
  const t = useTranslations("adminReviews");
  const locale = useLocale();
  const columns: Column<StaffReviewRow>[] = [
    {
      key: "review", label: t("columns.review"), phone: "title",
      cell: (review) => (
        <span className="grid max-w-prose gap-0.5">
          <Stars rating={review.rating} label={t("stars", { rating: review.rating })} />
          <RowLink href={hrefWith(`/admin/reviews/${review.id}`)} className="line-clamp-2 font-normal! break-words">{review.body}</RowLink>
        </span>
      ),
    },
    { key: "product", label: t("columns.product"), phone: "line", cell: ({ productName, productNameEn }) => inLanguage(locale, productName, productNameEn) },
    {
      key: "author", label: t("columns.author"), phone: "pair",
      cell: ({ userId, username }) => <Link href={`/admin/users/${userId}`} prefetch={false} className="relative z-10 inline-block min-h-6 min-w-6 font-medium hover:underline">{username}</Link>,
    },
    { key: "status", label: t("columns.status"), phone: "corner", cell: ({ status }) => <ReviewStatusBadge status={status} /> },
    {
      key: "written", label: t("columns.written"), phone: "pair",
      cell: ({ createdAt }) => <span className="text-muted"><Moment at={createdAt} now={now} zone={zone} /></span>,
    },
  ];
  return <DataTable caption={t("caption")} columns={columns} rows={reviews} keyOf={({ id }) => id} list={list} />;
}
