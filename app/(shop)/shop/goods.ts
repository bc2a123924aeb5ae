import "server-only";

import type { ShopFilter } from "./filter";
import type { Db } from "@/db/client";
import { listProducts } from "@/lib/catalog/queries";

export const GOODS_PER_PAGE = 24;

export type Goods = Awaited<ReturnType<typeof listProducts>>;

/** One page of what the filter asks for. Only someone with a balance can ask for what they can afford. */
export function findGoods(db: Db, filter: ShopFilter, balance: number | null, after: string): Promise<Goods> {
  return listProducts(db, {
    search: filter.q || undefined,
    category: filter.category || undefined,
    affordableWith: filter.affordable && balance !== null ? balance : undefined,
    sort: filter.sort,
    after: after || undefined,
    limit: GOODS_PER_PAGE,
  });
}
