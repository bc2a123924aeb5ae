import type { Metadata, Route } from "next";
import { getTranslations } from "next-intl/server";
import { notFound } from "next/navigation";
import { settle } from "./actions";
import { startReading, type Reading } from "@/app/(shop)/reading";
import { inLanguage } from "@/app/(shop)/views";
import { Brand } from "@/components/shell/brand";
import { SkipLink } from "@/components/shell/skip-link";
import { ButtonLink } from "@/components/ui/button-link";
import { Panel } from "@/components/ui/card";
import { Notice } from "@/components/ui/notice";
import { PlainForm } from "@/components/ui/plain-form";
import { requireShopper } from "@/lib/auth";
import { formatCash, formatTime } from "@/lib/i18n";
import { findTestPayment, type TestPayment } from "@/lib/orders/queries";

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations("cashier"))("title"), robots: { index: false } };
}

/** Plays the bank. Marked as a test in its banner, its title and its buttons. */
export default async function CashierPage({ params }: { params: Promise<{ id: string }> }) {
  const { id } = await params;
  const [reading, shopper, t] = await Promise.all([startReading(), requireShopper(`/cashier/${id}`), getTranslations("cashier")]);
  const payment = await findTestPayment(reading.db, id.slice(0, 64), shopper.id);
  if (!payment) notFound();
  return (
    <>
      <SkipLink />
      <header className="border-b-4 border-dashed border-warning bg-warning-soft text-warning">
        <div className="page-gutters mx-auto flex min-h-14 max-w-lg flex-wrap items-center justify-between gap-3 py-2"><Brand /><b className="font-semibold">{t("banner")}</b></div>
      </header>
      <main id="main" tabIndex={-1} className="page-gutters mx-auto max-w-lg py-8">
        <h1 tabIndex={-1} className="text-title font-semibold">{t("title")}</h1>
        <p className="mt-1 mb-5 text-muted">{t("lead")}</p>
        <Bill payment={payment} reading={reading} />
      </main>
    </>
  );
}

async function Bill({ payment, reading: { locale, policy } }: { payment: TestPayment; reading: Reading }) {
  const [t, tCommon] = await Promise.all([getTranslations("cashier"), getTranslations("common")]);
  const isOpen = payment.status === "created" && payment.orderStatus === "pending";
  const back = `/orders/${payment.orderId}` as Route;
  return (
    <Panel>
      <p className="text-caption text-muted">{inLanguage(locale, payment.productName, payment.productNameEn)} · <span className="font-mono">{payment.orderNumber}</span></p>
      <p className="mt-1 mb-4 text-balance font-semibold tabular-nums">{formatCash(locale, payment.amountCents)}</p>
      {isOpen ? (
        <>
          {payment.payBy && <p className="mb-4 text-caption text-muted">{t("payBefore", { time: formatTime(locale, payment.payBy, policy.timeZone) })}</p>}
          <div className="grid gap-3">
            <PlainForm action={settle} fields={[]} hidden={{ reference: payment.reference, result: "paid" }} submit={t("pay")} pending={tCommon("pending")} />
            <PlainForm action={settle} fields={[]} hidden={{ reference: payment.reference, result: "failed" }} submit={t("fail")} pending={tCommon("pending")} look={{ look: "danger", wide: true }} />
            <ButtonLink href={back} wide>{t("back")}</ButtonLink>
          </div>
        </>
      ) : (
        <div className="grid gap-3">
          <Notice tone={payment.status === "paid" ? "success" : "warning"} role="status">{t(payment.status === "created" ? "over" : payment.status)}</Notice>
          <ButtonLink href={back} look="primary" wide>{t("toOrder")}</ButtonLink>
        </div>
      )}
    </Panel>
  );
}
