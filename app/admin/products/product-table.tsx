import { useLocale, useTranslations } from "next-intl";
import { inLanguage } from "../../(shop)/views";
import { DataTable, RowLink, type Column } from "@/components/admin/data-table";
import { hrefWith } from "@/components/admin/href";
import type { ListFace } from "@/components/admin/list-face";
import { Moment } from "@/components/admin/moment";
import { ProductStatusBadge } from "@/components/admin/product-status-badge";
import { Price } from "@/components/price";
import { ProductPicture } from "@/components/product-picture";
import { Badge } from "@/components/ui/badge";
import type { StaffProductRow } from "@/lib/catalog/staff-queries";
import { formatPoints } from "@/lib/i18n";

type ProductTableProps = { products: readonly StaffProductRow[]; now: Date; zone: string; list: ListFace };

export function ProductTable({ products, now, zone, list }: ProductTableProps) {
  const [t, delivered] = [useTranslations("admin.products"), useTranslations("adminFulfilment.delivery")];
  const locale = useLocale();
  const columns: Column<StaffProductRow>[] = [
    { key: "name", label: t("columns.name"), phone: "title", cell: (product) => <ProductName product={product} /> },
    { key: "status", label: t("columns.status"), phone: "corner", cell: ({ status }) => <ProductStatusBadge status={status} /> },
    { key: "category", label: t("columns.category"), phone: "pair", cell: ({ categoryName, categoryNameEn }) => inLanguage(locale, categoryName ?? "", categoryNameEn ?? "") || t("noCategory") },
    { key: "delivery", label: t("columns.delivery"), phone: "pair", cell: ({ delivery }) => delivered(delivery) },
    { key: "price", label: t("columns.price"), phone: "line", cell: (product) => <Price size="line" points={product.pointsPrice} cashCents={cashBeside(product)} className="text-dense!" /> },
    { key: "stock", label: t("columns.stock"), phone: "pair", end: true, cell: (product) => <Stock product={product} /> },
    { key: "redeemed", label: t("columns.redeemed"), phone: "pair", end: true, cell: ({ redeemedLast30Days }) => formatPoints(locale, redeemedLast30Days) },
    {
      key: "updated", label: t("columns.updated"), phone: "pair",
      cell: ({ updatedAt }) => <span className="text-muted"><Moment at={updatedAt} now={now} zone={zone} /></span>,
    },
  ];
  return <DataTable caption={t("caption")} columns={columns} rows={products} keyOf={({ id }) => id} list={list} nameOf={({ name, nameEn }) => inLanguage(locale, name, nameEn)} />;
}

/** Where points alone redeem it, the cash price is another way to pay, not a part of this one. */
const cashBeside = ({ priceMode, pointsPrice, cashPriceCents }: StaffProductRow): number => (priceMode === "points_cash" || pointsPrice === 0 ? cashPriceCents : 0);

function ProductName({ product }: { product: StaffProductRow }) {
  const t = useTranslations("admin.products");
  const locale = useLocale();
  const category = inLanguage(locale, product.categoryName ?? "", product.categoryNameEn ?? "") || t("noCategory");
  return (
    <span className="flex items-center gap-3">
      <ProductPicture picture={product.picture} cover={product.cover} className="size-10! shrink-0 rounded-control border border-border" />
      <span className="min-w-0">
        <RowLink href={hrefWith(`/admin/products/${product.id}`)} className="line-clamp-2">{inLanguage(locale, product.name, product.nameEn)}</RowLink>
        <span className="block text-caption text-muted">{product.skuCount > 1 ? t("categoryAndSkus", { category, skus: product.skuCount }) : category}</span>
      </span>
    </span>
  );
}

function Stock({ product }: { product: StaffProductRow }) {
  const t = useTranslations("admin.products");
  const locale = useLocale();
  const isAlarming = product.lowStock && product.status === "active";
  return (
    <span className="inline-flex items-center gap-2">
      {isAlarming && <Badge tone="warning">{product.stock === 0 ? t("soldOut") : t("low")}</Badge>}
      {formatPoints(locale, product.stock)}
    </span>
  );
}
