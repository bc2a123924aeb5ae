import type { Metadata, Route } from "next";
import { getTranslations } from "next-intl/server";
import { notFound } from "next/navigation";
import { cache } from "react";
import { readParams, startReading, type Reading, type SearchParams } from "../../reading";
import { readViewer } from "../../viewer";
import { inLanguage } from "../../views";
import { AffordabilityMeter } from "./affordability-meter";
import { countView } from "./count-view";
import { FlashPanel } from "./flash-panel";
import { Gallery } from "./gallery";
import { mainOffer, obstacleFor, offerViews, type OfferView } from "./offer-view";
import { RedeemPanel } from "./redeem-panel";
import { Reviews } from "./reviews";
import { StockWatch } from "./stock-watch";
import { Markdown } from "@/components/markdown";
import { PageHeader } from "@/components/page-header";
import { Price } from "@/components/price";
import { BasePrice, PriceLabel } from "@/components/product-card";
import { Badge } from "@/components/ui/badge";
import { ButtonLink } from "@/components/ui/button-link";
import { Icon } from "@/components/ui/icon";
import { db } from "@/db/client";
import { currentShopper } from "@/lib/auth";
import { countBought, findProduct, type ProductPage } from "@/lib/catalog/queries";
import { plainText } from "@/lib/markdown";
import { startOfDay } from "@/lib/day";
import { formatInstant } from "@/lib/i18n";
import { getBalance } from "@/lib/points/queries";

type Props = { params: Promise<{ slug: string }>; searchParams: SearchParams };

const readProduct = cache(async (slug: string) => findProduct(db(), slug.slice(0, 80), (await readViewer()).standing));

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  const [product, { locale }] = await Promise.all([readProduct((await params).slug), startReading()]);
  if (!product) return {};
  const description = plainText(inLanguage(locale, product.description, product.descriptionEn)).slice(0, 160);
  return { title: inLanguage(locale, product.name, product.nameEn), description: description || undefined };
}

export default async function ProductPageRoute({ params, searchParams }: Props) {
  const [product, shopper, reading, { redeem }] = await Promise.all([readProduct((await params).slug), currentShopper(), startReading(), readParams(searchParams, "redeem")]);
  if (!product) notFound();
  if (shopper) await countView(shopper.id, product.id);
  const { db: reader, now, today, policy, locale } = reading;
  const [{ standing }, balance, bought] = await Promise.all([
    readViewer(), shopper && getBalance(reader, shopper.id, now),
    shopper ? countBought(reader, shopper.id, product.skus.map(({ id }) => id), startOfDay(today, policy.timeZone)) : new Map(),
  ]);
  const offers = offerViews(product, { standing, bought, now, pointsPerYuan: policy.pointsPerYuan, locale });
  const first = mainOffer(offers);
  const obstacle = obstacleFor(product, offers, standing, locale);
  return (
    <article className="grid gap-x-10 gap-y-5 pb-20 md:grid-cols-2 lg:grid-cols-[minmax(0,5fr)_minmax(0,6fr)] lg:pb-0">
      <div className="md:sticky md:top-24 md:self-start">
        <Gallery product={product} reading={reading} />
      </div>
      <div className="min-w-0">
        <Heading product={product} reading={reading} />
        <p className="flex flex-wrap items-baseline gap-x-3 gap-y-1">
          <Price points={first.shownPoints} cashCents={first.shownCashCents} size="page" />
          {first.base && <BasePrice {...first.base} />}
          {first.pricedFor !== null && <PriceLabel level={first.pricedFor} />}
        </p>
        <Facts product={product} offer={first} reading={reading} />
        {balance && first.shownPoints > 0 && obstacle?.reason !== "not_eligible" && <AffordabilityMeter points={first.shownPoints} balance={balance.pointsAvailable} locale={reading.locale} />}
        <FlashPanel product={product} shopper={shopper} balance={balance} reading={reading} />
        <div className="peer-data-[open=true]/flash:hidden"><RedeemPanel product={product} offers={offers} first={first} obstacle={obstacle} shopper={shopper} balance={balance} reading={reading} startOpen={redeem === "1"} /></div>
        <StockWatch product={product} offers={offers} shopper={shopper} db={reading.db} />
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

/** What is to be known before redeeming: how many are left, how it comes, how many one may have, and while it can be had. */
async function Facts({ product, offer, reading: { locale, policy, now } }: { product: ProductPage; offer: OfferView; reading: Reading }) {
  const t = await getTranslations("product");
  const { from, until } = offer.window;
  const moment = (at: Date): string => formatInstant(locale, at, policy.timeZone);
  const isOver = until !== null && until <= now;
  return (
    <ul className="mt-3 flex flex-wrap gap-2">
      <li><Badge tone={offer.stock === 0 ? "neutral" : offer.stock <= 5 ? "streak" : "success"} progress={offer.stock === 0 ? "ended" : "done"}>{t("stock", { stock: offer.stock })}</Badge></li>
      <li><Badge><Icon name={product.delivery === "shipped" ? "truck" : "ticket"} size={16} />{t(`delivery.${product.delivery}`)}</Badge></li>
      {offer.limitPerUser > 0 && <li><Badge><Icon name="user" size={16} />{t("limitPerUser", { limit: offer.limitPerUser })}</Badge></li>}
      {offer.limitPerDay > 0 && <li><Badge><Icon name="user" size={16} />{t("limitPerDay", { limit: offer.limitPerDay })}</Badge></li>}
      {from && from > now && !isOver && <li><Badge tone="info"><Icon name="clock" size={16} />{t("window.from", { time: moment(from) })}</Badge></li>}
      {until && <li><Badge tone={isOver ? "neutral" : "warning"}><Icon name="clock" size={16} />{t(isOver ? "window.over" : "window.until", { time: moment(until) })}</Badge></li>}
    </ul>
  );
}

async function Details({ product, reading: { locale, policy } }: { product: ProductPage; reading: Reading }) {
  const t = await getTranslations("product");
  const description = inLanguage(locale, product.description, product.descriptionEn);
  const sections = [
    ...(description ? [{ key: "details", title: t("details"), body: <Markdown source={description} />, open: true }] : []),
    { key: "delivery", title: t("deliveryTitle"), body: t(`deliveryNotes.${product.delivery}`), open: false },
    { key: "rules", title: t("rulesTitle"), body: t("rules", { minutes: policy.paymentMinutes }), open: false },
  ];
  return (
    <div className="mt-6 divide-y divide-border border-y border-border">
      {sections.map((section) => (
        <details key={section.key} open={section.open} className="group">
          <summary className="flex min-h-12 list-none items-center justify-between font-medium">
            <h2>{section.title}</h2>
            <Icon name="chevron-down" className="text-muted transition-transform group-open:rotate-180" />
          </summary>
          <div className="pb-4 whitespace-pre-line text-muted">{section.body}</div>
        </details>
      ))}
    </div>
  );
}
