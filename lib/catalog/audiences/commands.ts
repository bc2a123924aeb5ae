import "server-only";

import { eq, inArray } from "drizzle-orm";

import { levels, productGates, segments, skuPrices } from "@/db/schema";
import type { Ctx } from "@/lib/ctx";
import { Refusal } from "@/lib/refusal";

import type { Changes } from "../changes";
import { audienceKey, type AudienceInput, type OwnPriceInput } from "../schema";

/** Refuses `not_found` { field } when a level or segment that is named at `field` is not there. */
export async function refuseUnknownAudiences(ctx: Ctx, named: readonly { field: string; audience: AudienceInput }[]): Promise<void> {
  const idsOf = (kind: AudienceInput["kind"]): number[] => [...new Set(named.filter(({ audience }) => audience.kind === kind).map(({ audience }) => audience.audienceId))];
  const known = new Set<string>();
  const [levelIds, segmentIds] = [idsOf("level"), idsOf("segment")];
  if (levelIds.length > 0) for (const { id } of await ctx.tx.select({ id: levels.id }).from(levels).where(inArray(levels.id, levelIds))) known.add(`level:${id}`);
  if (segmentIds.length > 0) for (const { id } of await ctx.tx.select({ id: segments.id }).from(segments).where(inArray(segments.id, segmentIds))) known.add(`segment:${id}`);
  const missing = named.find(({ audience }) => !known.has(audienceKey(audience)));
  if (missing) throw new Refusal("not_found", { field: missing.field });
}

/** For whom the product is, in place of whom it was for. The product's row is locked, and its flag is the caller's to set. */
export async function saveGates(ctx: Ctx, productId: number, gates: readonly AudienceInput[]): Promise<Changes> {
  const before = await ctx.tx.select({ kind: productGates.kind, audienceId: productGates.audienceId }).from(productGates).where(eq(productGates.productId, productId));
  const [was, is] = [before.map(audienceKey).sort(), gates.map(audienceKey).sort()];
  if (was.join() === is.join()) return {};
  if (before.length > 0) await ctx.tx.delete(productGates).where(eq(productGates.productId, productId));
  if (gates.length > 0) await ctx.tx.insert(productGates).values(gates.map(({ kind, audienceId }) => ({ productId, kind, audienceId })));
  return { gates: [was, is] };
}

/** What the SKU costs for some people, in place of what it did. The SKU's row is locked, and its flag is the caller's to set. */
export async function saveOwnPrices(ctx: Ctx, skuId: number, prices: readonly OwnPriceInput[]): Promise<Changes> {
  const before = await ctx.tx
    .select({ kind: skuPrices.kind, audienceId: skuPrices.audienceId, pointsPrice: skuPrices.pointsPrice, cashPriceCents: skuPrices.cashPriceCents })
    .from(skuPrices)
    .where(eq(skuPrices.skuId, skuId));
  const [was, is] = [told(before), told(prices)];
  if (JSON.stringify(was) === JSON.stringify(is)) return {};
  if (before.length > 0) await ctx.tx.delete(skuPrices).where(eq(skuPrices.skuId, skuId));
  if (prices.length > 0) await ctx.tx.insert(skuPrices).values(prices.map(({ kind, audienceId, pointsPrice, cashPriceCents }) => ({ skuId, kind, audienceId, pointsPrice, cashPriceCents })));
  return { prices: [was, is] };
}

/** In an order of their own, as the audit trail tells them. */
const told = (prices: readonly OwnPriceInput[]): { audience: string; pointsPrice: number; cashPriceCents: number }[] =>
  prices.map((price) => ({ audience: audienceKey(price), pointsPrice: price.pointsPrice, cashPriceCents: price.cashPriceCents })).sort((a, b) => (a.audience < b.audience ? -1 : 1));
