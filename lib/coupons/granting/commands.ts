import "server-only";

import type { z } from "zod";

import { insertRows, sendPacket, statement } from "@/db/packet";
import { actorId, type Ctx, type UserId } from "@/lib/ctx";
import { emit } from "@/lib/events/commands";
import { publicId } from "@/lib/id";
import { invariant } from "@/lib/invariant";
import { mayEarn, pageOf } from "@/lib/points/book";
import { openBook } from "@/lib/points/commands";
import { orRefuse, Refusal } from "@/lib/refusal";

import { countIssued, issueCoupon } from "../issuing/commands";
import type { GrantToPersonInput, GrantToSegmentInput } from "../schema";
import { couponsLeft, validityOf, type Template } from "../template";

/** Gives one person a coupon. Refuses `not_found` for them or the template, `coupon_to_oneself`, `account_frozen`, `account_held`, `coupon_not_open`, `coupons_gone`. */
export async function grantToPerson(ctx: Ctx, { templateId, email }: Pick<z.infer<typeof GrantToPersonInput>, "templateId" | "email">): Promise<{ couponId: string; userId: UserId }> {
  const template = await findOpen(ctx, templateId);
  const [people = []] = await sendPacket(ctx.tx, [statement("SELECT id FROM users WHERE email = ? AND erased_at IS NULL", [email.normalize("NFKC").trim().toLowerCase()])]);
  const userId = people[0]?.id as UserId | undefined;
  if (userId === undefined) throw new Refusal("not_found");
  return giveOne(ctx, template.id, userId);
}

/** The same for a person whose id is known. */
export async function grantToUser(ctx: Ctx, { templateId, userId }: { templateId: number; userId: UserId }): Promise<{ couponId: string; userId: UserId }> {
  const template = await findOpen(ctx, templateId);
  const [people = []] = await sendPacket(ctx.tx, [statement("SELECT id FROM users WHERE id = ? AND erased_at IS NULL", [userId])]);
  if (people.length === 0) throw new Refusal("not_found");
  return giveOne(ctx, template.id, userId);
}

async function giveOne(ctx: Ctx, templateId: number, userId: UserId): Promise<{ couponId: string; userId: UserId }> {
  if (userId === actorId(ctx.actor)) throw new Refusal("coupon_to_oneself");
  const { book } = await openBook(ctx, [userId], []);
  orRefuse(mayEarn(pageOf(book, userId)));
  const issued = await issueCoupon(ctx, { templateId, userId, source: { type: "grant", id: publicId() } });
  if (!issued) throw new Refusal("coupons_gone");
  return { ...issued, userId };
}

/**
 * Orders that everybody who is in a segment now gets a coupon. The job `grant-coupons` hands them out: the order is an event, and so is its end.
 * Refuses `not_found`, `coupon_not_open`, and `coupons_gone` { people, left } when there are fewer coupons than people.
 */
export async function grantToSegment(ctx: Ctx, { templateId, segmentId }: Pick<z.infer<typeof GrantToSegmentInput>, "templateId" | "segmentId">): Promise<{ grantId: string; people: number }> {
  const template = await findOpen(ctx, templateId);
  const [counts = []] = await sendPacket(ctx.tx, [
    statement(
      `SELECT (SELECT COUNT(*) FROM segment_members WHERE segment_id = s.id) AS people, (SELECT issued FROM coupon_budgets WHERE template_id = ?) AS issued
       FROM segments s WHERE s.id = ?`,
      [templateId, segmentId],
    ),
  ]);
  const [row] = counts;
  if (!row) throw new Refusal("not_found");
  const people = Number(row.people);
  const left = couponsLeft(template, Number(row.issued));
  if (left !== null && left < people) throw new Refusal("coupons_gone", { people, left });
  const grantId = publicId();
  await emit(ctx, { name: "coupon_template.granting", subject: { type: "coupon_template", id: String(templateId) }, data: { grantId, segmentId, people } });
  return { grantId, people };
}

async function findOpen(ctx: Ctx, templateId: number): Promise<Grantable> {
  const template = await findTemplate(ctx, templateId);
  if (!template) throw new Refusal("not_found");
  if (template.status !== "active" || !validityOf(template, ctx.now, ctx.policy.timeZone)) throw new Refusal("coupon_not_open");
  return template;
}

type Grantable = Pick<Template, "id" | "status" | "name" | "nameEn" | "issuedMax" | "validFrom" | "validUntil" | "validDays">;

async function findTemplate(ctx: Ctx, templateId: number, lock: "" | " FOR SHARE" = ""): Promise<Grantable | null> {
  const [rows = []] = await sendPacket(ctx.tx, [
    statement(
      `SELECT id, status, name, name_en AS nameEn, issued_max AS issuedMax, valid_from AS validFrom, valid_until AS validUntil, valid_days AS validDays
       FROM coupon_templates WHERE id = ?${lock}`,
      [templateId],
    ),
  ]);
  return (rows[0] as unknown as Grantable | undefined) ?? null;
}

/** What was ordered and has not ended. */
export type Grant = { grantId: string; templateId: number; segmentId: number; orderedAt: Date; /** Who ordered it: they get none. */ orderedBy: number | null };

