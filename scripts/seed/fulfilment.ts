import { createHash } from "node:crypto";

import { and, eq } from "drizzle-orm";

import { db } from "@/db/client";
import { products, skus } from "@/db/schema";
import { addCodes } from "@/lib/catalog/codes/commands";
import type { Actor, UserId } from "@/lib/ctx";
import { invariant } from "@/lib/invariant";
import { deliverOrder } from "@/lib/orders/delivering/commands";
import { savePickupPoint } from "@/lib/orders/pickup-points/commands";
import { PickupPointInput } from "@/lib/orders/pickup-points/schema";
import { redeemProducts } from "@/lib/orders/redemption/commands";
import { perform } from "@/lib/perform";
import { orRefuse } from "@/lib/refusal";
import { requestKey } from "@/lib/request-key";

const CODES = 40;
const clock: Actor = { kind: "system", name: "seed" };

const POINTS = [
  { name: "徐汇旗舰店", nameEn: "Xuhui flagship store", address: "上海市徐汇区复兴西路 199 弄 1 号", addressEn: "1, Lane 199, Fuxing West Road, Xuhui, Shanghai", hours: "10:00–21:30", phone: "021-5465 0100" },
  { name: "静安快闪店", nameEn: "Jing'an pop-up", address: "上海市静安区南京西路 1618 号 B1", addressEn: "B1, 1618 Nanjing West Road, Jing'an, Shanghai", hours: "11:00–20:00", phone: "021-6288 0200" },
];

/** Codes for what is handed out by itself, two places to pick things up, and one box that waits there for Lin. */
export async function seedFulfilment(merchant: Actor, lin: UserId, at: (daysAgo: number, hour: number) => Date): Promise<void> {
  const [opened, today] = [at(30, 10), at(0, 0)];
  const points: number[] = [];
  for (const [position, point] of POINTS.entries()) {
    const input = PickupPointInput.parse({ ...point, requestId: `seed-point-${position}`, position });
    points.push((await perform(merchant, (ctx) => savePickupPoint(ctx, input), opened)).id);
  }
  const card = await skuOf("music-card");
  await perform(merchant, (ctx) => addCodes(ctx, { requestId: "seed-codes", skuId: card, codes: Array.from({ length: CODES }, (_, index) => codeOf(index)) }), opened);
  const box = await skuOf("bakery-box");
  const { orderId } = await perform(clock, async (ctx) => {
    const [answer] = await redeemProducts(ctx, [{ userId: lin, lines: [{ skuId: box, quantity: 1 }], pickupPointId: points[0], request: requestKey(undefined, "redeem", {}) }]);
    return orRefuse(answer!);
  }, today);
  await perform(clock, (ctx) => deliverOrder(ctx, orderId), today);
}

/** Twelve letters and digits that look random and are the same in every demo. */
const codeOf = (index: number): string => `MUSIC-${createHash("sha256").update(`demo ${index}`).digest("hex").slice(0, 12).toUpperCase().replace(/(.{4})(?=.)/g, "$1-")}`;

async function skuOf(slug: string): Promise<number> {
  const [row] = await db().select({ id: skus.id }).from(skus).innerJoin(products, eq(products.id, skus.productId)).where(and(eq(products.slug, slug), eq(skus.kind, "shop")));
  invariant(row, "the demo's products were made before");
  return row.id;
}
