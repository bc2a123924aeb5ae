import type { Metadata } from "next";
import { getTranslations } from "next-intl/server";
import type { Reading, SearchParams } from "../../(shop)/reading";
import { inLanguage } from "../../(shop)/views";
import { readBulkChoices, readSelectionWords } from "../bulk/bulk-choices";
import { ListFrame, openList, type ListTab } from "../list-frame";
import { startStaffReading } from "../reading";
import { ProductTable } from "./product-table";
import type { FilterField } from "@/components/admin/list-filters";
import { FirstUse } from "@/components/admin/list-empty";
import { PageHeader } from "@/components/page-header";
import { ButtonLink } from "@/components/ui/button-link";
import { Icon } from "@/components/ui/icon";
import { DELIVERIES, PRODUCT_STATUSES } from "@/db/schema/catalog";
import { listCategoryTree } from "@/lib/catalog/categories/queries";
import { PRODUCTS, productSearchOf } from "@/lib/catalog/staff-list";
import { listProductsForStaff, type ProductCounts } from "@/lib/catalog/staff-queries";
import { LIST_PAGE, pageWindow } from "@/lib/list-address";

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations("admin.products"))("title") };
}

const sumOf = (counts: ProductCounts): number => PRODUCT_STATUSES.reduce((sum, status) => sum + counts[status], 0);

export default async function ProductsPage({ searchParams }: { searchParams: SearchParams }) {
  const reading = await startStaffReading("products.read", "/admin/products");
  const { db, now, policy, staff } = reading;
  const [t, choices, words] = await Promise.all([getTranslations("admin.products"), readBulkChoices(db, "products", staff), readSelectionWords()]);
  const list = await openList(PRODUCTS, searchParams, reading, true);
  const { state } = list;
  const { products, total, counts } = await listProductsForStaff(db, productSearchOf(state), { sort: state.sort, ...pageWindow(state, LIST_PAGE) }, { now, lowStockMax: policy.lowStock });
  const mayWrite = staff.permissions.has("products.write");
  return (
    <>
      <PageHeader title={t("title")} actions={mayWrite && <NewProduct label={t("new")} />} />
      <ListFrame
        list={list} label={t("list")} search={t("search")} tabs={await tabsOf(counts)} fields={await fieldsOf(reading)} columnsIn="admin.products.columns" exportTo="/admin/products/export.csv"
        bulk={{ choices, words, rowsKey: products.map(({ id }) => id).join() }} shown={products.length} total={total}
        first={<FirstUse title={t("first")} action={mayWrite && <NewProduct label={t("new")} />}>{t("firstHint")}</FirstUse>}
      >
        <ProductTable products={products} now={now} zone={policy.timeZone} list={list.face} />
      </ListFrame>
    </>
  );
}

const NewProduct = ({ label }: { label: string }) => <ButtonLink href="/admin/products/new" look="primary" size="dense"><Icon name="plus" size={16} />{label}</ButtonLink>;

async function tabsOf(counts: ProductCounts): Promise<ListTab[]> {
  const [list, status] = await Promise.all([getTranslations("admin.list"), getTranslations("admin.productStatus")]);
  return [{ label: list("all"), count: sumOf(counts), filters: {} }, ...PRODUCT_STATUSES.map((each): ListTab => ({ label: status(each), count: counts[each], filters: { status: each } }))];
}

async function fieldsOf({ db, locale }: Reading): Promise<FilterField[]> {
  const [t, status, delivery, categories] = await Promise.all([getTranslations("admin.products"), getTranslations("admin.productStatus"), getTranslations("adminFulfilment.delivery"), listCategoryTree(db)]);
  return [
    { name: "status", label: t("columns.status"), options: PRODUCT_STATUSES.map((value) => ({ value, label: status(value) })) },
    { name: "category", label: t("columns.category"), options: categories.map(({ id, name, nameEn }) => ({ value: id, label: inLanguage(locale, name, nameEn) })) },
    { name: "stock", label: t("stockState"), options: [{ value: "low", label: t("lowStockOnly") }, { value: "out", label: t("outOfStock") }] },
    { name: "delivery", label: t("columns.delivery"), options: DELIVERIES.map((value) => ({ value, label: delivery(value) })) },
  ];
}
