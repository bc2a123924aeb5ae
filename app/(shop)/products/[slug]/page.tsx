import type { Metadata, Route } from "next";
import { getTranslations } from "next-intl/server";
import { notFound } from "next/navigation";
import { cache } from "react";
import { readParams, startReading, type Reading, type SearchParams } from "../../reading";
import { inLanguage } from "../../views";
import { AffordabilityMeter } from "./affordability-meter";
import { offerViews, type OfferView } from "./offer-view";
import { RedeemPanel } from "./redeem-panel";
import { Reviews } from "./reviews";
import { PageHeader } from "@/components/page-header";
import { Price } from "@/components/price";
import { ProductPicture } from "@/components/product-picture";
import { Badge } from "@/components/ui/badge";
import { ButtonLink } from "@/components/ui/button";
import { Icon } from "@/components/ui/icon";
import { db } from "@/db/client";
import { currentShopper } from "@/lib/auth";
import { countBought, findProduct, type ProductPage } from "@/lib/catalog/queries";
import { getBalance } from "@/lib/points/queries";

type Props = { params: Promise<{ slug: string }>; searchParams: SearchParams };

const readProduct = cache((slug: string) => findProduct(db(), slug.slice(0, 80)));

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  const [product, { locale }] = await Promise.all([readProduct((await params).slug), startReading()]);
  if (!product) return {};
  const description = inLanguage(locale, product.description, product.descriptionEn).slice(0, 160);
  return { title: inLanguage(locale, product.name, product.nameEn), description: description || undefined };
}

export default async function ProductPageRoute({ params, searchParams }: Props) {
  const [product, shopper, reading, { redeem }] = await Promise.all([readProduct((await params).slug), currentShopper(), startReading(), readParams(searchParams, "redeem")]);
  if (!product) notFound();
  const [balance, bought] = shopper
    ? await Promise.all([getBalance(reading.db, shopper.id, reading.now), countBought(reading.db, shopper.id, product.id)])
    : [null, {}];
  const offers = offerViews(product, bought, reading.locale);
  const first = offers.find((offer) => offer.stock > 0) ?? offers[0]!;
  return (
    <article className="grid gap-x-10 gap-y-5 pb-20 md:grid-cols-2 lg:grid-cols-[minmax(0,5fr)_minmax(0,6fr)] lg:pb-0">
      <div className="md:sticky md:top-24 md:self-start">
        <ProductPicture picture={product.picture} eager className="rounded-hero border border-border" />
      </div>
      <div className="min-w-0">
        <Heading product={product} reading={reading} />
        <Price points={first.shownPoints} cashCents={first.shownCashCents} size="page" />
        <Facts product={product} offer={first} />
        {balance && first.shownPoints > 0 && <AffordabilityMeter points={first.shownPoints} balance={balance.pointsAvailable} locale={reading.locale} />}
        <RedeemPanel product={product} offers={offers} first={first} shopper={shopper} balance={balance} reading={reading} startOpen={redeem === "1"} />
        <Details product={product} reading={reading} />
        <Reviews product={product} reading={reading} searchParams={searchParams} />
      </div>
    </article>
  );
}

async function Heading({ product, reading: { locale } }: { product: ProductPage; reading: Reading }) {
  const [t, share] = await Promise.all([getTranslations("product"), getTranslations("share")]);
  return (
    <PageHeader
      title={inLanguage(locale, product.name, product.nameEn)}
      actions={<ButtonLink href={`/invite?product=${product.slug}` as Route} prefetch={false} size="filter">{share("share")}</ButtonLink>}
      back={product.category
        ? { href: `/shop?category=${product.category.slug}`, label: inLanguage(locale, product.category.name, product.category.nameEn) }
        : { href: "/shop", label: t("allGoods") }}
    />
  );
}

async function Facts({ product, offer }: { product: ProductPage; offer: OfferView }) {
  const t = await getTranslations("product");
  return (
    <ul className="mt-3 flex flex-wrap gap-2">
      <li><Badge tone={offer.stock === 0 ? "neutral" : offer.stock <= 5 ? "streak" : "success"} progress={offer.stock === 0 ? "ended" : "done"}>{t("stock", { stock: offer.stock })}</Badge></li>
      <li><Badge><Icon name={product.delivery === "shipped" ? "truck" : "ticket"} size={16} />{t(`delivery.${product.delivery}`)}</Badge></li>
      {offer.limitPerUser > 0 && <li><Badge><Icon name="user" size={16} />{t("limitPerUser", { limit: offer.limitPerUser })}</Badge></li>}
    </ul>
  );
}

async function Details({ product, reading: { locale, policy } }: { product: ProductPage; reading: Reading }) {
  const t = await getTranslations("product");
  const description = inLanguage(locale, product.description, product.descriptionEn);
  const sections = [
    ...(description ? [{ key: "details", title: t("details"), body: description, open: true }] : []),
    { key: "delivery", title: t("deliveryTitle"), body: t(`deliveryNotes.${product.delivery}`), open: false },
    { key: "rules", title: t("rulesTitle"), body: t("rules", { minutes: policy.paymentMinutes }), open: false },
  ];
  return (
    <div className="mt-6 divide-y divide-border border-y border-border">
      {sections.map((section) => (
        <details key={section.key} open={section.open} className="group">
          <summary className="flex min-h-12 list-none items-center justify-between font-medium">
            {section.title}
            <Icon name="chevron-down" className="text-muted transition-transform group-open:rotate-180" />
          </summary>
          <p className="pb-4 whitespace-pre-line text-muted">{section.body}</p>
        </details>
      ))}
    </div>
  );
}
