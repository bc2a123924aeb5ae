import "server-only";

import type { Reading } from "../reading";
import type { Viewer } from "../viewer";
import type { ShopFilter } from "./filter";
import { keptListing } from "@/app/catalog-cache";
import { personal, type Personal, type ProductCard } from "@/lib/catalog/listing/card";
import { listProducts, searchProducts, withStock, type Listed } from "@/lib/catalog/listing/queries";

export const GOODS_PER_PAGE = 24;
const INSTEAD = 3;

export type Goods = { products: Personal<ProductCard>[]; total: number; nextAfter: string | null };

/** One page of what the filter asks for, at the viewer's prices and with what is left now. Only someone with a balance can ask for what they can afford. */
export async function findGoods(reading: Reading, filter: ShopFilter, viewer: Viewer, after: string): Promise<Goods> {
  const listed = await listFor(reading, filter, viewer, after);
  return { ...listed, products: personalAll(await withStock(reading.db, listed.products, reading.now), viewer, reading) };
}

function listFor({ db, now, policy }: Reading, filter: ShopFilter, { standing, balance }: Viewer, after: string): Promise<Listed> {
  const wanted = { search: filter.q || undefined, category: filter.category || undefined, sort: filter.sort, after: after || undefined, limit: GOODS_PER_PAGE };
  if (!filter.affordable || balance === null) return keptListing(wanted, standing.segmentIds, now);
  return searchProducts(db, { ...wanted, now, looker: { shows: "affordable", standing, points: balance, pointsPerYuan: policy.pointsPerYuan } });
}

/** What there is when nothing fits: what the viewer can afford, else what costs the fewest points. */
export async function findInstead(reading: Reading, viewer: Viewer): Promise<{ products: Personal<ProductCard>[]; canAfford: boolean }> {
  const { db, now, policy } = reading;
  const wanted = { sort: "points", limit: INSTEAD, now } as const;
  const affordable = viewer.balance === null ? [] : (await listProducts(db, { ...wanted, looker: { shows: "affordable", standing: viewer.standing, points: viewer.balance, pointsPerYuan: policy.pointsPerYuan } })).products;
  const products = affordable.length > 0 ? affordable : (await listProducts(db, { ...wanted, looker: { shows: "admitted", standing: viewer.standing } })).products;
  return { products: personalAll(products, viewer, reading), canAfford: affordable.length > 0 };
}

const personalAll = (products: readonly ProductCard[], { standing }: Viewer, { policy }: Reading): Personal<ProductCard>[] =>
  products.map((product) => personal(product, standing, policy.pointsPerYuan));
