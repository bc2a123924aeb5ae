import { getTranslations } from "next-intl/server";
import type { Reading } from "../../reading";
import { inLanguage } from "../../views";
import { RefreshSoon } from "./refresh-soon";
import { Panel } from "@/components/ui/card";
import { CopyButton } from "@/components/ui/copy-button";
import { Icon, type IconName } from "@/components/ui/icon";
import { formatInstant } from "@/lib/i18n";
import { owedOf } from "@/lib/orders/line";
import { spelledPickupCode } from "@/lib/orders/pickup-code";
import type { OrderPage } from "@/lib/orders/queries";
import { qrPath } from "@/lib/qr";

/** What the buyer shows at the counter, and where the counter is. The code can be scanned, read aloud and copied. */
export async function PickupCard({ order, reading }: { order: OrderPage; reading: Reading }) {
  const own = order.items.filter(({ delivery }) => delivery === "pickup");
  if (own.length === 0 || order.status === "cancelled") return null;
  const t = await getTranslations("orders.pickup");
  const isOpen = own.some((item) => owedOf(item) > 0);
  return (
    <Panel aria-labelledby="pickup">
      <h2 id="pickup" className="mb-3 text-body font-semibold">{t("title")}</h2>
      {order.pickupCode?.verifiedAt
        ? <p className="flex items-center gap-2 text-dense text-success"><Icon name="check" size={18} />{t("done", { at: formatInstant(reading.locale, order.pickupCode.verifiedAt, reading.policy.timeZone) })}</p>
        : isOpen && order.status !== "refunded" && <Code order={order} />}
      <Place order={order} reading={reading} />
    </Panel>
  );
}

async function Code({ order }: { order: OrderPage }) {
  const [t, words] = await Promise.all([getTranslations("orders.pickup"), getTranslations("orders")]);
  if (!order.pickupCode) return order.status === "pending" ? <p className="text-dense text-muted">{t("notYet")}</p> : <p className="text-dense text-muted">{t("preparing")}<RefreshSoon /></p>;
  const { code } = order.pickupCode;
  const { size, path } = qrPath(code);
  return (
    <div className="grid justify-items-center gap-2 text-center">
      <p className="text-dense text-muted">{t("ready")}</p>
      <svg role="img" aria-label={t("qr", { code: spelledPickupCode(code) })} viewBox={`0 0 ${size} ${size}`} shapeRendering="crispEdges" className="size-52 rounded-control bg-white">
        <path d={path} fill="#000" />
      </svg>
      <p className="text-caption text-muted">{t("code")}</p>
      <p className="-mt-2 font-mono text-figure font-semibold tracking-wider tabular-nums" data-testid="pickup-code">{spelledPickupCode(code)}</p>
      <CopyButton text={code} label={t("copy")} copiedLabel={words("copied")} className="inline-flex min-h-11 items-center rounded-control px-4 text-dense font-medium text-primary hover:bg-primary-soft" />
      <p className="max-w-72 text-caption text-pretty text-muted">{t("brightness")}</p>
    </div>
  );
}

async function Place({ order: { pickup }, reading: { locale } }: { order: OrderPage; reading: Reading }) {
  const t = await getTranslations("orders.pickup");
  if (!pickup) return <p className="mt-3 text-dense text-muted">{t("none")}</p>;
  return (
    <dl className="mt-4 grid gap-2.5 border-t border-border pt-4 text-dense">
      <Fact icon="pin" label={t("where")}>
        <b className="block font-semibold">{inLanguage(locale, pickup.name, pickup.nameEn)}</b>
        <span className="text-muted">{inLanguage(locale, pickup.address, pickup.addressEn)}</span>
      </Fact>
      {pickup.hours && <Fact icon="clock" label={t("hours")}>{pickup.hours}</Fact>}
      {pickup.phone && <Fact icon="phone" label={t("phone")}><a href={`tel:${pickup.phone.replace(/[^\d+]/g, "")}`} className="inline-flex min-h-6 items-center font-medium text-primary tabular-nums hover:underline">{pickup.phone}</a></Fact>}
    </dl>
  );
}

function Fact({ icon, label, children }: { icon: IconName; label: string; children: React.ReactNode }) {
  return (
    <div className="flex items-start gap-2.5">
      <dt className="mt-0.5 text-muted"><Icon name={icon} size={18} /><span className="sr-only">{label}</span></dt>
      <dd className="min-w-0 break-words">{children}</dd>
    </div>
  );
}
