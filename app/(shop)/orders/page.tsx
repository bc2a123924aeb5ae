import type { Metadata, Route } from "next";
import { getTranslations } from "next-intl/server";
import { readParams, startReading, type SearchParams } from "../reading";
import { loadOrders } from "./actions";
import { OrderRow } from "./order-row";
import { ORDERS_PER_PAGE, readStatus } from "./order-filter";
import { EmptyState } from "@/components/empty-state";
import { LoadMore } from "@/components/load-more";
import { PageHeader } from "@/components/page-header";
import { ButtonLink } from "@/components/ui/button";
import { NavTabs } from "@/components/ui/nav-tabs";
import { ORDER_STATUSES, type OrderStatus } from "@/db/schema/orders";
import { requireShopper } from "@/lib/auth";
import { listOrders } from "@/lib/orders/queries";

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations("orders"))("title") };
}

const ordersHref = (status: OrderStatus | undefined, before: number | null = null): Route => {
  const query = new URLSearchParams([...(status ? [["status", status]] : []), ...(before ? [["before", String(before)]] : [])]).toString();
  return (query ? `/orders?${query}` : "/orders") as Route;
};

/** A zero says nothing. */
const shownCount = (count: number): string | undefined => (count > 0 ? String(count) : undefined);

export default async function OrdersPage({ searchParams }: { searchParams: SearchParams }) {
  const [reading, shopper, params, t, tCommon] = await Promise.all([
    startReading(), requireShopper("/orders"), readParams(searchParams, "status", "before"), getTranslations("orders"), getTranslations("common"),
  ]);
  const status = readStatus(params.status);
  const before = /^\d{1,15}$/.test(params.before) ? Number(params.before) : undefined;
  const { orders, nextBefore, counts } = await listOrders(reading.db, shopper.id, { status, before, limit: ORDERS_PER_PAGE });
  const total = Object.values(counts).reduce((sum, count) => sum + count, 0);
  return (
    <div className="mx-auto max-w-3xl">
      <PageHeader title={t("title")} />
      <NavTabs
        label={t("tabs")} className="mb-4"
        tabs={[
          { href: ordersHref(undefined), label: t("all"), current: !status, count: shownCount(total) },
          ...ORDER_STATUSES.map((each) => ({ href: ordersHref(each), label: t(`status.${each}`), current: each === status, count: shownCount(counts[each]) })),
        ]}
      />
      {orders.length === 0 ? (
        <EmptyState
          scene={status ? "filtered" : "first"} title={status ? t("emptyStatus") : t("empty")}
          action={status ? <ButtonLink href="/orders">{t("showAll")}</ButtonLink> : <ButtonLink href="/shop" look="primary">{t("toShop")}</ButtonLink>}
        >
          {!status && t("emptyHint")}
        </EmptyState>
      ) : (
        <>
          <ul className="grid gap-3">{orders.map((order) => <li key={order.id}><OrderRow order={order} reading={reading} /></li>)}</ul>
          <LoadMore
            key={status ?? "all"} first={nextBefore === null ? null : String(nextBefore)} href={ordersHref(status, nextBefore)} load={loadOrders.bind(null, status ?? "")}
            words={{ more: tCommon("more"), pending: tCommon("loading"), failed: tCommon("failed") }}
          />
        </>
      )}
    </div>
  );
}
