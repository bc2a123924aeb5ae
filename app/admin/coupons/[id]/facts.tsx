import { useLocale, useTranslations } from "next-intl";
import type { Reading } from "../../../(shop)/reading";
import { Validity } from "../coupon-table";
import { Card } from "@/components/ui/card";
import { ProgressBar } from "@/components/ui/progress-bar";
import type { StaffTemplate } from "@/lib/coupons/staff-queries";
import { couponsLeft } from "@/lib/coupons/template";
import { formatDayOf, formatPoints } from "@/lib/i18n";

/** How many were given out, are with people and were used, and how many are left. */
export function FunnelPanel({ template }: { template: StaffTemplate }) {
  const t = useTranslations("adminCoupons");
  const locale = useLocale();
  const { issued, held, used, voided, issuedMax } = template;
  const left = couponsLeft(template, issued);
  const steps = [["issued", issued], ["held", held], ["used", used], ["voided", voided]] as const;
  return (
    <Card as="section" aria-labelledby="funnel-title">
      <h2 id="funnel-title" className="mb-3 text-section font-semibold">{t("funnel.title")}</h2>
      <dl className="grid grid-cols-2 gap-3 sm:grid-cols-4">
        {steps.map(([step, many]) => (
          <div key={step}>
            <dt className="text-caption text-muted">{t(`funnel.${step}`)}</dt>
            <dd className="text-title font-semibold tabular-nums">{formatPoints(locale, many)}</dd>
            {step === "used" && held > 0 && <dd className="text-caption text-muted">{t("funnel.share", { percent: Math.round((used * 100) / held) })}</dd>}
          </div>
        ))}
      </dl>
      <div className="mt-4 grid gap-1.5">
        {issuedMax > 0 && <ProgressBar label={t("budgetLabel", { issued, max: issuedMax })} value={issued} max={issuedMax} />}
        <p className="flex flex-wrap justify-between gap-x-4 text-caption text-muted tabular-nums">
          {issuedMax > 0 && <span aria-hidden="true">{t("budget", { issued, max: issuedMax })}</span>}
          <span>{left === null ? t("funnel.noLimit") : left === 0 ? t("funnel.full") : t("funnel.left", { left })}</span>
        </p>
      </div>
    </Card>
  );
}

type TermsPanelProps = { template: StaffTemplate; sentence: string; level: string | null; segment: string | null; reading: Reading };

/** What it promises, and to whom. */
export function TermsPanel({ template, sentence, level, segment, reading }: TermsPanelProps) {
  const t = useTranslations("adminCoupons");
  const zone = reading.policy.timeZone;
  const audience = [...(level ? [t("terms.level", { level })] : []), ...(segment ? [t("terms.segment", { segment })] : [])];
  return (
    <Card as="section" aria-labelledby="terms-title">
      <h2 id="terms-title" className="mb-3 text-section font-semibold">{t("terms.title")}</h2>
      <dl className="grid gap-3 text-dense">
        <div><dt className="text-caption text-muted">{t("terms.sentence")}</dt><dd className="text-pretty">{sentence}</dd></div>
        <div><dt className="text-caption text-muted">{t("terms.validity")}</dt><dd><Validity template={template} zone={zone} /></dd></div>
        <div>
          <dt className="text-caption text-muted">{t("terms.claim")}</dt>
          <dd>{template.isClaimable ? t("claimable") : t("terms.notClaimable")}</dd>
          <dd className="text-caption text-muted">{t("terms.claimLimit", { limit: template.claimLimit })}{template.isClaimable && <ClaimWindow template={template} zone={zone} />}</dd>
        </div>
        <div><dt className="text-caption text-muted">{t("terms.for")}</dt><dd>{audience.length === 0 ? t("terms.everybody") : audience.join(" · ")}</dd></div>
      </dl>
    </Card>
  );
}

function ClaimWindow({ template: { claimFrom, claimUntil }, zone }: { template: StaffTemplate; zone: string }) {
  const t = useTranslations("adminCoupons");
  const locale = useLocale();
  if (!claimFrom && !claimUntil) return null;
  const until = claimUntil && formatDayOf(locale, new Date(claimUntil.getTime() - 1), zone);
  if (claimFrom && until) return <> · {t("validBetween", { from: formatDayOf(locale, claimFrom, zone), until })}</>;
  return <> · {until ? t("validUntil", { until }) : t("terms.from", { from: formatDayOf(locale, claimFrom!, zone) })}</>;
}
