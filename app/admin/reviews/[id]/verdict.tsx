import { useLocale, useTranslations } from "next-intl";
import { moderateReviewForm } from "../actions";
import { CommandForm } from "@/components/admin/command-form";
import { Card } from "@/components/ui/card";
import { formatInstant } from "@/lib/i18n";
import { publicId } from "@/lib/id";
import type { StaffReview } from "@/lib/reviews/staff-queries";

/** Show it or turn it down; afterwards, who did and why. */
export function Verdict({ review, zone }: { review: StaffReview; zone: string }) {
  const t = useTranslations("adminReviews");
  return (
    <Card as="section" aria-labelledby="verdict-title">
      <h2 id="verdict-title" className="mb-3 text-section font-semibold">{t("verdict")}</h2>
      {review.status === "pending" ? <Choices reviewId={review.id} /> : <Settled review={review} zone={zone} />}
    </Card>
  );
}

function Choices({ reviewId }: { reviewId: number }) {
  const t = useTranslations("adminReviews");
  const common = useTranslations("common");
  const hidden = (verdict: "approved" | "rejected") => ({ requestId: publicId(), reviewId, verdict });
  return (
    <div className="grid gap-4 divide-y divide-border *:not-last:pb-4">
      <CommandForm key="approve" action={moderateReviewForm} label={t("approve")} hidden={hidden("approved")} submit={t("approve")} pending={common("pending")}>
        <p className="text-caption text-muted">{t("approveHint")}</p>
      </CommandForm>
      <CommandForm
        key="reject" action={moderateReviewForm} label={t("reject")} hidden={hidden("rejected")} look="danger" submit={t("reject")} pending={common("pending")}
        fields={[{ name: "note", label: t("note"), hint: t("rejectHint"), maxLength: 200, autoComplete: "off" }]}
      />
    </div>
  );
}

function Settled({ review, zone }: { review: StaffReview; zone: string }) {
  const t = useTranslations("adminReviews");
  const locale = useLocale();
  return (
    <div className="grid gap-1 text-dense">
      {review.moderatedAt && <p>{t("settledBy", { name: review.moderatorName ?? "—", at: formatInstant(locale, review.moderatedAt, zone) })}</p>}
      {review.moderationNote && <p className="text-muted">{t("settledNote", { note: review.moderationNote })}</p>}
    </div>
  );
}
