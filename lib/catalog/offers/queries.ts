import "server-only";

import { and, asc, eq, inArray, ne } from "drizzle-orm";

import type { Db } from "@/db/client";
import { couponTemplates, levels, productGates, segments, skuPrices, skus, skuStock } from "@/db/schema";
import type { AudienceKind } from "@/db/schema/audience";

import type { SkuOffer } from "../queries";

export type StaffOwnPrice = { kind: AudienceKind; audienceId: number; pointsPrice: number; cashPriceCents: number };

/** What people are offered, with what only the merchant sees and sets. */
export type StaffSku = Omit<SkuOffer, "hasOwnPrices"> & { hasCodes: boolean; couponTemplateId: number | null; lowStock: number | null; prices: StaffOwnPrice[] };

/** The SKUs of a product as the merchant set them, with the prices that are for some people only; the offers of flash sales are not among them. */
export async function listSkusForStaff(db: Db, productId: number): Promise<StaffSku[]> {
  const rows = await db
    .select({
      id: skus.id, name: skus.name, nameEn: skus.nameEn, priceMode: skus.priceMode, pointsPrice: skus.pointsPrice, cashPriceCents: skus.cashPriceCents,
      discountPointsMax: skus.discountPointsMax, discountPointsMin: skus.discountPointsMin, discountShareMax: skus.discountShareMax,
      discountPointsPerYuan: skus.discountPointsPerYuan, limitPerOrder: skus.limitPerOrder, limitPerUser: skus.limitPerUser, limitPerDay: skus.limitPerDay,
      onSaleFrom: skus.onSaleFrom, onSaleUntil: skus.onSaleUntil, hasCodes: skus.hasCodes, couponTemplateId: skus.couponTemplateId, lowStock: skus.lowStock,
      isActive: skus.isActive, stock: skuStock.stock,
    })
    .from(skus)
    .innerJoin(skuStock, eq(skuStock.skuId, skus.id))
    .where(and(eq(skus.productId, productId), eq(skus.kind, "shop")))
    .orderBy(asc(skus.position), asc(skus.id));
  const own = rows.length === 0 ? [] : await db.select().from(skuPrices).where(inArray(skuPrices.skuId, rows.map(({ id }) => id))).orderBy(asc(skuPrices.skuId), asc(skuPrices.kind), asc(skuPrices.audienceId));
  return rows.map((row) => ({ ...row, prices: own.flatMap(({ skuId, ...price }) => (skuId === row.id ? [price] : [])) }));
}

export type StaffGate = { kind: AudienceKind; audienceId: number };

export const listGatesForStaff = (db: Db, productId: number): Promise<StaffGate[]> =>
  db.select({ kind: productGates.kind, audienceId: productGates.audienceId }).from(productGates).where(eq(productGates.productId, productId)).orderBy(asc(productGates.kind), asc(productGates.audienceId));

export type AudienceChoice = { id: number; name: string; nameEn: string };

/** Levels from the lowest up, and segments; those that are switched off too, for a product may still name them. */
export async function listAudienceChoices(db: Db): Promise<{ levels: AudienceChoice[]; segments: AudienceChoice[] }> {
  const [ranked, grouped] = await Promise.all([
    db.select({ id: levels.id, name: levels.name, nameEn: levels.nameEn }).from(levels).orderBy(asc(levels.rank)),
    db.select({ id: segments.id, name: segments.name, nameEn: segments.nameEn }).from(segments).orderBy(asc(segments.id)),
  ]);
  return { levels: ranked, segments: grouped };
}

export type TemplateChoice = { id: number; name: string; nameEn: string; isActive: boolean };

/** Coupons that a product can hand over: what is archived is no choice any more. */
export async function listTemplateChoices(db: Db): Promise<TemplateChoice[]> {
  const rows = await db
    .select({ id: couponTemplates.id, name: couponTemplates.name, nameEn: couponTemplates.nameEn, status: couponTemplates.status })
    .from(couponTemplates)
    .where(ne(couponTemplates.status, "archived"))
    .orderBy(asc(couponTemplates.position), asc(couponTemplates.id));
  return rows.map(({ status, ...template }) => ({ ...template, isActive: status === "active" }));
}
