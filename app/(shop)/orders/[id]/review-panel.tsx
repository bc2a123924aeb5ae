import { getTranslations } from "next-intl/server";
import type { Reading } from "../../reading";
import { inLanguage } from "../../views";
import { sendReview } from "./review-actions";
import { ReviewForm } from "./review-form";
import { Stars } from "@/components/stars";
import { Badge, type Progress, type Tone } from "@/components/ui/badge";
import { Panel } from "@/components/ui/card";
import { Icon } from "@/components/ui/icon";
import type { OrderItem, OrderPage } from "@/lib/orders/queries";
import { listOwnReviews, type OwnReview, type ReviewStatus } from "@/lib/reviews/queries";
import { BODY_MAX, BODY_MIN } from "@/lib/reviews/review";

/** What the buyer thinks of each product that they received: the form, or what they wrote and what became of it. */
export async function ReviewPanel({ order, reading }: { order: OrderPage; reading: Reading }) {
  if (order.status !== "completed") return null;
  const items = [...new Map(order.items.map((item) => [item.productId, item])).values()];
  const [written, t] = await Promise.all([listOwnReviews(reading.db, order.userId, items.map(({ productId }) => productId)), getTranslations("reviews.order")]);
  return (
    <Panel aria-labelledby="review">
      <h2 id="review" tabIndex={-1} className="text-body font-semibold">{t("title")}</h2>
      {written.size < items.length && <p className="text-caption text-muted">{t("hint")}</p>}
      <ul className="divide-y divide-border">
        {items.map((item) => {
          const review = written.get(item.productId);
          return <li key={item.productId} className="py-3 last:pb-0">{review ? <Written item={item} review={review} reading={reading} /> : <Unwritten order={order} item={item} reading={reading} />}</li>;
        })}
      </ul>
    </Panel>
  );
}

async function Unwritten({ order, item, reading: { locale } }: { order: OrderPage; item: OrderItem; reading: Reading }) {
  const [t, common] = await Promise.all([getTranslations("reviews.order"), getTranslations("common")]);
  const product = inLanguage(locale, item.productName, item.productNameEn);
  return (
    <details className="group">
      <summary className="flex min-h-11 list-none items-center justify-between gap-3">
        <span className="min-w-0 text-dense">{product}</span>
        <span className="inline-flex shrink-0 items-center gap-1 text-dense font-medium text-primary">
          {t("write")}
          <Icon name="chevron-down" size={16} className="transition-transform group-open:rotate-180" />
        </span>
      </summary>
      <ReviewForm
        action={sendReview} orderId={order.publicId} productId={item.productId} requestId={crypto.randomUUID()} bodyMax={BODY_MAX} doneAt="review"
        words={{
          form: t("form", { product }), rating: t("rating"), choices: { 1: t("choices.1"), 2: t("choices.2"), 3: t("choices.3"), 4: t("choices.4"), 5: t("choices.5") }, body: t("body"), bodyHint: t("bodyHint", { min: BODY_MIN, max: BODY_MAX }),
          submit: t("submit"), pending: common("pending"),
        }}
      />
    </details>
  );
}

const looks: Record<ReviewStatus, { tone: Tone; progress: Progress }> = {
  pending: { tone: "neutral", progress: "waiting" },
  approved: { tone: "success", progress: "done" },
  rejected: { tone: "danger", progress: "ended" },
};

async function Written({ item, review, reading: { locale } }: { item: OrderItem; review: OwnReview; reading: Reading }) {
  const [t, tOrder] = await Promise.all([getTranslations("reviews"), getTranslations("reviews.order")]);
  return (
    <div className="grid gap-1.5">
      <div className="flex flex-wrap items-center justify-between gap-2">
        <h3 className="text-dense font-medium">{inLanguage(locale, item.productName, item.productNameEn)}</h3>
        <Badge {...looks[review.status]}>{tOrder(`status.${review.status}`)}</Badge>
      </div>
      <Stars rating={review.rating} label={t("stars", { rating: review.rating })} />
      <p className="text-dense break-words whitespace-pre-line">{review.body}</p>
      {review.status === "rejected" && review.note && <p className="text-caption text-danger">{tOrder("note", { note: review.note })}</p>}
    </div>
  );
}
