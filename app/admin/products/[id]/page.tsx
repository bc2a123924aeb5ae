import type { Metadata, Route } from "next";
import { useLocale, useTranslations } from "next-intl";
import { getTranslations } from "next-intl/server";
import { notFound } from "next/navigation";
import type { ReactNode } from "react";
import { readParams, type SearchParams } from "../../../(shop)/reading";
import { inLanguage } from "../../../(shop)/views";
import { idIn, startStaffReading } from "../../reading";
import { adjustStockForm, previewDescription, saveProductForm } from "../actions";
import { draftOf, readProductChoices, readProductWords } from "../form-parts";
import { PicturePanel } from "./picture-panel";
import { StockMoves } from "./stock-moves";
import { ProductForm } from "@/components/admin/product-form";
import { ProductStatusBadge } from "@/components/admin/product-status-badge";
import { StockForm } from "@/components/admin/stock-form";
import { ReadOnly } from "@/components/admin/read-only";
import { PageHeader } from "@/components/page-header";
import { ButtonLink } from "@/components/ui/button-link";
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
  const reading = await startStaffReading("products.read");
  const { db, policy, locale, now, staff } = reading;
  const isReader = !staff.permissions.has("products.write");
  const id = idIn((await params).id);
  const product = id === undefined ? null : await findProductForStaff(db, id);
  if (!product) notFound();
  const [t, words, choices, moves, { created }] = await Promise.all([
    getTranslations("admin.products"), readProductWords(), readProductChoices(reading), listStockMoves(db, product.id, MOVES_SHOWN), readParams(searchParams, "created"),
  ]);
  return (
    <>
      <PageHeader
        title={inLanguage(locale, product.name, product.nameEn)} back={{ href: "/admin/products", label: t("title") }} lead={<ProductStatusBadge status={product.status} />}
        actions={product.status === "active" && <ButtonLink href={`/products/${product.slug}` as Route} size="dense">{t("seeInShop")}</ButtonLink>}
      />
      {created === "1" && <Notice tone="success" role="status" className="mb-4">{product.status === "active" ? t("createdActive") : t("created")}</Notice>}
      <ReadOnly when={isReader}><ProductForm product={draftOf(product, choices, policy.timeZone)} choices={choices} words={words} requestId={publicId()} action={saveProductForm} preview={previewDescription} /></ReadOnly>
      {!isReader && <PicturePanel productId={product.id} db={db} />}
      <StockPanel product={product} mayAdjust={!isReader} managesCodes={staff.permissions.has("codes.write")}>
        <StockMoves moves={moves} now={now} zone={policy.timeZone} severalSkus={product.skus.length > 1} />
      </StockPanel>
    </>
  );
}

function StockPanel({ product, mayAdjust, managesCodes, children }: { product: StaffProduct; mayAdjust: boolean; managesCodes: boolean; children: ReactNode }) {
  const locale = useLocale();
  const t = useTranslations("admin.stock");
  const common = useTranslations("common");
  const named = product.skus.map((sku, index) => ({ id: sku.id, stock: sku.stock, hasCodes: sku.hasCodes, name: inLanguage(locale, sku.name, sku.nameEn) || t("skuNumber", { number: index + 1 }) }));
  const counted = named.filter(({ hasCodes }) => !hasCodes);
  return (
    <Card as="section" aria-labelledby="stock-title" className="mt-4">
      <h2 id="stock-title" className="mb-3 text-section font-semibold">{t("title")}</h2>
      <div className="grid gap-6 lg:grid-cols-[minmax(0,20rem)_minmax(0,1fr)]">
        <div className="grid content-start gap-4">
          {mayAdjust && counted.length > 0 && (
            <StockForm
              skus={counted} requestId={publicId()} action={adjustStockForm}
              words={{
                sku: t("sku"), current: t.raw("current"), add: t("add"), take: t("take"), direction: t("direction"), pieces: t("pieces"), note: t("note"), noteHint: t("noteHint"),
                after: t.raw("after"), submit: t("submit"), pending: common("pending"),
              }}
            />
          )}
          {counted.length < named.length && (
            <Notice>
              <p>{t("codesNote")}</p>
              {managesCodes && <ButtonLink href={`/admin/products/${product.id}/codes` as Route} size="filter" className="mt-2">{t("manageCodes")}</ButtonLink>}
            </Notice>
          )}
        </div>
        {children}
      </div>
    </Card>
  );
}
