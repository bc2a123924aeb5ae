import type { Metadata } from "next";
import { getLocale, getTranslations } from "next-intl/server";
import type { SearchParams } from "../../(shop)/reading";
import { startStaffReading } from "../reading";
import { ORDERS_PER_PAGE, ordersHref, readOrderFilter, type OrderFilter } from "./filter";
import { OrderTable } from "./order-table";
import { FirstUse, NoResults } from "@/components/admin/list-empty";
import { Pager, ResourceIndex, type Chip } from "@/components/admin/resource-index";
import { PageHeader } from "@/components/page-header";
import { ButtonLink } from "@/components/ui/button";
import { ORDER_STATUSES } from "@/db/schema/orders";
import { formatPoints } from "@/lib/i18n";
import type { OrderCounts } from "@/lib/orders/queries";
import { listOrdersForStaff } from "@/lib/orders/staff-queries";

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations("admin.orders"))("title") };
}

const sumOf = (counts: OrderCounts): number => ORDER_STATUSES.reduce((sum, status) => sum + counts[status], 0);

export default async function OrdersPage({ searchParams }: { searchParams: SearchParams }) {
  const { db, now, policy } = await startStaffReading("/admin/orders");
  const [t, list, filter] = await Promise.all([getTranslations("admin.orders"), getTranslations("admin.list"), readOrderFilter(searchParams)]);
  const { orders, counts, nextBefore, previousAfter } = await listOrdersForStaff(db, { ...filter, search: filter.q, limit: ORDERS_PER_PAGE });
  const total = filter.status ? counts[filter.status] : sumOf(counts);
  const pager = (
    <Pager
      summary={filter.q ? list("shown", { shown: orders.length }) : list("shownOf", { shown: orders.length, total })}
      previous={previousAfter === null ? null : ordersHref(filter, { after: previousAfter })}
      next={nextBefore === null ? null : ordersHref(filter, { before: nextBefore })}
    />
  );
  return (
    <>
      <PageHeader title={t("title")} />
      <ResourceIndex
        label={t("list")} views={await viewsOf(filter, counts)} chips={await chipsOf(filter)} clear={ordersHref(filter, { q: "" })}
        search={{ action: "/admin/orders", label: t("search"), value: filter.q, keep: { status: filter.status } }} pager={orders.length > 0 && pager}
      >
        {orders.length > 0 ? <OrderTable orders={orders} now={now} zone={policy.timeZone} /> : sumOf(counts) === 0 ? (
          <FirstUse title={t("first")} action={<ButtonLink href="/admin/products" size="dense">{t("toProducts")}</ButtonLink>}>{t("firstHint")}</FirstUse>
        ) : <NoResults clear={ordersHref(filter, { q: "", status: undefined })} />}
      </ResourceIndex>
    </>
  );
}

async function viewsOf(filter: OrderFilter, counts: OrderCounts) {
  const [t, words, locale] = await Promise.all([getTranslations("admin.list"), getTranslations("orders"), getLocale()]);
  return {
    label: t("views"),
    tabs: [
      { href: ordersHref(filter, { status: undefined }), label: t("all"), current: !filter.status, count: formatPoints(locale, sumOf(counts)) },
      ...ORDER_STATUSES.map((status) => ({
        href: ordersHref(filter, { status }), label: words(`status.${status}`), current: filter.status === status, count: formatPoints(locale, counts[status]),
      })),
    ],
  };
}

async function chipsOf(filter: OrderFilter): Promise<Chip[]> {
  const t = await getTranslations("admin.list");
  return filter.q ? [{ key: "q", label: t("searchChip", { text: filter.q }), href: ordersHref(filter, { q: "" }) }] : [];
}
