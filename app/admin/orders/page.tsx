import type { Metadata } from "next";
import { getLocale, getTranslations } from "next-intl/server";
import type { SearchParams } from "../../(shop)/reading";
import { startStaffReading } from "../reading";
import { ORDERS_PER_PAGE, ordersHref, readOrderFilter, type OrderFilter } from "./filter";
import { OrderTable } from "./order-table";
import { StrayNotices } from "./stray-notices";
import { hrefWith } from "@/components/admin/href";
import { FirstUse, NoResults } from "@/components/admin/list-empty";
import { Pager, ResourceIndex, type Chip } from "@/components/admin/resource-index";
import { PageHeader } from "@/components/page-header";
import { ButtonLink } from "@/components/ui/button";
import { Icon } from "@/components/ui/icon";
import { DELIVERIES } from "@/db/schema/catalog";
import { ORDER_STATUSES } from "@/db/schema/orders";
import { formatPoints } from "@/lib/i18n";
import { countViews } from "@/lib/orders/fulfilment-queries";
import type { OrderCounts } from "@/lib/orders/queries";
import { listOrdersForStaff } from "@/lib/orders/staff-queries";

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations("admin.orders"))("title") };
}

const sumOf = (counts: OrderCounts): number => ORDER_STATUSES.reduce((sum, status) => sum + counts[status], 0);

export default async function OrdersPage({ searchParams }: { searchParams: SearchParams }) {
  const { db, now, policy } = await startStaffReading("/admin/orders");
  const [t, list, filter] = await Promise.all([getTranslations("admin.orders"), getTranslations("admin.list"), readOrderFilter(searchParams)]);
  const [{ orders, counts, nextBefore, previousAfter }, { to_pick_up: toPickUp }] = await Promise.all([listOrdersForStaff(db, { ...filter, search: filter.q, limit: ORDERS_PER_PAGE }), countViews(db)]);
  const total = filter.view ? toPickUp : filter.status ? counts[filter.status] : sumOf(counts);
  const pager = (
    <Pager
      summary={filter.q || filter.delivery ? list("shown", { shown: orders.length }) : list("shownOf", { shown: orders.length, total })}
      previous={previousAfter === null ? null : ordersHref(filter, { after: previousAfter })}
      next={nextBefore === null ? null : ordersHref(filter, { before: nextBefore })}
    />
  );
  return (
    <>
      <PageHeader title={t("title")} actions={<Tools />} />
      <StrayNotices db={db} now={now} zone={policy.timeZone} />
      <ResourceIndex
        label={t("list")} filters={!filter.delivery && <DeliveryFilters filter={filter} />} views={await viewsOf(filter, counts, toPickUp)} chips={await chipsOf(filter)} clear={ordersHref(filter, { q: "", delivery: undefined })}
        search={{ action: "/admin/orders", label: t("search"), value: filter.q, keep: { status: filter.status, view: filter.view, delivery: filter.delivery } }} pager={orders.length > 0 && pager}
      >
        {orders.length > 0 ? <OrderTable orders={orders} now={now} zone={policy.timeZone} /> : sumOf(counts) === 0 ? (
          <FirstUse title={t("first")} action={<ButtonLink href="/admin/products" size="dense">{t("toProducts")}</ButtonLink>}>{t("firstHint")}</FirstUse>
        ) : <NoResults clear={ordersHref(filter, { q: "", status: undefined, view: undefined, delivery: undefined })} />}
      </ResourceIndex>
    </>
  );
}

/** Ways to work on many at once, and at the counter. */
async function Tools() {
  const t = await getTranslations("adminFulfilment");
  return (
    <span className="flex flex-wrap gap-2">
      <ButtonLink href={hrefWith("/admin/orders/import")} size="dense"><Icon name="truck" size={16} />{t("import.title")}</ButtonLink>
      <ButtonLink href={hrefWith("/admin/verify")} size="dense"><Icon name="check" size={16} />{t("verify.title")}</ButtonLink>
    </span>
  );
}

async function DeliveryFilters({ filter }: { filter: OrderFilter }) {
  const t = await getTranslations("adminFulfilment");
  return (
    <span role="group" aria-label={t("delivery.filter")} className="flex flex-wrap gap-1">
      {DELIVERIES.map((delivery) => <ButtonLink key={delivery} href={ordersHref(filter, { delivery })} scroll={false} look="quiet" size="filter">{t(`delivery.${delivery}`)}</ButtonLink>)}
    </span>
  );
}

async function viewsOf(filter: OrderFilter, counts: OrderCounts, toPickUp: number) {
  const [t, words, locale] = await Promise.all([getTranslations("admin.list"), getTranslations("orders"), getLocale()]);
  const toPickUpTab = { href: ordersHref(filter, { status: undefined, view: "to_pick_up" }), label: words("views.to_pick_up"), current: filter.view === "to_pick_up", count: formatPoints(locale, toPickUp) };
  return {
    label: t("views"),
    tabs: [
      { href: ordersHref(filter, { status: undefined, view: undefined }), label: t("all"), current: !filter.status && !filter.view, count: formatPoints(locale, sumOf(counts)) },
      ...ORDER_STATUSES.flatMap((status) => {
        const tab = { href: ordersHref(filter, { status, view: undefined }), label: words(`status.${status}`), current: filter.status === status, count: formatPoints(locale, counts[status]) };
        return status === "paid" ? [tab, toPickUpTab] : [tab];
      }),
    ],
  };
}

async function chipsOf(filter: OrderFilter): Promise<Chip[]> {
  const [t, words] = await Promise.all([getTranslations("admin.list"), getTranslations("adminFulfilment.delivery")]);
  const chips: Chip[] = [];
  if (filter.q) chips.push({ key: "q", label: t("searchChip", { text: filter.q }), href: ordersHref(filter, { q: "" }) });
  if (filter.delivery) chips.push({ key: "delivery", label: words(filter.delivery), href: ordersHref(filter, { delivery: undefined }) });
  return chips;
}
