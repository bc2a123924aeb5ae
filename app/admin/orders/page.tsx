import type { Metadata } from "next";
import { getTranslations } from "next-intl/server";
import type { SearchParams } from "../../(shop)/reading";
import { readBulkChoices, readSelectionWords } from "../bulk/bulk-choices";
import { ListFrame, openList, type ListTab } from "../list-frame";
import { startStaffReading } from "../reading";
import { OrderTable } from "./order-table";
import { StrayNotices } from "./stray-notices";
import type { FilterField } from "@/components/admin/list-filters";
import { hrefWith } from "@/components/admin/href";
import { FirstUse } from "@/components/admin/list-empty";
import { PageHeader } from "@/components/page-header";
import { ButtonLink } from "@/components/ui/button-link";
import { Icon } from "@/components/ui/icon";
import { DELIVERIES } from "@/db/schema/catalog";
import { ORDER_STATUSES } from "@/db/schema/orders";
import type { Staff } from "@/lib/auth";
import { LIST_PAGE, pageWindow } from "@/lib/list-address";
import { countViews, type ViewCounts } from "@/lib/orders/fulfilment-queries";
import type { OrderCounts } from "@/lib/orders/queries";
import { LARGE_CENTS, LARGE_POINTS, ORDERS, orderSearchOf } from "@/lib/orders/staff-list";
import { countOrders, listOrdersForStaff } from "@/lib/orders/staff-queries";

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations("admin.orders"))("title") };
}

const sumOf = (counts: OrderCounts): number => ORDER_STATUSES.reduce((sum, status) => sum + counts[status], 0);

export default async function OrdersPage({ searchParams }: { searchParams: SearchParams }) {
  const reading = await startStaffReading("orders.read", "/admin/orders");
  const { db, now, policy, staff } = reading;
  const [t, choices, words] = await Promise.all([getTranslations("admin.orders"), readBulkChoices(db, "orders", staff), readSelectionWords()]);
  const list = await openList(ORDERS, searchParams, reading, true);
  const { state } = list;
  const [{ orders, total, counts }, views, large] = await Promise.all([
    listOrdersForStaff(db, orderSearchOf(state, policy.timeZone), { sort: state.sort, ...pageWindow(state, LIST_PAGE) }), countViews(db), countOrders(db, { size: "large" }),
  ]);
  return (
    <>
      <PageHeader title={t("title")} actions={<Tools staff={staff} />} />
      <StrayNotices db={db} now={now} zone={policy.timeZone} />
      <ListFrame
        list={list} label={t("list")} search={t("search")} tabs={await tabsOf(counts, views, large)} fields={await fieldsOf()} columnsIn="admin.orders.columns" exportTo="/admin/orders/export.csv"
        bulk={{ choices, words, rowsKey: orders.map(({ id }) => id).join() }} shown={orders.length} total={total}
        first={<FirstUse title={t("first")} action={<ButtonLink href="/admin/products" size="dense">{t("toProducts")}</ButtonLink>}>{t("firstHint")}</FirstUse>}
      >
        <OrderTable orders={orders} now={now} zone={policy.timeZone} list={list.face} />
      </ListFrame>
    </>
  );
}

/** Ways to work on many at once, and at the counter. */
async function Tools({ staff }: { staff: Staff }) {
  const t = await getTranslations("adminFulfilment");
  if (!staff.permissions.has("orders.fulfil")) return null;
  return (
    <span className="flex flex-wrap gap-2">
      <ButtonLink href={hrefWith("/admin/orders/import")} size="dense"><Icon name="truck" size={16} />{t("import.title")}</ButtonLink>
      <ButtonLink href={hrefWith("/admin/verify")} size="dense"><Icon name="check" size={16} />{t("verify.title")}</ButtonLink>
    </span>
  );
}

async function tabsOf(counts: OrderCounts, views: ViewCounts, large: number): Promise<ListTab[]> {
  const [list, words, t] = await Promise.all([getTranslations("admin.list"), getTranslations("orders"), getTranslations("admin.orders")]);
  const toPickUp: ListTab = { label: words("views.to_pick_up"), count: views.to_pick_up, filters: { view: "to_pick_up" } };
  return [
    { label: list("all"), count: sumOf(counts), filters: {} },
    ...ORDER_STATUSES.flatMap((status): ListTab[] => {
      const tab: ListTab = { label: words(`status.${status}`), count: counts[status], filters: { status } };
      return status === "paid" ? [tab, toPickUp] : [tab];
    }),
    { label: t("large"), count: large, filters: { size: "large" } },
  ];
}

async function fieldsOf(): Promise<FilterField[]> {
  const [t, words, delivery] = await Promise.all([getTranslations("admin.orders"), getTranslations("orders"), getTranslations("adminFulfilment.delivery")]);
  const made = t("columns.createdAt");
  return [
    { name: "status", label: t("columns.status"), options: ORDER_STATUSES.map((value) => ({ value, label: words(`status.${value}`) })) },
    { name: "delivery", label: t("columns.delivery"), options: DELIVERIES.map((value) => ({ value, label: delivery(value) })) },
    { name: "size", label: t("amount"), options: [{ value: "large", label: t("largeFrom", { points: LARGE_POINTS, yuan: LARGE_CENTS / 100 }) }] },
    { name: "from", label: t("from"), kind: "day", group: made },
    { name: "to", label: t("to"), kind: "day", group: made },
    { name: "view", label: t("waiting"), kind: "hidden", chip: (value) => words(`views.${value as "to_pick_up"}`) },
  ];
}
