import { useLocale, useTranslations } from "next-intl";
import { inLanguage } from "../../../(shop)/views";
import { correctParcelForm } from "../actions";
import { useCarriers } from "./order-actions";
import { CommandForm } from "@/components/admin/command-form";
import { hrefWith } from "@/components/admin/href";
import { ButtonLink } from "@/components/ui/button-link";
import { Card } from "@/components/ui/card";
import { CopyButton } from "@/components/ui/copy-button";
import { Notice } from "@/components/ui/notice";
import { formatInstant } from "@/lib/i18n";
import { publicId } from "@/lib/id";
import { owedOf } from "@/lib/orders/line";
import type { Parcel } from "@/lib/orders/fulfilment-queries";
import type { StaffOrder } from "@/lib/orders/staff-queries";

/** What was sent, what was picked up, which codes were handed out. */
export function HandedOver({ order, zone }: { order: StaffOrder; zone: string }) {
  return (
    <>
      {order.parcels.length > 0 && <Parcels order={order} zone={zone} />}
      {order.items.some(({ delivery }) => delivery === "pickup") && <Pickup order={order} zone={zone} />}
      {order.items.some(({ hasCodes }) => hasCodes) && <Codes order={order} />}
    </>
  );
}

function Parcels({ order, zone }: { order: StaffOrder; zone: string }) {
  const t = useTranslations("adminFulfilment.parcels");
  return (
    <Card as="section" aria-labelledby="parcels-title">
      <h2 id="parcels-title" className="mb-2 text-section font-semibold">{t("title")}</h2>
      <ol className="divide-y divide-border">
        {order.parcels.map((parcel, index) => <li key={parcel.id} className="py-2.5 first:pt-0 last:pb-0"><ParcelPart order={order} parcel={parcel} number={index + 1} zone={zone} /></li>)}
      </ol>
    </Card>
  );
}

function ParcelPart({ order, parcel, number, zone }: { order: StaffOrder; parcel: Parcel; number: number; zone: string }) {
  const t = useTranslations("adminFulfilment.parcels");
  const words = useTranslations("admin.words");
  const locale = useLocale();
  const nameOf = (line: number): string => {
    const item = order.items.find((each) => each.line === line);
    return item ? inLanguage(locale, item.productName, item.productNameEn) : "";
  };
  return (
    <>
      <p className="text-dense font-medium">{t("one", { number })} <span className="text-caption font-normal text-muted">{t("sentAt", { at: formatInstant(locale, parcel.createdAt, zone) })}</span></p>
      <p className="flex flex-wrap items-center gap-x-2 text-dense">
        <span className="text-muted">{parcel.carrier}</span>
        <span className="font-mono break-all">{parcel.trackingNumber}</span>
        <CopyButton text={parcel.trackingNumber} label={words("copy")} copiedLabel={words("copied")} />
      </p>
      <ul className="text-caption text-muted">
        {parcel.lines.map(({ line, quantity }) => <li key={line}>{t("contents", { product: nameOf(line), quantity })}</li>)}
      </ul>
      <Correct order={order} parcel={parcel} />
    </>
  );
}

function Correct({ order, parcel }: { order: StaffOrder; parcel: Parcel }) {
  const t = useTranslations("adminFulfilment.parcels");
  const words = useTranslations("admin.order");
  const common = useTranslations("common");
  const carriers = useCarriers();
  return (
    <details>
      <summary className="inline-flex min-h-8 list-none items-center text-caption font-medium text-primary">{t("correct")}</summary>
      <div className="mt-2">
        <CommandForm
          key={`${parcel.carrier} ${parcel.trackingNumber}`} action={correctParcelForm} label={t("correct")} hidden={{ requestId: publicId(), orderId: order.publicId, shipmentId: parcel.id }} submit={t("save")} pending={common("pending")} look="secondary"
          fields={[
            { name: "carrier", id: `carrier-${parcel.id}`, label: words("carrier"), maxLength: 40, suggestions: carriers, defaultValue: parcel.carrier },
            { name: "trackingNumber", id: `tracking-${parcel.id}`, label: words("trackingNumber"), maxLength: 60, autoComplete: "off", defaultValue: parcel.trackingNumber },
          ]}
        />
      </div>
    </details>
  );
}

function Pickup({ order, zone }: { order: StaffOrder; zone: string }) {
  const t = useTranslations("adminFulfilment.pickup");
  const locale = useLocale();
  const { pickup, pickupCode: code } = order;
  const isOpen = (order.status === "paid" || order.status === "shipped") && order.items.some((item) => item.delivery === "pickup" && owedOf(item) > 0);
  return (
    <Card as="section" aria-labelledby="pickup-title" className="grid justify-items-start gap-2 text-dense">
      <h2 id="pickup-title" className="text-section font-semibold">{t("title")}</h2>
      {pickup && <p><b className="font-medium">{inLanguage(locale, pickup.name, pickup.nameEn)}</b><span className="block text-muted">{inLanguage(locale, pickup.address, pickup.addressEn)}</span></p>}
      {code?.verifiedAt && <p>{t("verified", { name: code.verifierName ?? "—", at: formatInstant(locale, code.verifiedAt, zone) })}</p>}
      {isOpen && <p className="text-muted">{t(code ? "waiting" : "noCode")}</p>}
      {isOpen && code && <ButtonLink href={hrefWith("/admin/verify")} size="dense">{t("toVerify")}</ButtonLink>}
    </Card>
  );
}

function Codes({ order }: { order: StaffOrder }) {
  const t = useTranslations("adminFulfilment.codes");
  const own = order.items.filter(({ hasCodes }) => hasCodes);
  const isOpen = order.status === "paid" || order.status === "shipped";
  const short = isOpen ? own.filter((item) => owedOf(item) > 0) : [];
  return (
    <Card as="section" aria-labelledby="codes-title" className="grid justify-items-start gap-2 text-dense">
      <h2 id="codes-title" className="text-section font-semibold">{useTranslations("adminFulfilment.pool")("title")}</h2>
      <p className="text-muted">{t("handed", { done: order.codes.length, seen: order.codes.filter(({ revealedAt }) => revealedAt !== null).length })}</p>
      {short.length > 0 && <Notice tone="warning">{t("short", { count: short.reduce((sum, item) => sum + owedOf(item), 0) })}</Notice>}
      {short[0] && <ButtonLink href={hrefWith(`/admin/products/${short[0].productId}/codes`)} size="dense">{t("add")}</ButtonLink>}
    </Card>
  );
}
