import "server-only";

import { desc, eq, like, or } from "drizzle-orm";

import type { Db } from "@/db/client";
import { products } from "@/db/schema";
import type { ProductStatus } from "@/db/schema/catalog";
import { containing } from "@/lib/like";

export type FoundProduct = { id: number; name: string; nameEn: string; status: ProductStatus };

/** Some products by a part of their name in either language, of their address, or by their id; the one changed last first. */
export async function findProducts(db: Db, text: string, limit: number): Promise<FoundProduct[]> {
  const wanted = text.normalize("NFKC").trim();
  if (wanted === "") return [];
  const pattern = containing(wanted);
  // An address is plain ASCII: MySQL refuses to compare it with any other text.
  const isAscii = /^[\x20-\x7e]*$/.test(wanted);
  return db
    .select({ id: products.id, name: products.name, nameEn: products.nameEn, status: products.status })
    .from(products)
    .where(or(like(products.name, pattern), like(products.nameEn, pattern), isAscii ? like(products.slug, pattern) : undefined, /^[1-9]\d{0,14}$/.test(wanted) ? eq(products.id, Number(wanted)) : undefined))
    .orderBy(desc(products.updatedAt), desc(products.id))
    .limit(limit);
}
