import "server-only";

import { and, asc, count, desc, eq, inArray, like, or, sql, type SQL } from "drizzle-orm";

import type { Db } from "@/db/client";
import { readRows, statement } from "@/db/packet";
import { categories, couponBudgets, coupons, couponTemplates, users } from "@/db/schema";
import { COUPON_TEMPLATE_STATUSES, type CouponStatus } from "@/db/schema/coupons";
import { CHOICES_MAX, listProductChoices, listSkuChoices, type SkuChoice } from "@/lib/catalog/finding/queries";
import { containing } from "@/lib/like";
import { oneMore, turnPage, type Cursor, type Turned } from "@/lib/page";

import type { Template } from "./template";

/** A shop has some dozens of them; more are found by their name. */
const TEMPLATES_MAX = 500;

export type TemplateStatus = (typeof COUPON_TEMPLATE_STATUSES)[number];
/** From given out to used: `held` is with a person, the rest are codes that nobody typed yet. */
export type Funnel = { issued: number; held: number; used: number; voided: number };
export type StaffTemplate = Template & Funnel;
export type TemplateCounts = Record<TemplateStatus, number>;

/** Templates in the order of the claim centre. `counts` are of all, whatever is searched. */
export async function listTemplatesForStaff(db: Db, { search = "", status }: { search?: string; status?: TemplateStatus }): Promise<{ templates: StaffTemplate[]; counts: TemplateCounts }> {
  const text = search.trim();
  const matching = text === "" ? undefined : or(like(couponTemplates.name, containing(text)), like(couponTemplates.nameEn, containing(text)));
  const [templates, totals] = await Promise.all([
    readTemplates(db, and(matching, status ? eq(couponTemplates.status, status) : undefined)),
    db.select({ status: couponTemplates.status, total: count() }).from(couponTemplates).groupBy(couponTemplates.status),
  ]);
  return { templates, counts: Object.fromEntries(COUPON_TEMPLATE_STATUSES.map((each) => [each, totals.find((row) => row.status === each)?.total ?? 0])) as TemplateCounts };
}

export async function findTemplateForStaff(db: Db, id: number): Promise<StaffTemplate | null> {
  const [template] = await readTemplates(db, eq(couponTemplates.id, id));
  return template ?? null;
}

async function readTemplates(db: Db, where: SQL | undefined): Promise<StaffTemplate[]> {
  const rows = await db
    .select({ template: couponTemplates, issued: couponBudgets.issued })
    .from(couponTemplates)
    .innerJoin(couponBudgets, eq(couponBudgets.templateId, couponTemplates.id))
    .where(where)
    .orderBy(asc(couponTemplates.position), desc(couponTemplates.id))
    .limit(TEMPLATES_MAX);
  const funnels = await readFunnels(db, rows.map(({ template }) => template.id));
  return rows.map(({ template, issued }) => ({ ...template, issued, ...(funnels.get(template.id) ?? { held: 0, used: 0, voided: 0 }) }));
}

async function readFunnels(db: Db, ids: readonly number[]): Promise<Map<number, Omit<Funnel, "issued">>> {
  if (ids.length === 0) return new Map();
  const rows = await db
    .select({
      templateId: coupons.templateId,
      held: count(coupons.userId),
      used: sql<number>`coalesce(sum(${coupons.status} = 'used'), 0)`.mapWith(Number),
      voided: sql<number>`coalesce(sum(${coupons.status} = 'void'), 0)`.mapWith(Number),
    })
    .from(coupons)
    .where(inArray(coupons.templateId, [...ids]))
    .groupBy(coupons.templateId);
  return new Map(rows.map(({ templateId, ...funnel }) => [templateId, funnel]));
}

/** Open templates that a form offers: for goods that are coupons, and for prizes. */
export const listTemplateChoices = (db: Db): Promise<{ id: number; name: string; nameEn: string }[]> =>
  db
    .select({ id: couponTemplates.id, name: couponTemplates.name, nameEn: couponTemplates.nameEn })
    .from(couponTemplates)
    .where(eq(couponTemplates.status, "active"))
    .orderBy(asc(couponTemplates.name), asc(couponTemplates.id))
    .limit(TEMPLATES_MAX);

export type Batch = { batch: string; quantity: number; typed: number; used: number; voided: number; createdAt: Date; takenAt: Date | null };

const EVENTS_MAX = 200;

