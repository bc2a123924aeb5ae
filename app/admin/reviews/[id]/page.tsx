import type { Metadata } from "next";
import { useLocale, useTranslations } from "next-intl";
import { getTranslations } from "next-intl/server";
import Link from "next/link";
import { notFound } from "next/navigation";
import type { ReactNode } from "react";
import { inLanguage } from "../../../(shop)/views";
import { idIn, startStaffReading } from "../../reading";
import { ReviewStatusBadge } from "../review-status-badge";
import { Verdict } from "./verdict";
import { hrefWith } from "@/components/admin/href";
import { PageHeader } from "@/components/page-header";
import { Stars } from "@/components/stars";
import { ButtonLink } from "@/components/ui/button-link";
import { Card } from "@/components/ui/card";
import { Icon } from "@/components/ui/icon";
import { formatInstant } from "@/lib/i18n";
import { findReviewForStaff, type StaffReview } from "@/lib/reviews/staff-queries";

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations("adminReviews"))("one") };
}

export default async function ReviewPage({ params }: { params: Promise<{ id: string }> }) {
  const { db, policy } = await startStaffReading("reviews.moderate", "/admin/reviews");
  const id = idIn((await params).id);
  const review = id === undefined ? null : await findReviewForStaff(db, id);
  if (!review) notFound();
  const t = await getTranslations("adminReviews");
  const next = review.nextWaitingId !== null && (
    <ButtonLink href={hrefWith(`/admin/reviews/${review.nextWaitingId}`)} size="dense">{t("next")}<Icon name="chevron-right" size={16} /></ButtonLink>
  );
  return (
    <>
      <PageHeader title={t("one")} back={{ href: hrefWith("/admin/reviews"), label: t("title") }} lead={<ReviewStatusBadge status={review.status} />} actions={next} />
      <div className="grid gap-4 lg:grid-cols-[minmax(0,2fr)_minmax(0,1fr)] lg:items-start">
        <Card as="section" aria-labelledby="body-title">
          <h2 id="body-title" className="sr-only">{t("body")}</h2>
          <Stars rating={review.rating} size={20} label={t("stars", { rating: review.rating })} />
          <p className="mt-2 text-body break-words whitespace-pre-line">{review.body}</p>
        </Card>
        <div className="grid gap-4">
          <Verdict review={review} zone={policy.timeZone} />
          <Facts review={review} zone={policy.timeZone} />
        </div>
      </div>
    </>
  );
}

const LINK = "inline-block min-h-6 min-w-6 font-medium text-primary hover:underline";

function Facts({ review, zone }: { review: StaffReview; zone: string }) {
  const t = useTranslations("adminReviews");
  const locale = useLocale();
  return (
    <Card as="section" aria-labelledby="facts-title">
      <h2 id="facts-title" className="mb-3 text-section font-semibold">{t("facts")}</h2>
      <dl className="grid gap-2.5 text-dense">
        <Fact label={t("product")}><Link href={`/admin/products/${review.productId}`} className={LINK}>{inLanguage(locale, review.productName, review.productNameEn)}</Link></Fact>
        <Fact label={t("author")}><Link href={`/admin/users/${review.userId}`} className={LINK}>{review.username}</Link> <span className="text-muted">{review.emailMasked}</span></Fact>
        <Fact label={t("order")}><Link href={hrefWith(`/admin/orders/${review.orderId}`)} className={LINK}>{t("toOrder")}</Link></Fact>
        <Fact label={t("written")}>{formatInstant(locale, review.createdAt, zone)}</Fact>
      </dl>
    </Card>
  );
}

function Fact({ label, children }: { label: string; children: ReactNode }) {
  return (
    <div className="flex flex-wrap items-baseline justify-between gap-x-4">
      <dt className="text-muted">{label}</dt>
      <dd className="text-end">{children}</dd>
    </div>
  );
}
