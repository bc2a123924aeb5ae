import type { Metadata, Route } from "next";
import { getTranslations } from "next-intl/server";
import { notFound, redirect } from "next/navigation";
import { FollowPayment } from "./follow-payment";
import { WechatButton } from "./wechat-button";
import { startReading, type Reading } from "@/app/(shop)/reading";
import { Countdown } from "@/app/(shop)/orders/[id]/countdown";
import { shopBrand, shopLooks } from "@/app/brand";
import { Brand } from "@/components/shell/brand";
import { SkipLink } from "@/components/shell/skip-link";
import { ButtonLink } from "@/components/ui/button-link";
import { Panel } from "@/components/ui/card";
import { CopyButton } from "@/components/ui/copy-button";
import { Notice } from "@/components/ui/notice";
import { requireShopper } from "@/lib/auth";
import { formatCash, formatTime } from "@/lib/i18n";
import { PUBLIC_ID } from "@/lib/id";
import { findPayment, stateOf, type PaymentPage } from "@/lib/orders/payment-queries";
import type { WayToPay } from "@/lib/payment-provider";
import { providersThatTake } from "@/lib/payments";
import { qrPath } from "@/lib/qr";

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations("pay"))("title"), robots: { index: false } };
}

/** A code to scan, or inside WeChat the button to its own sheet; and the wait for the money. */
export default async function PayPage({ params }: { params: Promise<{ reference: string }> }) {
  const { reference } = await params;
  const [reading, shopper, t, brand, { logo }] = await Promise.all([startReading(), requireShopper(`/pay/${reference}`), getTranslations("pay"), shopBrand(), shopLooks()]);
  const payment = PUBLIC_ID.test(reference) ? await findPayment(reading.db, reference, shopper.id) : null;
  if (!payment) notFound();
  const order = `/orders/${payment.orderId}` as Route;
  const state = stateOf(payment);
  const way = state === "waiting" ? await wayTo(payment, reading) : null;
  if (state === "paid" || (state === "waiting" && !way)) redirect(`${order}?paid=${reference}` as Route);
  return (
    <>
      <SkipLink />
      <header className="border-b border-border bg-card">
        <div className="page-gutters mx-auto flex min-h-14 max-w-lg items-center"><Brand name={brand} logo={logo} /></div>
      </header>
      <main id="main" tabIndex={-1} className="page-gutters mx-auto max-w-lg py-6">
        <h1 tabIndex={-1} className="mb-4 text-title font-semibold">{t("title")}</h1>
        <Panel>
          <p className="text-caption text-muted">{t("order", { number: payment.orderNumber })}</p>
          <p className="mb-3 text-balance font-semibold tabular-nums"><span className="sr-only">{t("amount")} </span>{formatCash(reading.locale, payment.amountCents)}</p>
          {way ? <Waiting payment={payment} way={way} reading={reading} /> : <Notice tone={state === "failed" ? "danger" : "warning"} role="status">{t(state as "failed" | "late" | "over")}</Notice>}
          <ButtonLink href={order} wide look={way ? "secondary" : "primary"} className="mt-3">{t("back")}</ButtonLink>
        </Panel>
      </main>
    </>
  );
}

/** How this payment is made, from what its provider called it; null when it is not made on a page of ours, or no longer: it was switched off. */
async function wayTo({ provider: name, key, payBy }: PaymentPage, { policy }: Reading): Promise<Exclude<WayToPay, { redirectTo: string }> | null> {
  const provider = providersThatTake(policy).find((each) => each.name === name);
  const way = provider && key && payBy ? await provider.resume(key) : null;
  return way && !("redirectTo" in way) ? way : null;
}

async function Waiting({ payment, way, reading: { locale, policy } }: { payment: PaymentPage; way: Exclude<WayToPay, { redirectTo: string }>; reading: Reading }) {
  const t = await getTranslations("pay");
  const { payBy, reference, amountCents } = payment;
  return (
    <>
      {payBy && (
        <p className="mb-4 flex flex-wrap items-baseline justify-between gap-2 text-dense font-medium text-warning">
          {t("before", { time: formatTime(locale, payBy, policy.timeZone) })}
          <Countdown until={payBy.toISOString()} />
        </p>
      )}
      {"jsapi" in way ? (
        <div className="mb-4 grid gap-3">
          <p className="text-dense text-muted">{t("inWechat")}</p>
          <WechatButton params={way.jsapi} words={{ open: t("open"), opening: t("opening"), cancelled: t("cancelled"), notOpened: t("notOpened") }} />
        </div>
      ) : <Code text={way.qrText} amount={formatCash(locale, amountCents)} />}
      <FollowPayment
        reference={reference}
        words={{ waiting: t("waiting"), still: t("still"), ...("jsapi" in way ? {} : { paid: t("paid"), checking: t("checking"), notYet: t("notYet") }) }}
      />
    </>
  );
}

/** The code, and what it says in letters, for whoever cannot scan it. */
async function Code({ text, amount }: { text: string; amount: string }) {
  const t = await getTranslations("pay");
  const { size, path } = qrPath(text);
  return (
    <div className="mb-4 grid justify-items-center gap-2 text-center">
      <p className="text-body font-medium">{t("scan")}</p>
      <svg role="img" aria-label={t("qr", { amount })} viewBox={`0 0 ${size} ${size}`} shapeRendering="crispEdges" className="size-60 rounded-control border border-border bg-white">
        <path d={path} fill="#000" />
      </svg>
      <p className="flex max-w-full flex-wrap items-center justify-center gap-x-1 text-caption text-muted"><span className="sr-only">{t("code")}</span><span className="font-mono break-all">{text}</span> <CopyButton text={text} label={t("copyCode")} copiedLabel={t("copied")} /></p>
      <p className="max-w-80 text-caption text-pretty text-muted md:hidden">{t("phone")}</p>
    </div>
  );
}