/** Grants that are still to be handed out, the oldest first. */
export async function listOpenGrants(ctx: Ctx, since: Date, max: number): Promise<Grant[]> {
  const [rows = []] = await sendPacket(ctx.tx, [
    statement(
      `SELECT e.subject_id, e.data, e.created_at, e.actor_id FROM coupon_templates t
       JOIN events e ON e.subject_type = 'coupon_template' AND e.subject_id = CONVERT(t.id USING ascii) AND e.name = 'coupon_template.granting' AND e.created_at >= ?
       WHERE NOT EXISTS (SELECT 1 FROM events d WHERE d.subject_type = 'coupon_template' AND d.subject_id = e.subject_id AND d.name = 'coupon_template.granted'
         AND JSON_EXTRACT(d.data, '$.grantId') = JSON_EXTRACT(e.data, '$.grantId'))
       ORDER BY e.id LIMIT ?`,
      [since, max],
    ),
  ]);
  return rows.map((row): Grant => ({ grantId: row.data.grantId, templateId: Number(row.subject_id), segmentId: row.data.segmentId, orderedAt: row.created_at, orderedBy: row.actor_id }));
}

export type Granted = { people: UserId[]; /** Their template, for those who tell them. */ name: string; nameEn: string; /** The last person that was looked at; null when nobody is left. */ last: number | null };

/**
 * Hands out up to `max` coupons of a grant, to people beyond `afterUser` by id who have none of it yet: one that was stopped anywhere goes on where it was.
 * Who came into the segment after the order, is frozen or erased gets none, nor does who ordered it. Ends with nobody when the template gives no more.
 */
export async function grantBatch(ctx: Ctx, grant: Grant, afterUser: number, max: number): Promise<Granted> {
  const { template, left } = await lockGrant(ctx, grant.templateId);
  const names = { name: template.name, nameEn: template.nameEn };
  const validity = validityOf(template, ctx.now, ctx.policy.timeZone);
  const many = Math.min(max, left ?? max);
  const people = validity && many > 0 ? await listWaiting(ctx, grant, afterUser, many) : [];
  if (!validity || people.length === 0) return { people: [], ...names, last: null };
  const rows = people.map((userId) => [publicId(), grant.templateId, userId, "grant", sourceOf(grant, userId), validity.usableFrom, validity.expiresAt, ctx.now]);
  await sendPacket(ctx.tx, [insertRows("coupons", ["public_id", "template_id", "user_id", "source_type", "source_id", "usable_from", "expires_at", "created_at"], rows)]);
  invariant(await countIssued(ctx, grant.templateId, people.length), "a locked limit does not move");
  return { people, ...names, last: people.length < max ? null : people.at(-1)! };
}

/** The template as its coupons will hold it, then its limit: so many as are left can be counted on. Nobody waits for the coupons that follow. */
async function lockGrant(ctx: Ctx, templateId: number): Promise<{ template: Grantable; left: number | null }> {
  const template = await findTemplate(ctx, templateId, " FOR SHARE");
  invariant(template, "a template is never deleted");
  const [budgets = []] = await sendPacket(ctx.tx, [statement("SELECT issued FROM coupon_budgets WHERE template_id = ? FOR UPDATE", [templateId])]);
  return { template, left: couponsLeft(template, Number(budgets[0]?.issued ?? 0)) };
}

const sourceOf = ({ grantId }: Grant, userId: UserId): string => `${grantId}~${userId}`;

async function listWaiting(ctx: Ctx, { grantId, segmentId, orderedAt, orderedBy }: Grant, afterUser: number, max: number): Promise<UserId[]> {
  const [rows = []] = await sendPacket(ctx.tx, [
    statement(
      `SELECT m.user_id FROM segment_members m JOIN users u ON u.id = m.user_id AND u.erased_at IS NULL
       JOIN point_accounts a ON a.user_id = m.user_id AND (a.status <> 'frozen' OR a.frozen_until <= ?) AND NOT a.is_held
       WHERE m.segment_id = ? AND m.user_id > ? AND m.created_at <= ? AND m.user_id <> ?
         AND NOT EXISTS (SELECT 1 FROM coupons c WHERE c.source_type = 'grant' AND c.source_id = CONVERT(CONCAT(?, '~', m.user_id) USING ascii))
       ORDER BY m.user_id LIMIT ?`,
      [ctx.now, segmentId, afterUser, orderedAt, orderedBy ?? 0, grantId, max],
    ),
  ]);
  return rows.map((row) => row.user_id as UserId);
}

/** Ends a grant, and says how many got a coupon and how many of the segment did not. */
export async function finishGrant(ctx: Ctx, { grantId, templateId, segmentId, orderedAt }: Grant): Promise<{ given: number; missed: number }> {
  const [rows = []] = await sendPacket(ctx.tx, [
    statement(
      `SELECT (SELECT COUNT(*) FROM coupons WHERE source_type = 'grant' AND source_id LIKE ?) AS given,
         (SELECT COUNT(*) FROM segment_members m WHERE m.segment_id = ? AND m.created_at <= ?
           AND NOT EXISTS (SELECT 1 FROM coupons c WHERE c.source_type = 'grant' AND c.source_id = CONVERT(CONCAT(?, '~', m.user_id) USING ascii))) AS missed`,
      [`${grantId.replaceAll("_", "\\_")}~%`, segmentId, orderedAt, grantId],
    ),
  ]);
  const done = { given: Number(rows[0]?.given ?? 0), missed: Number(rows[0]?.missed ?? 0) };
  await emit(ctx, { name: "coupon_template.granted", subject: { type: "coupon_template", id: String(templateId) }, data: { grantId, segmentId, ...done } });
  return done;
}
