import { getTranslations } from "next-intl/server";
import type { Reading } from "../../reading";
import { inLanguage } from "../../views";
import { Panel } from "@/components/ui/card";
import { CopyButton } from "@/components/ui/copy-button";
import { formatInstant } from "@/lib/i18n";
import type { OrderPage } from "@/lib/orders/queries";

/** What travels, parcel by parcel. Of one that holds everything the contents need not be told. */
export async function Parcels({ order, reading: { locale, policy } }: { order: OrderPage; reading: Reading }) {
  if (order.parcels.length === 0) return null;
  const t = await getTranslations("orders");
  const isSplit = order.parcels.length > 1 || order.status === "paid";
  const nameOf = (line: number): string => {
    const item = order.items.find((each) => each.line === line);
    return item ? inLanguage(locale, item.productName, item.productNameEn) : "";
  };
  return (
    <Panel aria-labelledby="parcels">
      <h2 id="parcels" className="mb-2 text-body font-semibold">{t("parcels.title")}</h2>
      <ol className="divide-y divide-border">
        {order.parcels.map((parcel, index) => (
          <li key={parcel.id} className="py-2.5 first:pt-0 last:pb-0">
            <p className="text-dense font-medium">
              {isSplit && <span className="me-2">{t("parcels.one", { number: index + 1 })}</span>}
              <span className="text-caption font-normal text-muted">{t("parcels.sentAt", { at: formatInstant(locale, parcel.createdAt, policy.timeZone) })}</span>
            </p>
            <p className="flex flex-wrap items-center gap-x-2 text-dense">
              <span>{parcel.carrier}</span>
              <span className="font-mono break-all">{parcel.trackingNumber}</span>
              <CopyButton text={parcel.trackingNumber} label={t("copyTracking")} copiedLabel={t("copied")} />
            </p>
            {isSplit && (
              <ul className="text-caption text-muted">
                {parcel.lines.map(({ line, quantity }) => <li key={line}>{t("parcels.contents", { product: nameOf(line), quantity })}</li>)}
              </ul>
            )}
          </li>
        ))}
      </ol>
    </Panel>
  );
}
