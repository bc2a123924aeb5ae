import type { Metadata } from "next";
import { getTranslations } from "next-intl/server";
import { readParams, startReading, type Reading, type SearchParams } from "../reading";
import { cardView, inLanguage } from "../views";
import { loadProducts } from "./actions";
import { isFiltered, readFilter, shopHref, type ShopFilter } from "./filter";
import { findGoods, type Goods } from "./goods";
import { SearchForm } from "./search-form";
import { EmptyState } from "@/components/empty-state";
import { LoadMore } from "@/components/load-more";
import { PageHeader } from "@/components/page-header";
import { ProductCard, ProductGrid } from "@/components/product-card";
import { ButtonLink } from "@/components/ui/button";
import { NavTabs } from "@/components/ui/nav-tabs";
import { currentShopper } from "@/lib/auth";
import { listCategories, listProducts, SORTS, type Category } from "@/lib/catalog/queries";
import { formatPoints } from "@/lib/i18n";
import { readPointsAvailable } from "@/lib/points/queries";

type ShopPageProps = { searchParams: SearchParams };

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations("shop");
  return { title: t("title"), description: t("description") };
}

export default async function ShopPage({ searchParams }: ShopPageProps) {
  const [reading, params, shopper, t] = await Promise.all([startReading(), readParams(searchParams, "q", "category", "sort", "affordable", "after"), currentShopper(), getTranslations("shop")]);
  const balance = shopper ? await readPointsAvailable(shopper.id) : null;
  const filter = readFilter(params);
  const [goods, categories] = await Promise.all([findGoods(reading.db, filter, balance, params.after), listCategories(reading.db)]);
  return (
    <>
      <PageHeader title={t("title")} lead={balance === null ? undefined : t("youHave", { points: formatPoints(reading.locale, balance) })} />
      <SearchForm filter={filter} />
      <Filters filter={filter} categories={categories} reading={reading} isGuest={shopper === null} />
      <p role="status" className="my-3 text-caption text-muted">{t("results", { count: goods.total })}</p>
      {goods.products.length > 0
        ? <GoodsGrid goods={goods} filter={filter} balance={balance} reading={reading} />
        : <NothingFound filter={filter} balance={balance} reading={reading} />}
    </>
  );
}

async function Filters({ filter, categories, reading: { locale }, isGuest }: { filter: ShopFilter; categories: readonly Category[]; reading: Reading; isGuest: boolean }) {
  const t = await getTranslations("shop");
  return (
    <div className="grid grid-cols-[minmax(0,1fr)] gap-1.5 lg:flex lg:flex-wrap lg:items-center lg:justify-between">
      <NavTabs
        label={t("categories")}
        tabs={[
          { href: shopHref(filter, { category: "" }), label: t("all"), current: filter.category === "" },
          ...categories.map(({ slug, name, nameEn }) => ({ href: shopHref(filter, { category: slug }), label: inLanguage(locale, name, nameEn), current: filter.category === slug })),
        ]}
      />
      <div className="flex items-center gap-2">
        {!isGuest && <NavTabs label={t("only")} tabs={[{ href: shopHref(filter, { affordable: !filter.affordable }), label: t("affordable"), current: filter.affordable }]} className="shrink-0" />}
        <NavTabs label={t("order")} look="plain" tabs={SORTS.map((sort) => ({ href: shopHref(filter, { sort }), label: t(`sorts.${sort}`), current: filter.sort === sort }))} className="min-w-0" />
      </div>
    </div>
  );
}

async function GoodsGrid({ goods, filter, balance, reading: { locale } }: { goods: Goods; filter: ShopFilter; balance: number | null; reading: Reading }) {
  const [t, tShop] = await Promise.all([getTranslations("common"), getTranslations("shop")]);
  return (
    <section aria-label={tShop("goods")}>
      <ProductGrid>
        {goods.products.map((product, index) => (
          <li key={product.id}><ProductCard product={cardView(locale, product)} balance={balance} eager={index < 4} heading="h2" /></li>
        ))}
      </ProductGrid>
      <LoadMore
        key={shopHref(filter)} first={goods.nextAfter} href={shopHref(filter, {}, goods.nextAfter ?? "")}
        load={loadProducts.bind(null, filter)} words={{ more: t("more"), pending: t("loading"), failed: t("failed") }}
      />
    </section>
  );
}

/** Says that nothing fits, how to widen the search, and what there is instead. */
async function NothingFound({ filter, balance, reading: { db, locale } }: { filter: ShopFilter; balance: number | null; reading: Reading }) {
  const [t, instead] = await Promise.all([
    getTranslations("shop"),
    listProducts(db, { sort: "points", limit: 3, affordableWith: balance ?? undefined }),
  ]);
  return (
    <>
      <EmptyState
        scene={isFiltered(filter) ? "filtered" : "first"} title={isFiltered(filter) ? t("nothingFound") : t("nothingYet")}
        action={isFiltered(filter) && <ButtonLink href="/shop">{t("clear")}</ButtonLink>}
      >
        {isFiltered(filter) ? t("nothingFoundHint") : t("nothingYetHint")}
      </EmptyState>
      {isFiltered(filter) && instead.products.length > 0 && (
        <section aria-labelledby="instead">
          <h2 id="instead" className="mb-3 text-section font-semibold">{t("instead")}</h2>
          <ProductGrid>
            {instead.products.map((product) => <li key={product.id}><ProductCard product={cardView(locale, product)} balance={balance} /></li>)}
          </ProductGrid>
        </section>
      )}
    </>
  );
}
