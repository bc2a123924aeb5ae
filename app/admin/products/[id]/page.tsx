import type { Metadata, Route } from "next";
import { useLocale, useTranslations } from "next-intl";
import { getTranslations } from "next-intl/server";
import { notFound } from "next/navigation";
import type { ReactNode } from "react";
import { readParams, type SearchParams } from "../../../(shop)/reading";
import { inLanguage } from "../../../(shop)/views";
import { idIn, startStaffReading } from "../../reading";
import { adjustStockForm, saveProductForm } from "../actions";
import { draftOf, readCategoryChoices, readProductWords } from "../form-parts";
import { StockMoves } from "./stock-moves";
import { ProductForm } from "@/components/admin/product-form";
import { ProductStatusBadge } from "@/components/admin/product-status-badge";
import { StockForm } from "@/components/admin/stock-form";
import { PageHeader } from "@/components/page-header";
import { ButtonLink } from "@/components/ui/button";
import { Card } from "@/components/ui/card";
import { Notice } from "@/components/ui/notice";
import { findProductForStaff, listStockMoves, type StaffProduct } from "@/lib/catalog/staff-queries";
import { publicId } from "@/lib/id";

const MOVES_SHOWN = 30;

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations("admin.products"))("edit") };
}

type ProductPageProps = { params: Promise<{ id: string }>; searchParams: SearchParams };

export default async function ProductPage({ params, searchParams }: ProductPageProps) {
  const { db, policy, locale, now } = await startStaffReading();
  const id = idIn((await params).id);
  const product = id === undefined ? null : await findProductForStaff(db, id);
  if (!product) notFound();
  const [t, words, categories, moves, { created }] = await Promise.all([
    getTranslations("admin.products"), readProductWords(), readCategoryChoices(db), listStockMoves(db, product.id, MOVES_SHOWN), readParams(searchParams, "created"),
  ]);
  return (
    <>
      <PageHeader
        title={inLanguage(locale, product.name, product.nameEn)} back={{ href: "/admin/products", label: t("title") }} lead={<ProductStatusBadge status={product.status} />}
        actions={product.status === "active" && <ButtonLink href={`/products/${product.slug}` as Route} size="dense">{t("seeInShop")}</ButtonLink>}
      />
      {created === "1" && <Notice tone="success" role="status" className="mb-4">{product.status === "active" ? t("createdActive") : t("created")}</Notice>}
      <ProductForm product={draftOf(product)} categories={categories} pointsPerYuan={policy.pointsPerYuan} words={words} requestId={publicId()} action={saveProductForm} />
      <StockPanel product={product}>
        <StockMoves moves={moves} now={now} zone={policy.timeZone} severalSkus={product.skus.length > 1} />
      </StockPanel>
    </>
  );
}

function StockPanel({ product, children }: { product: StaffProduct; children: ReactNode }) {
  const locale = useLocale();
  const t = useTranslations("admin.stock");
  const common = useTranslations("common");
  const choices = product.skus.map((sku, index) => ({ id: sku.id, stock: sku.stock, name: inLanguage(locale, sku.name, sku.nameEn) || t("skuNumber", { number: index + 1 }) }));
  return (
    <Card as="section" aria-labelledby="stock-title" className="mt-4">
      <h2 id="stock-title" className="mb-3 text-section font-semibold">{t("title")}</h2>
      <div className="grid gap-6 lg:grid-cols-[minmax(0,20rem)_minmax(0,1fr)]">
        <StockForm
          skus={choices} requestId={publicId()} action={adjustStockForm}
          words={{
            sku: t("sku"), current: t.raw("current"), add: t("add"), take: t("take"), direction: t("direction"), pieces: t("pieces"), note: t("note"), noteHint: t("noteHint"),
            after: t.raw("after"), submit: t("submit"), pending: common("pending"),
          }}
        />
        {children}
      </div>
    </Card>
  );
}
