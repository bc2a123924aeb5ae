import "server-only";

import { and, asc, count, desc, eq, gt, inArray, isNull, lt, lte, or, sql } from "drizzle-orm";

import type { Db } from "@/db/client";
import { readRows, statement } from "@/db/packet";
import { categories, couponBudgets, coupons, couponTemplates, levels, products, skus } from "@/db/schema";
import type { CouponStatus } from "@/db/schema/coupons";
import type { UserId } from "@/lib/ctx";
import { readLevels } from "@/lib/levels/queries";

import { claimStateOf, type ClaimState } from "./claim";
import type { CouponTerms } from "./discount";
import type { MyTab } from "./tabs";
import { couponsLeft, type Template } from "./template";

/** Coupons that one page shows. */
const COUPONS_MAX = 200;

const terms = {
  kind: couponTemplates.kind, unit: couponTemplates.unit, amount: couponTemplates.amount, percent: couponTemplates.percent, amountMax: couponTemplates.amountMax, minSpend: couponTemplates.minSpend,
  giftSkuId: couponTemplates.giftSkuId, scope: couponTemplates.scope, scopeIds: couponTemplates.scopeIds, name: couponTemplates.name, nameEn: couponTemplates.nameEn,
};

const usableNow = (userId: UserId, now: Date) => and(eq(coupons.userId, userId), eq(coupons.status, "active"), lte(coupons.usableFrom, now), gt(coupons.expiresAt, now));

/** How many coupons a person can use now. */
export async function countUsable(db: Db, userId: UserId, now: Date): Promise<number> {
  const [row] = await db.select({ usable: count() }).from(coupons).where(usableNow(userId, now));
  return row?.usable ?? 0;
}

export type MyCoupon = CouponTerms & TwoNames & {
  id: number; publicId: string; templateId: number; status: CouponStatus; usableFrom: Date; expiresAt: Date; usedAt: Date | null; orderPublicId: string | null;
};

/** A person's coupons: to be used, with those whose time comes later; used; or expired and taken back. The first by their end, the others newest first. */
export async function listMyCoupons(db: Db, userId: UserId, tab: MyTab, now: Date, { before, limit }: { before?: number; limit: number }): Promise<{ coupons: MyCoupon[]; nextBefore: number | null }> {
  const inTab = {
    available: and(eq(coupons.status, "active"), gt(coupons.expiresAt, now)),
    used: eq(coupons.status, "used"),
    expired: or(eq(coupons.status, "void"), and(eq(coupons.status, "active"), lte(coupons.expiresAt, now))),
  }[tab];
  const rows = await db
    .select({
      id: coupons.id, publicId: coupons.publicId, templateId: coupons.templateId, status: coupons.status, usableFrom: coupons.usableFrom, expiresAt: coupons.expiresAt, usedAt: coupons.usedAt,
      orderPublicId: coupons.orderPublicId, ...terms,
    })
    .from(coupons)
    .innerJoin(couponTemplates, eq(couponTemplates.id, coupons.templateId))
    .where(and(eq(coupons.userId, userId), inTab, before === undefined ? undefined : lt(coupons.id, before)))
    .orderBy(...(tab === "available" ? [asc(coupons.expiresAt), asc(coupons.id)] : [desc(coupons.id)]))
    .limit(tab === "available" ? COUPONS_MAX : limit + 1);
  const hasMore = tab !== "available" && rows.length > limit;
  const shown = hasMore ? rows.slice(0, limit) : rows;
  return { coupons: shown, nextBefore: hasMore ? shown.at(-1)!.id : null };
}

export type Claimable = { template: Template; state: ClaimState; /** Coupons that this person took of it. */ claimed: number; /** Null where there is no end to them. */ left: number | null };

