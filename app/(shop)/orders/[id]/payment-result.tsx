import type { Route } from "next";
import { getTranslations } from "next-intl/server";
import type { Reading } from "../../reading";
import { Placed } from "./placed";
import { FollowPayment } from "@/app/pay/[reference]/follow-payment";
import { ButtonLink } from "@/components/ui/button-link";
import { Panel } from "@/components/ui/card";
import { Notice } from "@/components/ui/notice";
import type { Shopper } from "@/lib/auth";
import { stateOf, type PaymentPage } from "@/lib/orders/payment-queries";
import type { OrderPage } from "@/lib/orders/queries";

type PaymentResultProps = { payment: PaymentPage; order: OrderPage; shopper: Shopper; reading: Reading };

/** Back from the provider: what came of it, or that it is being found out. */
export async function PaymentResult({ payment, order, shopper, reading }: PaymentResultProps) {
  const state = stateOf(payment);
  if (order.status === "refunded") return null;
  if (state === "paid") return <Placed order={order} shopper={shopper} reading={reading} />;
  const t = await getTranslations("pay");
  if (state !== "waiting") return <Notice tone={state === "failed" ? "danger" : "warning"} role="status" className="mb-4">{t(state)}</Notice>;
  return (
    <Panel className="mb-4" aria-labelledby="confirming">
      <h2 id="confirming" className="mb-1 text-body font-semibold">{t("confirming")}</h2>
      <FollowPayment reference={payment.reference} words={{ waiting: t("confirmingHint"), still: t("still") }} />
      <ButtonLink href={`/orders/${order.publicId}` as Route} wide className="mt-4">{t("notPaid")}</ButtonLink>
    </Panel>
  );
}
