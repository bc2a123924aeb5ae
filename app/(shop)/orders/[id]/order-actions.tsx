import { getTranslations } from "next-intl/server";
import type { Reading } from "../../reading";
import { cancel, receive } from "./actions";
import { Countdown } from "./countdown";
import { PayChoice } from "./pay-choice";
import { Panel } from "@/components/ui/card";
import { PlainForm } from "@/components/ui/plain-form";
import { formatCash, formatTime } from "@/lib/i18n";
import { isReceivable } from "@/lib/orders/line";
import type { OrderPage } from "@/lib/orders/queries";

/** What the buyer can do now: pay or cancel while it waits for cash, confirm when the parcel is here. */
export async function OrderActions({ order, reading: { locale, policy, now } }: { order: OrderPage; reading: Reading }) {
  const [t, tCommon] = await Promise.all([getTranslations("orders"), getTranslations("common")]);
  const hidden = () => ({ requestId: crypto.randomUUID(), orderId: order.publicId });
  if (order.status === "shipped" && !isReceivable(order.status, order.items)) return <Panel><p className="text-dense text-muted">{t("receiveWaits")}</p></Panel>;
  if (order.status === "shipped") {
    return (
      <Panel>
        <p className="mb-3 text-dense text-muted">{t("receiveHint")}</p>
        <PlainForm action={receive} fields={[]} hidden={hidden()} submit={t("receive")} pending={tCommon("pending")} />
      </Panel>
    );
  }
  if (order.status !== "pending" || !order.payBy) return null;
  if (order.payBy <= now) return <Panel><p className="text-dense text-muted">{t("payTimeOver")}</p></Panel>;
  return (
    <Panel>
      <p className="mb-3 flex flex-wrap items-baseline justify-between gap-2 text-dense font-medium text-warning">
        {t("payBefore", { time: formatTime(locale, order.payBy, policy.timeZone) })}
        <Countdown until={order.payBy.toISOString()} />
      </p>
      <PayChoice orderId={order.publicId} submit={t("pay", { cash: formatCash(locale, order.cashDueCents) })} />
      <details className="group mt-3">
        <summary className="inline-flex min-h-8 list-none items-center text-caption font-medium text-danger">{t("cancel")}</summary>
        <p className="mt-1 mb-3 text-caption text-muted">{t("cancelHint")}</p>
        <PlainForm action={cancel} fields={[]} hidden={hidden()} submit={t("cancelConfirm")} pending={tCommon("pending")} look={{ look: "danger" }} />
      </details>
    </Panel>
  );
}
