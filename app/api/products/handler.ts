import { z } from "zod";

import { db } from "@/db/client";
import { answer, openHandler, shopperHandler } from "@/lib/api";
import { saveProduct } from "@/lib/catalog/commands";
import { GUEST } from "@/lib/catalog/audience";
import { listProducts } from "@/lib/catalog/listing/queries";
import { ProductInput } from "@/lib/catalog/schema";
import { renewCatalogVersion } from "@/lib/catalog-version";
import { currentTime } from "@/lib/clock";
import { parseInput } from "@/lib/outcome";
import { perform } from "@/lib/perform";
import { once, requestKey } from "@/lib/request-key";
import { apiMessage } from "@/lib/sentence";
import { getPolicy } from "@/lib/settings/queries";
import { staffActor, staffWithPermission } from "@/lib/staff";

const ListInput = z.strictObject({ limit: z.coerce.number().int().min(1).max(48).default(48), after: z.string().max(40).optional() });

/** GET /api/products: what is on sale, in stock and open to everybody. `Link: rel="next"` leads to the page after. Prices are yuan. */
export const list = openHandler("GET", ListInput, async ({ input }) => {
  const { products, nextAfter } = await listProducts(db(), { ...input, sort: "recommended", now: currentTime(), looker: { shows: "admitted", standing: GUEST } });
  const body = products
    .filter(({ stock }) => stock > 0)
    .map(({ id, name, slug, cashPriceCents, pointsPrice, stock, priceMode }) => ({
      id, name, slug, price: cashPriceCents / 100, points_price: pointsPrice, stock, is_points_only: priceMode === "points",
    }));
  return answer(body, nextAfter === null ? undefined : { link: `</api/products?limit=${input.limit}&after=${nextAfter}>; rel="next"` });
});

const AddInput = z.strictObject({
  name: z.string(),
  /** Yuan, with at most two decimals. */
  price: z.number().min(0).max(1_000_000).multipleOf(0.01).default(0),
  points_price: z.int().min(0).default(0),
  stock: z.int().min(0).default(0),
  is_points_only: z.boolean().default(false),
});

/** POST /api/products {name, price, points_price, stock, is_points_only}: staff put a product on sale. */
export const add = shopperHandler("POST", AddInput, async ({ person, input, key, locale }) => {
  const staff = staffWithPermission(person, "products.write", await getPolicy(db()));
  const product = parseInput(ProductInput, { requestId: "api", name: input.name, delivery: "virtual", status: "active", skus: [skuFor(input)] });
  if (!product.ok) return product;
  const { id, slug } = await perform(staffActor(staff), (ctx) => once(ctx, requestKey(key, "add-product", input), () => saveProduct(ctx, product.value)));
  await renewCatalogVersion();
  return answer({ message: apiMessage(locale, "productAdded"), id, slug });
});

/** Points only; or cash of which points can take a part, at most as many as the points price, or the whole for that price. */
function skuFor({ price, points_price, stock, is_points_only }: z.infer<typeof AddInput>) {
  const cents = Math.round(price * 100);
  const isPointsOnly = is_points_only || (cents === 0 && points_price > 0);
  return {
    priceMode: isPointsOnly ? "points" : "cash_discount", pointsPrice: points_price, cashPriceCents: isPointsOnly ? 0 : cents,
    discountPointsMax: isPointsOnly ? 0 : points_price, initialStock: stock,
  };
}