/** The batches of codes that were printed of a template, the newest first. */
export async function listBatches(templateId: number): Promise<Batch[]> {
  const [made, counts] = await Promise.all([
    readRows(statement(
      `SELECT e.data, e.created_at, (SELECT MIN(d.created_at) FROM events d WHERE d.subject_type = 'coupon_template' AND d.subject_id = e.subject_id AND d.name = 'coupon_template.codes_downloaded'
         AND JSON_EXTRACT(d.data, '$.batch') = JSON_EXTRACT(e.data, '$.batch')) AS taken_at
       FROM events e WHERE e.subject_type = 'coupon_template' AND e.subject_id = ? AND e.name = 'coupon_template.codes_made' ORDER BY e.id DESC LIMIT ${EVENTS_MAX}`,
      [String(templateId)],
    )),
    readRows(statement(
      `SELECT SUBSTRING_INDEX(source_id, '~', 1) AS batch, COUNT(user_id) AS typed, SUM(status = 'used') AS used, SUM(status = 'void') AS voided
       FROM coupons FORCE INDEX (coupons_template_idx) WHERE template_id = ? AND source_type = 'code' GROUP BY batch`,
      [templateId],
    )),
  ]);
  return made.map((row): Batch => {
    const found = counts.find(({ batch }) => batch === row.data.batch);
    return { batch: row.data.batch, quantity: row.data.quantity, typed: Number(found?.typed ?? 0), used: Number(found?.used ?? 0), voided: Number(found?.voided ?? 0), createdAt: row.created_at, takenAt: row.taken_at };
  });
}

export type StaffGrant = { grantId: string; segment: string; segmentEn: string; people: number; orderedAt: Date; given: number; /** Null while it is being handed out. */ missed: number | null };

/** What was ordered for segments, the newest first, with how far it came. */
export async function listGrants(templateId: number): Promise<StaffGrant[]> {
  const rows = await readRows(statement(
    `SELECT e.data, e.created_at, s.name, s.name_en, (SELECT d.data FROM events d WHERE d.subject_type = 'coupon_template' AND d.subject_id = e.subject_id AND d.name = 'coupon_template.granted'
         AND JSON_EXTRACT(d.data, '$.grantId') = JSON_EXTRACT(e.data, '$.grantId') LIMIT 1) AS done,
       (SELECT COUNT(*) FROM coupons c WHERE c.source_type = 'grant' AND c.source_id LIKE CONCAT(REPLACE(CONVERT(e.data->>'$.grantId' USING ascii), '_', '\\\\_'), '~%')) AS given
     FROM events e LEFT JOIN segments s ON s.id = e.data->>'$.segmentId'
     WHERE e.subject_type = 'coupon_template' AND e.subject_id = ? AND e.name = 'coupon_template.granting' ORDER BY e.id DESC LIMIT 20`,
    [String(templateId)],
  ));
  return rows.map((row): StaffGrant => ({
    grantId: row.data.grantId, segment: row.name ?? "", segmentEn: row.name_en ?? "", people: row.data.people, orderedAt: row.created_at, given: Number(row.given), missed: row.done?.missed ?? null,
  }));
}

export type StaffCoupon = { id: number; publicId: string; username: string | null; email: string | null; userId: number | null; status: CouponStatus; sourceType: string; orderPublicId: string | null; expiresAt: Date; createdAt: Date };

/** The coupons of a template, the newest first: everybody's, or those of whoever's name or address holds the text. Codes that nobody typed are left out: they are seen once. */
export async function listCouponsForStaff(db: Db, templateId: number, { search = "", ...cursor }: Cursor & { search?: string }, limit: number): Promise<Turned<StaffCoupon>> {
  const { before, after } = cursor;
  const text = search.trim();
  const rows = await db
    .select({
      id: coupons.id, publicId: coupons.publicId, userId: coupons.userId, username: users.username, email: users.email, status: coupons.status, sourceType: coupons.sourceType,
      orderPublicId: coupons.orderPublicId, expiresAt: coupons.expiresAt, createdAt: coupons.createdAt,
    })
    .from(coupons)
    .innerJoin(users, eq(users.id, coupons.userId))
    .where(and(
      eq(coupons.templateId, templateId), text === "" ? undefined : or(like(users.username, containing(text)), like(users.email, containing(text))),
      before === undefined ? undefined : sql`${coupons.id} < ${before}`, after === undefined ? undefined : sql`${coupons.id} > ${after}`,
    ))
    .orderBy(after === undefined ? desc(coupons.id) : asc(coupons.id))
    .limit(oneMore(limit));
  return turnPage(rows, limit, cursor);
}

export type Choices = { categories: NamedChoice[]; products: NamedChoice[]; gifts: SkuChoice[] };
type NamedChoice = { id: number; name: string; nameEn: string };

/** What a template can be good for and bring: all categories, and goods on sale together with those that it names already. */
export async function listChoices(db: Db, { scope, scopeIds, giftSkuId }: Pick<Template, "scope" | "scopeIds" | "giftSkuId">): Promise<Choices> {
  const [inCategories, ofProducts, gifts] = await Promise.all([
    db.select({ id: categories.id, name: categories.name, nameEn: categories.nameEn }).from(categories).orderBy(asc(categories.position), asc(categories.id)).limit(CHOICES_MAX),
    listProductChoices(db, { named: scope === "products" ? scopeIds : [] }),
    listSkuChoices(db, { named: giftSkuId === null ? [] : [giftSkuId] }),
  ]);
  return { categories: inCategories, products: ofProducts, gifts };
}
