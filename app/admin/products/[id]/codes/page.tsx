import type { Metadata } from "next";
import { getLocale, getTranslations } from "next-intl/server";
import { notFound } from "next/navigation";
import { inLanguage } from "../../../../(shop)/views";
import { idIn, startStaffReading } from "../../../reading";
import { addCodesForm, voidCodesForm } from "./actions";
import { AddCodes, VoidCodes } from "./pool-forms";
import { hrefWith } from "@/components/admin/href";
import { FirstUse } from "@/components/admin/list-empty";
import { PageHeader } from "@/components/page-header";
import { ButtonLink } from "@/components/ui/button-link";
import { Card } from "@/components/ui/card";
import { findPools, type CodePool } from "@/lib/catalog/codes/queries";
import { formatPoints } from "@/lib/i18n";
import { publicId } from "@/lib/id";

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations("adminFulfilment.pool"))("title") };
}

export default async function CodesPage({ params }: { params: Promise<{ id: string }> }) {
  const { db, locale } = await startStaffReading("codes.write", "/admin/products");
  const id = idIn((await params).id);
  const product = id === undefined ? null : await findPools(db, id);
  if (!product) notFound();
  const t = await getTranslations("adminFulfilment.pool");
  const toProduct = <ButtonLink href={hrefWith(`/admin/products/${product.id}`)} size="dense">{t("toProduct")}</ButtonLink>;
  return (
    <>
      <PageHeader title={t("title")} back={{ href: hrefWith(`/admin/products/${product.id}`), label: inLanguage(locale, product.name, product.nameEn) }} lead={t("lead")} />
      {product.pools.length === 0
        ? <Card as="section" padded={false}><FirstUse title={t("empty")} action={toProduct}>{t("emptyHint")}</FirstUse></Card>
        : <div className="grid max-w-3xl gap-4">{product.pools.map((pool) => <Pool key={pool.skuId} pool={pool} />)}</div>}
    </>
  );
}

async function Pool({ pool }: { pool: CodePool }) {
  const [t, common, locale] = await Promise.all([getTranslations("adminFulfilment.pool"), getTranslations("common"), getLocale()]);
  const pending = common("pending");
  const counts = [["stock", pool.stock], ["free", pool.free], ["sold", pool.sold], ["void", pool.void]] as const;
  return (
    <Card as="section" aria-labelledby={`pool-${pool.skuId}`} className="grid gap-4">
      <h2 id={`pool-${pool.skuId}`} className="text-section font-semibold">{inLanguage(locale, pool.name, pool.nameEn) || t("oneSku")}</h2>
      <dl className="grid grid-cols-2 gap-2 sm:grid-cols-4">
        {counts.map(([name, count]) => (
          <div key={name} className="rounded-control bg-sunken px-3 py-2">
            <dt className="text-caption text-muted">{t(`counts.${name}`)}</dt>
            <dd className="text-section font-semibold tabular-nums">{formatPoints(locale, count)}</dd>
          </div>
        ))}
      </dl>
      <AddCodes
        key={`add-${pool.free}-${pool.void}`} action={addCodesForm} skuId={pool.skuId} requestId={publicId()}
        words={{ title: t("add.title"), codes: t("add.codes"), hint: t("add.hint"), file: t("add.file"), submit: t("add.submit"), pending }}
      />
      {pool.free > 0 && (
        <VoidCodes
          key={`void-${pool.free}`} action={voidCodesForm} skuId={pool.skuId} requestId={publicId()}
          words={{ open: t("void.open"), codes: t("void.codes"), hint: t("void.hint"), all: t("void.all"), note: t("void.note"), submit: t("void.submit"), pending }}
        />
      )}
    </Card>
  );
}
