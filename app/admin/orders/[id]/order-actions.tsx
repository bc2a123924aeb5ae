import { useTranslations } from "next-intl";
import { completeOrderForm, shipOrderForm } from "../actions";
import { CommandForm } from "@/components/admin/command-form";
import { Card } from "@/components/ui/card";
import { Notice } from "@/components/ui/notice";
import { publicId } from "@/lib/id";
import { NEXT_STATUSES } from "@/lib/orders/status";
import type { StaffOrder } from "@/lib/orders/staff-queries";

/** What staff can do with the order now; nothing where nothing is to be done. */
export function OrderActions({ order }: { order: StaffOrder }) {
  const t = useTranslations("admin.order");
  if (NEXT_STATUSES[order.status].every((next) => next === "refunded")) return null;
  return (
    <Card as="section" aria-labelledby="next-title">
      <h2 id="next-title" className="mb-3 text-section font-semibold">{t("next")}</h2>
      {order.status === "pending" && <Notice tone="warning">{t("waitsForPayment")}</Notice>}
      {order.status === "paid" && order.delivery === "shipped" && <Ship order={order} />}
      {order.status === "paid" && order.delivery === "virtual" && <Complete order={order} explanation={t("completeVirtualHint")} />}
      {order.status === "shipped" && <Complete order={order} explanation={t("completeShippedHint")} />}
    </Card>
  );
}

function Ship({ order }: { order: StaffOrder }) {
  const t = useTranslations("admin.order");
  const common = useTranslations("common");
  const carriers = [t("carriers.sf"), t("carriers.zto"), t("carriers.yto"), t("carriers.jd"), t("carriers.ems")];
  return (
    <>
      {order.address === null && <Notice tone="warning" className="mb-3">{t("addressMissing")}</Notice>}
      <CommandForm
        key="ship" action={shipOrderForm} label={t("ship")} hidden={{ requestId: publicId(), orderId: order.publicId }} submit={t("ship")} pending={common("pending")}
        fields={[
          { name: "carrier", label: t("carrier"), maxLength: 40, suggestions: carriers },
          { name: "trackingNumber", label: t("trackingNumber"), maxLength: 60, autoComplete: "off" },
        ]}
      />
    </>
  );
}

function Complete({ order, explanation }: { order: StaffOrder; explanation: string }) {
  const t = useTranslations("admin.order");
  const common = useTranslations("common");
  return (
    <CommandForm key="complete" action={completeOrderForm} label={t("complete")} hidden={{ requestId: publicId(), orderId: order.publicId }} submit={t("complete")} pending={common("pending")}>
      <p className="text-dense text-muted">{explanation}</p>
    </CommandForm>
  );
}
