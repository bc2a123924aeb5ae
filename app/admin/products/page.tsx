import type { Metadata } from "next";
import { getLocale, getTranslations } from "next-intl/server";
import type { Reading, SearchParams } from "../../(shop)/reading";
import { inLanguage } from "../../(shop)/views";
import { startStaffReading } from "../reading";
import { PRODUCTS_PER_PAGE, productsHref, readProductFilter, type ProductFilter } from "./filter";
import { ProductTable } from "./product-table";
import { FirstUse, NoResults } from "@/components/admin/list-empty";
import { Pager, ResourceIndex, type Chip } from "@/components/admin/resource-index";
import { PageHeader } from "@/components/page-header";
import { ButtonLink } from "@/components/ui/button";
import { Icon } from "@/components/ui/icon";
import { PRODUCT_STATUSES } from "@/db/schema/catalog";
import { findCategoryForStaff } from "@/lib/catalog/categories/queries";
import { listProductsForStaff, type ProductCounts } from "@/lib/catalog/staff-queries";
import { formatPoints } from "@/lib/i18n";

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations("admin.products"))("title") };
}

const sumOf = (counts: ProductCounts): number => PRODUCT_STATUSES.reduce((sum, status) => sum + counts[status], 0);

export default async function ProductsPage({ searchParams }: { searchParams: SearchParams }) {
  const reading = await startStaffReading("/admin/products");
  const { db, now, policy } = reading;
  const [t, filter] = await Promise.all([getTranslations("admin.products"), readProductFilter(searchParams)]);
  const { products, total, counts } = await listProductsForStaff(
    db,
    { search: filter.q, status: filter.status, lowStockOnly: filter.stock === "low", categoryId: filter.category, page: filter.page, pageSize: PRODUCTS_PER_PAGE },
    { now, lowStockMax: policy.lowStock },
  );
  const clear = productsHref(filter, { q: "", stock: undefined, category: undefined });
  return (
    <>
      <PageHeader title={t("title")} actions={<NewProduct label={t("new")} />} />
      <ResourceIndex
        label={t("list")} views={await viewsOf(filter, counts)} chips={await chipsOf(filter, reading)} clear={clear}
        search={{ action: "/admin/products", label: t("search"), value: filter.q, keep: { status: filter.status, stock: filter.stock, category: filter.category?.toString() } }}
        pager={products.length > 0 && <ProductPager filter={filter} shown={products.length} total={total} />}
      >
        {products.length > 0 ? <ProductTable products={products} now={now} zone={policy.timeZone} /> : sumOf(counts) === 0 ? (
          <FirstUse title={t("first")} action={<NewProduct label={t("new")} />}>{t("firstHint")}</FirstUse>
        ) : <NoResults clear={productsHref(filter, { q: "", stock: undefined, category: undefined, status: undefined })} />}
      </ResourceIndex>
    </>
  );
}

const NewProduct = ({ label }: { label: string }) => <ButtonLink href="/admin/products/new" look="primary" size="dense"><Icon name="plus" size={16} />{label}</ButtonLink>;

async function viewsOf(filter: ProductFilter, counts: ProductCounts) {
  const [t, status, locale] = await Promise.all([getTranslations("admin.list"), getTranslations("admin.productStatus"), getLocale()]);
  return {
    label: t("views"),
    tabs: [
      { href: productsHref(filter, { status: undefined }), label: t("all"), current: !filter.status, count: formatPoints(locale, sumOf(counts)) },
      ...PRODUCT_STATUSES.map((each) => ({ href: productsHref(filter, { status: each }), label: status(each), current: filter.status === each, count: formatPoints(locale, counts[each]) })),
    ],
  };
}

async function chipsOf(filter: ProductFilter, { db, locale }: Reading): Promise<Chip[]> {
  const [t, list] = await Promise.all([getTranslations("admin.products"), getTranslations("admin.list")]);
  const chips: Chip[] = [];
  if (filter.q) chips.push({ key: "q", label: list("searchChip", { text: filter.q }), href: productsHref(filter, { q: "" }) });
  if (filter.stock) chips.push({ key: "stock", label: t("lowStockOnly"), href: productsHref(filter, { stock: undefined }) });
  if (filter.category) {
    const category = await findCategoryForStaff(db, filter.category);
    const name = category ? inLanguage(locale, category.name, category.nameEn) : String(filter.category);
    chips.push({ key: "category", label: t("inCategory", { name }), href: productsHref(filter, { category: undefined }) });
  }
  return chips;
}

async function ProductPager({ filter, shown, total }: { filter: ProductFilter; shown: number; total: number }) {
  const t = await getTranslations("admin.list");
  const first = (filter.page - 1) * PRODUCTS_PER_PAGE + 1;
  const last = first + shown - 1;
  return (
    <Pager
      summary={t("range", { first, last, total })}
      previous={filter.page > 1 ? productsHref(filter, { page: filter.page - 1 }) : null}
      next={last < total ? productsHref(filter, { page: filter.page + 1 }) : null}
    />
  );
}
