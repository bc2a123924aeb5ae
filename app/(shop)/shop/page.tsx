import type { Metadata } from "next";
import { getTranslations } from "next-intl/server";
import { readParams, startReading, type Reading, type SearchParams } from "../reading";
import { readViewer, type Viewer } from "../viewer";
import { cardView } from "../views";
import { loadProducts } from "./actions";
import { isFiltered, readFilter, shopHref, type ShopFilter } from "./filter";
import { AppliedFilters, Filters } from "./filters";
import { findGoods, findInstead, type Goods } from "./goods";
import { SearchForm } from "./search-form";
import { keptCategories } from "@/app/catalog-cache";
import { EmptyState } from "@/components/empty-state";
import { LoadMore } from "@/components/load-more";
import { PageHeader } from "@/components/page-header";
import { ProductCard, ProductGrid } from "@/components/product-card";
import { ButtonLink } from "@/components/ui/button-link";
import { formatPoints } from "@/lib/i18n";

type ShopPageProps = { searchParams: SearchParams };

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations("shop");
  return { title: t("title"), description: t("description") };
}

export default async function ShopPage({ searchParams }: ShopPageProps) {
  const [reading, params, viewer, categories, t] = await Promise.all([
    startReading(), readParams(searchParams, "q", "category", "sort", "affordable", "after"), readViewer(), keptCategories(), getTranslations("shop"),
  ]);
  const filter = readFilter(params);
  const goods = await findGoods(reading, filter, viewer, params.after);
  const shown = { filter, categories, reading, isGuest: viewer.balance === null };
  return (
    <>
      <PageHeader title={t("title")} lead={viewer.balance === null ? undefined : t("youHave", { points: formatPoints(reading.locale, viewer.balance) })} />
      <SearchForm filter={filter} />
      <div className="grid grid-cols-[minmax(0,1fr)] gap-1.5"><Filters {...shown} /></div>
      <div className="my-3 flex flex-wrap items-center gap-x-4 gap-y-2">
        <p role="status" className="text-caption text-muted">{t("results", { count: goods.total })}</p>
        <AppliedFilters {...shown} />
      </div>
      {goods.products.length > 0
        ? <GoodsGrid goods={goods} filter={filter} viewer={viewer} reading={reading} />
        : <NothingFound filter={filter} viewer={viewer} reading={reading} />}
    </>
  );
}

async function GoodsGrid({ goods, filter, viewer: { balance }, reading: { locale } }: { goods: Goods; filter: ShopFilter; viewer: Viewer; reading: Reading }) {
  const [t, tShop] = await Promise.all([getTranslations("common"), getTranslations("shop")]);
  return (
    <section aria-label={tShop("goods")}>
      <ProductGrid>
        {goods.products.map((product, index) => (
          <li key={product.id}><ProductCard product={cardView(locale, product)} balance={balance} eager={index < 4} heading="h2" /></li>
        ))}
      </ProductGrid>
      {goods.nextAfter && (
        <LoadMore
          key={shopHref(filter)} first={goods.nextAfter} href={shopHref(filter, {}, goods.nextAfter)}
          load={loadProducts.bind(null, filter)} words={{ more: t("more"), pending: t("loading"), failed: t("failed") }}
        />
      )}
    </section>
  );
}

/** Says that nothing fits, how to widen the search, and what there is instead. */
async function NothingFound({ filter, viewer, reading }: { filter: ShopFilter; viewer: Viewer; reading: Reading }) {
  const [t, instead] = await Promise.all([getTranslations("shop"), findInstead(reading, viewer)]);
  const filtered = isFiltered(filter);
  const isShort = filter.affordable && viewer.balance !== null && filter.q === "" && filter.category === "";
  const words = isShort ? "nothingAffordable" : filtered ? "nothingFound" : "nothingYet";
  return (
    <>
      <EmptyState
        scene={filtered ? "filtered" : "first"} title={t(words)}
        action={filtered && <>{isShort && <ButtonLink href="/tasks" look="primary">{t("earn")}</ButtonLink>}<ButtonLink href="/shop">{t("clear")}</ButtonLink></>}
      >
        {t(`${words}Hint`)}
      </EmptyState>
      {filtered && instead.products.length > 0 && (
        <section aria-labelledby="instead">
          <h2 id="instead" className="mb-3 text-section font-semibold">{t(instead.canAfford ? "insteadAffordable" : "instead")}</h2>
          <ProductGrid>
            {instead.products.map((product) => <li key={product.id}><ProductCard product={cardView(reading.locale, product)} balance={viewer.balance} /></li>)}
          </ProductGrid>
        </section>
      )}
    </>
  );
}
