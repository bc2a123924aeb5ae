import { useLocale, useTranslations } from "next-intl";
import { Badge, type Tone } from "@/components/ui/badge";
import { Card } from "@/components/ui/card";
import { CopyButton } from "@/components/ui/copy-button";
import { formatCash, formatInstant } from "@/lib/i18n";
import type { StaffPayment } from "@/lib/orders/payment-queries";

const tones: Record<StaffPayment["status"], Tone> = { created: "neutral", paid: "success", failed: "danger", late: "warning" };

export type ProviderName = "wechat" | "alipay" | "stripe" | "test";
export type NoticeResultKey = "paid" | "failed" | "refunded" | "refund_failed";
export type NoticeOutcomeKey = "paid" | "late" | "failed" | "noted" | "stale" | "unknown" | "refused_amount" | "refused_currency" | "pending";

/** The outcome as a key of the messages: "refused amount" → refused_amount. */
export const outcomeKey = (outcome: string): NoticeOutcomeKey => (outcome === "" ? "pending" : outcome.replace(" ", "_")) as NoticeOutcomeKey;

/** Every attempt to pay the order, with what to look it up by at the provider, and what the provider said. */
export function PaymentsPanel({ payments, zone }: { payments: readonly StaffPayment[]; zone: string }) {
  const t = useTranslations("adminPayments");
  if (payments.length === 0) return null;
  return (
    <Card as="section" aria-labelledby="payments-title">
      <h2 id="payments-title" className="mb-2 text-section font-semibold">{t("title")}</h2>
      <ul className="divide-y divide-border">
        {payments.map((payment) => <li key={payment.id} className="py-3 first:pt-0 last:pb-0"><Attempt payment={payment} zone={zone} /></li>)}
      </ul>
    </Card>
  );
}

function Attempt({ payment, zone }: { payment: StaffPayment; zone: string }) {
  const t = useTranslations("adminPayments");
  const locale = useLocale();
  const at = (instant: Date) => formatInstant(locale, instant, zone);
  return (
    <>
      <div className="flex flex-wrap items-center justify-between gap-x-4 gap-y-1 text-dense">
        <span className="font-medium"><span className="tabular-nums">{formatCash(locale, payment.amountCents)}</span> · {t(`provider.${payment.provider as ProviderName}`)}</span>
        <Badge tone={tones[payment.status]}>{t(`status.${payment.status}`)}</Badge>
      </div>
      <p className="text-caption text-muted">
        {t("startedAt", { at: at(payment.createdAt) })}{payment.settledAt && <> · {t("settledAt", { at: at(payment.settledAt) })}</>}
      </p>
      <dl className="mt-1 grid gap-0.5 text-caption">
        <Id name={t("reference")} value={payment.numberThere} copy={t("copyReference")} copied={t("copied")} />
        {payment.provider === "stripe" && payment.providerKey && <Id name={t("providerKey")} value={payment.providerKey} copy={t("copyKey")} copied={t("copied")} />}
      </dl>
      {payment.notices.length > 0 && <Notices notices={payment.notices} zone={zone} />}
    </>
  );
}

function Id({ name, value, copy, copied }: { name: string; value: string; copy: string; copied: string }) {
  return (
    <div className="flex flex-wrap items-baseline gap-x-2">
      <dt className="text-muted">{name}</dt>
      <dd className="min-w-0"><span className="font-mono break-all">{value}</span> <CopyButton text={value} label={copy} copiedLabel={copied} /></dd>
    </div>
  );
}

function Notices({ notices, zone }: { notices: StaffPayment["notices"]; zone: string }) {
  const t = useTranslations("adminPayments");
  const locale = useLocale();
  return (
    <details className="mt-1">
      <summary className="inline-flex min-h-6 cursor-pointer items-center text-caption font-medium text-primary">{t("notices", { count: notices.length })}</summary>
      <ul className="mt-1 grid gap-1 border-s-2 border-border ps-3 text-caption">
        {notices.map(({ noticeId, result, amountCents, outcome, createdAt }) => (
          <li key={noticeId}>
            <span className="font-medium">{t(`result.${result as NoticeResultKey}`)}</span>
            {amountCents > 0 && <span className="tabular-nums"> · {formatCash(locale, amountCents)}</span>} · {t(`outcome.${outcomeKey(outcome)}`)}
            <span className="block text-muted">{formatInstant(locale, createdAt, zone)} · <span className="font-mono break-all">{noticeId}</span></span>
          </li>
        ))}
      </ul>
    </details>
  );
}
