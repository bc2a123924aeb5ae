"use server";

import { startReading } from "../reading";
import { cardView } from "../views";
import { readFilter, type ShopFilter } from "./filter";
import { findGoods } from "./goods";
import type { MorePage } from "@/components/load-more";
import { ProductCard, ProductGrid } from "@/components/product-card";
import { currentShopper } from "@/lib/auth";
import { readPointsAvailable } from "@/lib/points/queries";

/** The next page of the shop, ready to be appended. Both arguments come from the browser and are read anew. */
export async function loadProducts(given: ShopFilter, cursor: string): Promise<MorePage> {
  const filter = readFilter({ q: String(given.q), category: String(given.category), sort: String(given.sort), affordable: given.affordable ? "1" : "" });
  const [{ db, locale }, shopper] = await Promise.all([startReading(), currentShopper()]);
  const balance = shopper ? await readPointsAvailable(shopper.id) : null;
  const goods = await findGoods(db, filter, balance, String(cursor).slice(0, 40));
  return {
    next: goods.nextAfter,
    items: (
      <ProductGrid className="mt-3 grid-cols-2 md:mt-5 md:grid-cols-3 lg:grid-cols-4">
        {goods.products.map((product) => <li key={product.id}><ProductCard product={cardView(locale, product)} balance={balance} heading="h2" /></li>)}
      </ProductGrid>
    ),
  };
}
