import type { Metadata, Route } from "next";
import { getTranslations } from "next-intl/server";
import { readParams, type SearchParams } from "../../../(shop)/reading";
import { inLanguage } from "../../../(shop)/views";
import { oneOf } from "../../reading";
import { percentOf } from "../format";
import { openReports, type ReportReading } from "../reading";
import { NothingInIt, ReportCard, ReportFrame } from "../report-frame";
import { DataTable, RowLink } from "@/components/admin/data-table";
import { hrefWith } from "@/components/admin/href";
import { NavTabs } from "@/components/ui/nav-tabs";
import { formatCash, formatDay, formatPoints } from "@/lib/i18n";
import { getProductReport } from "@/lib/reports/effect-queries";
import { PRODUCT_SORTS, type ProductReport, type ProductRow, type ProductSort } from "@/lib/reports/products";

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations("adminReports.tabs"))("products") };
}

const SHOWN_MAX = 100;

/** What each product did: looked at, ordered, brought in, taken back. */
export default async function ProductsReportPage({ searchParams }: { searchParams: SearchParams }) {
  const reading = await openReports("/admin/reports/products", searchParams);
  const { db, range, state } = reading;
  if (!state.builtAt) return <ReportFrame reading={reading} current="products">{null}</ReportFrame>;
  const sort = oneOf(PRODUCT_SORTS, (await readParams(searchParams, "sort")).sort) ?? "pieces";
  return (
    <ReportFrame reading={reading} current="products" keep={{ sort }}>
      <Products report={await getProductReport(db, range, sort)} sort={sort} reading={reading} />
    </ReportFrame>
  );
}

async function Products({ report: { rows, range }, sort, reading: { locale, days, csvOf } }: { report: ProductReport; sort: ProductSort; reading: ReportReading }) {
  const t = await getTranslations("adminReports.productTable");
  const count = (key: "views" | "orders" | "pieces" | "points" | "refundedPieces" | "stock") => ({ key, label: t(key), end: true, phone: "pair" as const, sorted: key === sort ? ("descending" as const) : undefined, cell: (row: ProductRow) => formatPoints(locale, row[key]) });
  return (
    <ReportCard id="products" title={t("title")} lead={t("lead", { first: formatDay(locale, range.first), last: formatDay(locale, range.last) })} definition={t("means")} csv={csvOf("products", { sort })}>
      {rows.length === 0 ? <NothingInIt>{t("none")}</NothingInIt> : (
        <>
          <NavTabs
            label={t("sort")} look="plain" className="mb-2"
            tabs={PRODUCT_SORTS.map((key) => ({ href: hrefWith("/admin/reports/products", { days, sort: key }), label: t(key), current: key === sort }))}
          />
          <div role="group" aria-label={t("title")} tabIndex={0} className="relative -mx-4 overflow-x-auto">
            <DataTable
              caption={t("caption", { sort: t(sort) })} rows={rows.slice(0, SHOWN_MAX)} keyOf={({ productId }) => productId}
              columns={[
                { key: "name", label: t("name"), phone: "title", cell: (row) => <RowLink href={`/admin/products/${row.productId}` as Route}>{inLanguage(locale, row.name, row.nameEn)}</RowLink> },
                count("views"), count("orders"),
                { key: "conversion", label: t("conversion"), end: true, phone: "pair", cell: (row) => percentOf(locale, row.conversion) },
                count("pieces"), count("points"),
                { key: "cashCents", label: t("cashCents"), end: true, phone: "pair", sorted: sort === "cashCents" ? "descending" : undefined, cell: (row) => formatCash(locale, row.cashCents) },
                count("refundedPieces"), count("stock"),
              ]}
            />
          </div>
          {rows.length > SHOWN_MAX && <p className="mt-3 text-caption text-muted">{t("more", { shown: SHOWN_MAX, total: rows.length })}</p>}
        </>
      )}
    </ReportCard>
  );
}
