import { useLocale, useTranslations } from "next-intl";
import type { ReactNode } from "react";
import { inLanguage, lotView, refundViews } from "../../../(shop)/views";
import { RowLink } from "@/components/admin/data-table";
import { hrefWith } from "@/components/admin/href";
import { LotList } from "@/components/lot-list";
import { Price } from "@/components/price";
import { RefundList } from "@/components/refund-list";
import { ProductPicture } from "@/components/product-picture";
import { Card } from "@/components/ui/card";
import { CopyButton } from "@/components/ui/copy-button";
import { maskName } from "@/lib/accounts/mask";
import { formatCash, formatPoints } from "@/lib/i18n";
import type { StaffOrder } from "@/lib/orders/staff-queries";

function Part({ id, title, children }: { id: string; title: string; children: ReactNode }) {
  return (
    <Card as="section" aria-labelledby={id}>
      <h2 id={id} className="mb-2 text-section font-semibold">{title}</h2>
      {children}
    </Card>
  );
}

export function Goods({ order }: { order: StaffOrder }) {
  const t = useTranslations("admin.order");
  const words = useTranslations("adminFulfilment.lines");
  const locale = useLocale();
  return (
    <Part id="goods-title" title={t("goods")}>
      <ul className="divide-y divide-border">
        {order.items.map((item, index) => (
          <li key={index} className="relative flex items-center gap-3 py-2.5">
            <ProductPicture picture={item.picture} cover={item.cover} className="size-12! shrink-0 rounded-control border border-border" />
            <div className="min-w-0 grow">
              <RowLink href={hrefWith(`/admin/products/${item.productId}`)}>{inLanguage(locale, item.productName, item.productNameEn)}</RowLink>
              <p className="text-caption text-muted">{[inLanguage(locale, item.skuName, item.skuNameEn), t("pieces", { quantity: item.quantity }), item.isGift ? words("gift") : ""].filter(Boolean).join(" · ")}</p>
              <p className="text-caption text-muted empty:hidden">{[item.quantityDelivered > 0 ? words("delivered", { done: item.quantityDelivered, all: item.quantity }) : "", item.quantityRefunded > 0 ? words("refunded", { count: item.quantityRefunded }) : ""].filter(Boolean).join(" · ")}</p>
            </div>
            <Price size="line" points={item.points} cashCents={item.cashDueCents} className="justify-end text-dense!" />
          </li>
        ))}
      </ul>
    </Part>
  );
}

export function Money({ order }: { order: StaffOrder }) {
  const t = useTranslations("admin.order");
  const words = useTranslations("orders");
  const locale = useLocale();
  const lines: [string, string][] = [[t("pointsSpent"), formatPoints(locale, order.pointsSpent)]];
  if (order.restoredPoints > 0) lines.push([t("pointsRestored"), formatPoints(locale, order.restoredPoints)]);
  if (order.totalCents > 0) lines.push([t("listPrice"), formatCash(locale, order.totalCents)]);
  if (order.discountCents > 0) lines.push([t("discount"), `−${formatCash(locale, order.discountCents)}`]);
  if (order.couponPoints > 0) lines.push([words("couponPoints"), formatPoints(locale, order.couponPoints)]);
  if (order.couponCents > 0) lines.push([words("coupon"), `−${formatCash(locale, order.couponCents)}`]);
  if (order.deliveryCents > 0) lines.push([words("deliveryFee"), formatCash(locale, order.deliveryCents)]);
  if (order.cashDueCents > 0 || order.totalCents > 0) lines.push([t("cashDue"), formatCash(locale, order.cashDueCents)]);
  if (order.cashDueCents > 0) lines.push([t("cashPaid"), formatCash(locale, order.cashPaidCents)]);
  return <Part id="money-title" title={t("money")}><Facts lines={lines} /></Part>;
}

function Facts({ lines }: { lines: readonly (readonly [string, ReactNode])[] }) {
  return (
    <dl className="grid gap-1.5 text-dense">
      {lines.map(([name, value]) => (
        <div key={name} className="flex items-baseline justify-between gap-4">
          <dt className="text-muted">{name}</dt>
          <dd className="font-medium tabular-nums">{value}</dd>
        </div>
      ))}
    </dl>
  );
}

/** From which points it was paid: the ones that would have expired first. */
export function PointsDrawn({ order, now, zone }: { order: StaffOrder; now: Date; zone: string }) {
  const t = useTranslations("admin.order");
  return <Part id="lots-title" title={t("lots")}><LotList lots={order.draws.map((draw) => lotView(draw, now))} zone={zone} /></Part>;
}

export function Refunds({ order, zone }: { order: StaffOrder; zone: string }) {
  const t = useTranslations("orders.refunds");
  const locale = useLocale();
  return <Part id="refunds-title" title={t("title")}><RefundList refunds={refundViews(order, locale)} zone={zone} /></Part>;
}

/** Where it goes, for whoever may know; the region alone for anybody else. */
export function Address({ order, seesContact }: { order: StaffOrder; seesContact: boolean }) {
  const t = useTranslations("admin.order");
  const words = useTranslations("admin.words");
  const { address } = order;
  const text = address && [address.recipient, address.phone, address.region, address.street, address.postcode].filter(Boolean).join(" ");
  return (
    <Part id="address-title" title={t("address")}>
      {address && !seesContact ? <p className="text-dense">{maskName(address.recipient)} <span className="ms-2 text-muted">{address.region}</span></p> : address && text ? (
        <address className="text-dense not-italic">
          <p className="font-medium">{address.recipient} <span className="ms-2 font-normal tabular-nums">{address.phone}</span></p>
          <p className="text-pretty break-words text-muted">{[address.region, address.street, address.postcode].filter(Boolean).join(" ")}</p>
          <p className="-ms-1.5 mt-1"><CopyButton text={text} label={t("copyAddress")} copiedLabel={words("copied")} /></p>
        </address>
      ) : <p className="text-dense text-muted">{t("noAddress")}</p>}
    </Part>
  );
}
