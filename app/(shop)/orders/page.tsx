import type { Metadata, Route } from "next";
import { getTranslations } from "next-intl/server";
import { readParams, startReading, type SearchParams } from "../reading";
import { loadOrders } from "./actions";
import { OrderRow } from "./order-row";
import { ORDERS_PER_PAGE, readView } from "./order-filter";
import { EmptyState } from "@/components/empty-state";
import { LoadMore } from "@/components/load-more";
import { PageHeader } from "@/components/page-header";
import { ButtonLink } from "@/components/ui/button-link";
import { NavTabs } from "@/components/ui/nav-tabs";
import { requireShopper } from "@/lib/auth";
import { countViews, ORDER_VIEWS, type OrderView } from "@/lib/orders/fulfilment-queries";
import { listOrders } from "@/lib/orders/queries";

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations("orders"))("title") };
}

const ordersHref = (view: OrderView | undefined, before: number | null = null): Route => {
  const query = new URLSearchParams([...(view ? [["view", view]] : []), ...(before ? [["before", String(before)]] : [])]).toString();
  return (query ? `/orders?${query}` : "/orders") as Route;
};

/** A zero says nothing. */
const shownCount = (count: number): string | undefined => (count > 0 ? String(count) : undefined);

export default async function OrdersPage({ searchParams }: { searchParams: SearchParams }) {
  const [reading, shopper, params, t, tCommon] = await Promise.all([
    startReading(), requireShopper("/orders"), readParams(searchParams, "view", "before"), getTranslations("orders"), getTranslations("common"),
  ]);
  const view = readView(params.view);
  const before = /^\d{1,15}$/.test(params.before) ? Number(params.before) : undefined;
  const [{ orders, nextBefore }, counts] = await Promise.all([listOrders(reading.db, shopper.id, { view, before, limit: ORDERS_PER_PAGE }), countViews(reading.db, shopper.id)]);
  return (
    <div className="mx-auto max-w-3xl">
      <PageHeader title={t("title")} />
      <NavTabs
        label={t("tabs")} className="mb-4"
        tabs={[
          { href: ordersHref(undefined), label: t("all"), current: !view, count: shownCount(counts.all) },
          ...ORDER_VIEWS.map((each) => ({ href: ordersHref(each), label: t(`views.${each}`), current: each === view, count: shownCount(counts[each]) })),
        ]}
      />
      {orders.length === 0 ? (
        <EmptyState
          scene={view ? "filtered" : "first"} title={view ? t("emptyStatus") : t("empty")}
          action={view ? <ButtonLink href="/orders">{t("showAll")}</ButtonLink> : <ButtonLink href="/shop" look="primary">{t("toShop")}</ButtonLink>}
        >
          {!view && t("emptyHint")}
        </EmptyState>
      ) : (
        <>
          <ul className="grid grid-cols-1 gap-3">{orders.map((order) => <li key={order.id}><OrderRow order={order} reading={reading} /></li>)}</ul>
          <LoadMore
            key={view ?? "all"} first={nextBefore === null ? null : String(nextBefore)} href={ordersHref(view, nextBefore)} load={loadOrders.bind(null, view ?? "")}
            words={{ more: tCommon("more"), pending: tCommon("loading"), failed: tCommon("failed") }}
          />
        </>
      )}
    </div>
  );
}