/** What the claim centre has: what is open now, for a person with how they stand before it, for a guest as it is for anybody. */
export async function listClaimable(db: Db, userId: UserId | null, now: Date, zone: string): Promise<Claimable[]> {
  const open = await db
    .select({ template: couponTemplates, issued: couponBudgets.issued, minRank: levels.rank })
    .from(couponTemplates)
    .innerJoin(couponBudgets, eq(couponBudgets.templateId, couponTemplates.id))
    .leftJoin(levels, eq(levels.id, couponTemplates.minLevelId))
    .where(and(
      eq(couponTemplates.status, "active"), eq(couponTemplates.isClaimable, true), or(isNull(couponTemplates.claimFrom), lte(couponTemplates.claimFrom, now)),
      or(isNull(couponTemplates.claimUntil), gt(couponTemplates.claimUntil, now)), or(isNull(couponTemplates.validUntil), gt(couponTemplates.validUntil, now)),
    ))
    .orderBy(asc(couponTemplates.position), desc(couponTemplates.id))
    .limit(COUPONS_MAX);
  const mine = userId === null || open.length === 0 ? GUEST : await readPerson(userId, open.map(({ template }) => template.id));
  return open.map(({ template, issued, minRank }) => {
    const claimed = mine.claims.get(template.id) ?? 0;
    const isInSegment = template.segmentId === null || mine.segments.has(template.segmentId);
    const facts = { claimed, issued, levelRank: mine.levelRank, minRank: template.minLevelId === null ? null : (minRank ?? Infinity), isInSegment };
    return { template, state: claimStateOf(template, facts, now, zone), claimed, left: couponsLeft(template, issued) };
  });
}

type Person = { claims: ReadonlyMap<number, number>; segments: ReadonlySet<number>; levelRank: number };
const GUEST: Person = { claims: new Map(), segments: new Set(), levelRank: 0 };

async function readPerson(userId: UserId, templateIds: readonly number[]): Promise<Person> {
  const [claims, memberships, [standing]] = await Promise.all([
    readRows(statement(
      `SELECT template_id, COUNT(*) AS claimed FROM coupons WHERE user_id = ? AND source_type IN ('claim', 'code') AND template_id IN (${templateIds.map(() => "?").join(",")}) GROUP BY template_id`,
      [userId, ...templateIds],
    )),
    readRows(statement("SELECT segment_id FROM segment_members WHERE user_id = ?", [userId])),
    readRows(readLevels([userId])),
  ]);
  return {
    claims: new Map(claims.map((row) => [row.template_id as number, Number(row.claimed)])), segments: new Set(memberships.map((row) => row.segment_id as number)), levelRank: Number(standing?.level_rank ?? 0),
  };
}

type Named = Pick<Template, "scope" | "scopeIds" | "giftSkuId">;
export type Names = { categories: Map<number, TwoNames & { slug: string }>; products: Map<number, TwoNames & { slug: string }>; gifts: Map<number, TwoNames> };
export type TwoNames = { name: string; nameEn: string };

/** The names of what these templates are good for and bring: a sentence says them. */
export async function readNames(db: Db, templates: readonly Named[]): Promise<Names> {
  const idsOf = (scope: Named["scope"]): number[] => [...new Set(templates.filter((each) => each.scope === scope).flatMap(({ scopeIds }) => scopeIds))];
  const [categoryIds, productIds, giftIds] = [idsOf("categories"), idsOf("products"), [...new Set(templates.flatMap(({ giftSkuId }) => giftSkuId ?? []))]];
  const [inCategories, ofProducts, gifts] = await Promise.all([
    categoryIds.length === 0 ? [] : db.select({ id: categories.id, slug: categories.slug, name: categories.name, nameEn: categories.nameEn }).from(categories).where(inArray(categories.id, categoryIds)),
    productIds.length === 0 ? [] : db.select({ id: products.id, slug: products.slug, name: products.name, nameEn: products.nameEn }).from(products).where(inArray(products.id, productIds)),
    giftIds.length === 0 ? [] : db.select({ id: skus.id, name: products.name, nameEn: products.nameEn }).from(skus).innerJoin(products, eq(products.id, skus.productId)).where(inArray(skus.id, giftIds)),
  ]);
  return { categories: new Map(inCategories.map((row) => [row.id, row])), products: new Map(ofProducts.map((row) => [row.id, row])), gifts: new Map(gifts.map((row) => [row.id, row])) };
}

/** Counts of a person's coupons by tab. */
export async function countMyCoupons(db: Db, userId: UserId, now: Date): Promise<Record<MyTab, number>> {
  const [row] = await db
    .select({
      available: sql<number>`coalesce(sum(${coupons.status} = 'active' and ${coupons.expiresAt} > ${now}), 0)`.mapWith(Number),
      used: sql<number>`coalesce(sum(${coupons.status} = 'used'), 0)`.mapWith(Number),
      expired: sql<number>`coalesce(sum(${coupons.status} = 'void' or (${coupons.status} = 'active' and ${coupons.expiresAt} <= ${now})), 0)`.mapWith(Number),
    })
    .from(coupons)
    .where(eq(coupons.userId, userId));
  return row ?? { available: 0, used: 0, expired: 0 };
}
