"use server";

import { startReading } from "../reading";
import { readViewer } from "../viewer";
import { cardView } from "../views";
import { readFilter, type ShopFilter } from "./filter";
import { findGoods } from "./goods";
import type { MorePage } from "@/components/load-more";
import { ProductCard, ProductGrid } from "@/components/product-card";

const CURSOR_MAX = 50;

/** The next page of the shop, ready to be appended. Both arguments come from the browser and are read anew. */
export async function loadProducts(given: ShopFilter, cursor: string): Promise<MorePage> {
  const filter = readFilter({ q: String(given.q), category: String(given.category), sort: String(given.sort), affordable: given.affordable ? "1" : "" });
  const [reading, viewer] = await Promise.all([startReading(), readViewer()]);
  const goods = await findGoods(reading, filter, viewer, String(cursor).slice(0, CURSOR_MAX));
  return {
    next: goods.nextAfter,
    items: (
      <ProductGrid className="mt-3 grid-cols-2 md:mt-5 md:grid-cols-3 lg:grid-cols-4">
        {goods.products.map((product) => <li key={product.id}><ProductCard product={cardView(reading.locale, product)} balance={viewer.balance} heading="h2" /></li>)}
      </ProductGrid>
    ),
  };
}
